//! A drawing: from strokes to the 28×28 image that a network reads, and the two kinds of doubt
//! about the answer.
//!
//! [`image_of_strokes`] makes the image. [`is_unlike`] compares its [`hog_features`] with those
//! of training images (a [`FeatureJob`] makes them) and knows nothing of any network; [`is_unsure`]
//! looks at a network's probabilities and knows nothing of the image.

mod preprocessing;
mod hog;
mod out_of_distribution;
mod unsure;

pub use hog::{HogFeatures, hog_features};
pub use out_of_distribution::{DigitFeatures, FeatureJob, is_unlike};
pub use preprocessing::{Blank, image_of_strokes};
pub use unsure::is_unsure;

use mnist::PIXELS;

/// `[28 × 28]` grey values, row by row, from 0 (paper) to 1 (ink).
pub type Image = [f32; PIXELS];
