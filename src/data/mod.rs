//! From MNIST's files, or a drawing, to what a network reads.

pub mod batch;
pub mod digits;
pub mod drawing;
#[cfg(not(target_arch = "wasm32"))]
pub mod files;
pub mod idx;
pub mod novelty;
pub mod raster;
pub mod split;
pub mod synthetic;

pub use batch::Batch;
pub use digits::{Digit, Images};
pub use idx::{PIXELS, SIDE};
