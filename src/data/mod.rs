//! From MNIST's images, or a drawing, to what a network reads.

pub mod batch;
pub mod drawing;
pub mod novelty;
pub mod split;

pub use batch::Batch;
pub use mnist::{Dataset, DigitImages, PIXELS, SIDE};
