//! The validation split: which images train and which validate.

use std::ops::Range;

/// The part of the images that validates.
pub const VALIDATION_SPLIT: f64 = 0.2;

/// Where Keras's `validation_split=0.2` cuts `images` images: the first part trains, the rest
/// validates. Keras computes `int(n * (1 - 0.2))` in f64, and so does this.
pub fn split(images: usize) -> (Range<usize>, Range<usize>) {
    let training = (images as f64 * (1.0 - VALIDATION_SPLIT)) as usize;
    (0..training, training..images)
}
