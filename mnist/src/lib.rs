//! MNIST, for the networks and for the commands: its file format ([`idx`]), the images of one digit
//! ([`DigitImages`]) and of several together ([`Dataset`]), and digits to use where MNIST cannot be
//! had ([`synthetic`]).

#![warn(unreachable_pub)]

pub mod idx;

mod digits;
pub use digits::{DigitImages, by_digit};

mod dataset;
pub use dataset::Dataset;

#[cfg(not(target_arch = "wasm32"))]
pub mod files;

pub mod raster;
pub mod synthetic;

mod error;
pub use error::{Error, Result};

/// The side of an image, in pixels.
pub const SIDE: usize = 28;
/// The pixels of an image.
pub const PIXELS: usize = SIDE * SIDE;
