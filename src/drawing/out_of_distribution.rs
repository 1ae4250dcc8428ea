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
use crate::{Result, ensure, error, nn::scaled};

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

/// The HOG features of one digit's reference images. A worker makes them with a [`FeatureJob`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DigitFeatures {
    /// The squared distance up to which an image is like the digit.
    threshold: u32,
    /// `[REFERENCES, FEATURES]`, in row-major order.
    features: Vec<u8>,
}

impl DigitFeatures {
    /// Takes the features of `digit` as a [`FeatureJob`] made them.
    ///
    /// # Errors
    /// If there is no such digit, or not the right number of bytes.
    pub fn new(digit: u8, features: Vec<u8>) -> Result<Self> {
        let distance = THRESHOLDS.get(usize::from(digit));
        let distance =
            distance.ok_or_else(|| error!("there is no digit {digit}: expected 0 to 9"))?;
        let (bytes, expected) = (features.len(), REFERENCES * FEATURES);
        ensure!(
            bytes == expected,
            "the features of digit {digit} have {bytes} bytes: expected {expected}"
        );
        Ok(Self { threshold: hog::squared(*distance), features })
    }

    /// Whether any reference image is near enough.
    fn has_neighbour(&self, image: &HogFeatures) -> bool {
        let mut references = self.features.chunks_exact(FEATURES);
        references.any(|reference| hog::squared_distance(image, reference) <= self.threshold)
    }
}

/// Whether an image with these features is unlike every one of `digits`, which should be all digits
/// of the network that is asked: where some are still missing, nothing can be said yet.
pub fn is_unlike(image: &HogFeatures, digits: &[&DigitFeatures]) -> bool {
    !digits.iter().any(|digit| digit.has_neighbour(image))
}

/// Makes the features of a digit's reference images in steps of a few milliseconds, which a worker
/// can take between those of a training.
#[derive(Debug)]
pub struct FeatureJob {
    images: Rc<DigitImages>,
    /// Made so far, as in [`DigitFeatures`].
    features: Vec<u8>,
}

impl FeatureJob {
    /// A job on a digit's training images, of which 3,000, evenly spaced, become its references.
    /// `None` if there are fewer, since neighbours would be farther away than the thresholds allow
    /// for.
    pub fn new(images: &Rc<DigitImages>) -> Option<Self> {
        (images.pixels.len() >= REFERENCES * PIXELS).then(|| Self {
            images: Rc::clone(images),
            features: Vec::with_capacity(REFERENCES * FEATURES),
        })
    }

    /// Makes the features of the next images. The last step returns those of all, 1.2 MB; the job is
    /// over then.
    pub fn step(&mut self) -> Option<Vec<u8>> {
        let done = self.features.len() / FEATURES;
        let images = self.images.pixels.len() / PIXELS;
        for reference in done..REFERENCES.min(done + STEP) {
            let start = reference * images / REFERENCES * PIXELS;
            let pixels = &self.images.pixels[start..start + PIXELS];
            let image = std::array::from_fn(|i| scaled(pixels[i]));
            self.features.extend(hog_features(&image));
        }
        (self.features.len() == REFERENCES * FEATURES).then(|| mem::take(&mut self.features))
    }
}
