//! "Unlike its training digits": whether an image is out of distribution. A network can only choose
//! among its digits, even when the drawing shows none of them, and is often sure of its answer then.
//! So the page compares the drawing with training images itself.
//!
//! An image is *unlike* a digit if its nearest neighbour among 3,000 of that digit's training
//! images, by [HOG features](super::hog), is farther away than 98 % of these images are from theirs;
//! it is out of distribution if it is unlike every digit of the network. (Nearest-neighbour
//! distances are a standard test for this: Sun et al. 2022, <https://arxiv.org/abs/2204.06507>.)
//!
//! No network takes part, so the test says the same for all networks of the same digits. With digits
//! 0, 2 and 5, on MNIST's 10,000 test images, it finds 90.4 % of the other seven digits (from 80.6 %
//! of the eights to all fours), and wrongly doubts 2.4 % of the zeros, twos and fives:
//! `cargo test --test out_of_distribution`.

use std::{mem, rc::Rc};

use mnist::{DigitImages, PIXELS};

use super::hog::{self, FEATURES, HogFeatures, hog_features};
use crate::{Error, Result, train::batches::scaled};

/// Training images of each digit that an image is compared with. More would find a few more of the
/// other digits, but take more time and memory.
const REFERENCES: usize = 3000;
/// For each digit, 0 to 9, the greatest distance at which an image still counts as similar, in units
/// of the features' length (so that √2 is the greatest possible). Rounded so that 98 % of the digit's
/// reference images have another one within it (97.7 to 98.2 % by digit), as have 98.2 % of the other
/// training images (97.7 to 98.7 %).
const THRESHOLDS: [f32; 10] = [0.37, 0.35, 0.44, 0.43, 0.42, 0.43, 0.38, 0.42, 0.43, 0.39];
/// Images whose features one step makes, so that it takes a few milliseconds.
const STEP: usize = 100;

/// The HOG features of one digit's reference images.
///
/// A worker makes them with a [`FeatureJob`]; the page, which runs another instance of the module,
/// gets them as bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DigitFeatures {
    /// The squared distance up to which an image is like the digit.
    threshold: u32,
    /// `[REFERENCES, FEATURES]`, in row-major order.
    features: Vec<u8>,
}

impl DigitFeatures {
    /// The features alone, for [`from_bytes`](Self::from_bytes): 1.2 MB.
    pub fn as_bytes(&self) -> &[u8] {
        &self.features
    }

    /// Takes the features of `digit` from [`as_bytes`](Self::as_bytes) back.
    ///
    /// # Errors
    /// If there is no such digit, or not the right number of bytes.
    pub fn from_bytes(digit: u8, bytes: Vec<u8>) -> Result<Self> {
        let threshold = threshold(digit)
            .ok_or_else(|| Error::new(format!("there is no digit {digit}: expected 0 to 9")))?;
        if bytes.len() != REFERENCES * FEATURES {
            return Err(Error::new(format!(
                "the features of digit {digit} have {} bytes: expected {}",
                bytes.len(),
                REFERENCES * FEATURES
            )));
        }
        Ok(Self { threshold, features: bytes })
    }

    /// Whether any reference image is near enough.
    fn has_neighbour(&self, image: &HogFeatures) -> bool {
        let mut references = self.features.chunks_exact(FEATURES);
        references.any(|reference| hog::squared_distance(image, reference) <= self.threshold)
    }
}

/// The squared distance up to which an image is like `digit`.
fn threshold(digit: u8) -> Option<u32> {
    let distance = THRESHOLDS.get(usize::from(digit))?;
    Some(hog::squared(*distance))
}

/// Whether an image with these features is unlike every one of `digits`, which should be all digits
/// of the network that is asked: where some are still missing, nothing can be said yet.
pub fn is_unlike(image: &HogFeatures, digits: &[&DigitFeatures]) -> bool {
    !digits.iter().any(|digit| digit.has_neighbour(image))
}

/// Makes the [`DigitFeatures`] of a digit in steps of a few milliseconds, which a worker can take
/// between those of a training.
#[derive(Debug)]
pub struct FeatureJob {
    images: Rc<DigitImages>,
    threshold: u32,
    /// Made so far, as in [`DigitFeatures`].
    features: Vec<u8>,
}

impl FeatureJob {
    /// A job on the training images of `digit`, of which 3,000, evenly spaced, become its references.
    /// `None` if there are fewer, since neighbours would be farther away than the thresholds allow
    /// for, or if `digit` is above 9.
    pub fn new(digit: u8, images: &Rc<DigitImages>) -> Option<Self> {
        let threshold = threshold(digit)?;
        (images.pixels.len() >= REFERENCES * PIXELS).then(|| Self {
            images: Rc::clone(images),
            threshold,
            features: Vec::with_capacity(REFERENCES * FEATURES),
        })
    }

    /// Makes the features of the next images. The last step returns those of all; the job is over
    /// then.
    pub fn step(&mut self) -> Option<DigitFeatures> {
        let done = self.features.len() / FEATURES;
        let images = self.images.pixels.len() / PIXELS;
        for reference in done..REFERENCES.min(done + STEP) {
            let start = reference * images / REFERENCES * PIXELS;
            let pixels = &self.images.pixels[start..start + PIXELS];
            let image = std::array::from_fn(|i| scaled(pixels[i]));
            self.features.extend(hog_features(&image));
        }
        (self.features.len() == REFERENCES * FEATURES).then(|| DigitFeatures {
            threshold: self.threshold,
            features: mem::take(&mut self.features),
        })
    }
}
