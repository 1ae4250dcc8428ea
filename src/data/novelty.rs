//! Whether a network's answer deserves doubt: it can only choose among its digits, also when the
//! drawing shows none of them, and is often sure of itself then.
//!
//! Two things are looked at:
//!
//! 1. **Looks.** The drawing is compared with training images of the chosen digits: which way its
//!    edges face in each of 7 × 7 cells. If even the most similar image is farther away than all but
//!    2 % of that digit's training images are from their own most similar one, the drawing looks
//!    like none of the digits.
//! 2. **Probability.** If the likeliest digit has less than 90 %, the network is unsure.
//!
//! Before the training images are there, the probability alone decides.
//!
//! How often this is right, with digits 0, 2 and 5, on MNIST's 10,000 test images, by
//! `cargo test --test novelty -- --nocapture`: its looks raise a doubt for 90.4 % of the other seven
//! digits (from 80.6 % of the eights to all fours) and for 2.4 % of the chosen ones. With the
//! probabilities of the ready-made networks it is 91.1 % and 2.5 % (custom), 93.3 % and 3.4 %
//! (dense); the probabilities alone find 13.9 % (custom) and 40.8 % (dense) of the others.

mod features;

use std::collections::BTreeMap;

use crate::data::{DigitImages, PIXELS, batch::scaled};
use features::{FEATURES, features, squared_distance, squared_threshold};

/// Training images of each digit that drawings are compared with. More would find a few more of the
/// other digits, and cost time and memory.
const IMAGES: usize = 3000;
/// For each digit, the distance within which 98 % of these images find another of them; the greatest
/// possible distance is √2. Measured on the training images: see `tests/novelty.rs`.
const FAMILIAR: [f32; 10] = [0.37, 0.35, 0.44, 0.43, 0.42, 0.43, 0.38, 0.42, 0.43, 0.39];
/// The least probability of a sure answer.
const SURE: f32 = 0.9;

/// What one digit looks like.
#[derive(Clone, Debug)]
pub struct Looks {
    /// The squared distance within which an image looks like the digit.
    threshold: u32,
    /// `[IMAGES, FEATURES]`, in row-major order.
    features: Vec<u8>,
}

impl Looks {
    /// Learns the looks of a digit from its training images, evenly chosen. Too few give none: in
    /// thinner company, distances are greater than those that [`FAMILIAR`] was measured with.
    pub fn new(digit: u8, images: &DigitImages) -> Option<Self> {
        let distance = *FAMILIAR.get(usize::from(digit))?;
        let count = images.file_indices.len();
        if count < IMAGES {
            return None;
        }
        let image = |i: usize| -> Vec<f32> {
            let pixels = &images.pixels[i * PIXELS..][..PIXELS];
            pixels.iter().map(|&pixel| scaled(pixel)).collect()
        };
        Some(Self {
            threshold: squared_threshold(distance),
            features: (0..IMAGES)
                .flat_map(|k| features(&image(k * count / IMAGES)))
                .collect(),
        })
    }

    /// Whether an image with these features looks like the digit.
    fn fit(&self, features: &[u8]) -> bool {
        let mut images = self.features.chunks_exact(FEATURES);
        images.any(|other| squared_distance(features, other) <= self.threshold)
    }
}

/// Why an answer should not be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// The image looks like none of the digits.
    Strange,
    /// The network is unsure between two classes, the likelier one first.
    Unsure(usize, usize),
}

/// Looks for a reason to doubt a network's answer to `image` (784 values, 0 to 1), given the digit
/// and the probability of each class. `looks` are those of the digits that are known so far.
pub fn doubt(
    image: &[f32],
    digits: &[u8],
    probabilities: &[f32],
    looks: &BTreeMap<u8, Looks>,
) -> Option<Doubt> {
    let of_digits: Option<Vec<&Looks>> = digits.iter().map(|digit| looks.get(digit)).collect();
    if let Some(of_digits) = of_digits {
        let features = features(image);
        if !of_digits.iter().any(|looks| looks.fit(&features)) {
            return Some(Doubt::Strange);
        }
    }
    let mut classes: Vec<usize> = (0..probabilities.len()).collect();
    classes.sort_by(|&a, &b| probabilities[b].total_cmp(&probabilities[a]));
    match classes[..] {
        [first, second, ..] if probabilities[first] < SURE => Some(Doubt::Unsure(first, second)),
        _ => None,
    }
}
