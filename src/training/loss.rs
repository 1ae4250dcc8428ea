//! Loss and accuracy from a network's scores.

use crate::{model::ops::negative_log_likelihood, training::Score};

/// Sums over images seen so far, for Keras's running means.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    images: usize,
    loss: f64,
    correct: usize,
}

impl Tally {
    /// Adds a batch: its scores, `[batch, classes]` in row-major order, and its classes.
    pub fn add(&mut self, scores: &[f32], classes: &[usize]) {
        let count = scores.len() / classes.len();
        for (scores, &class) in scores.chunks_exact(count).zip(classes) {
            self.images += 1;
            self.loss += f64::from(negative_log_likelihood(scores, class));
            self.correct += usize::from(likeliest(scores) == class);
        }
    }

    /// The means.
    pub fn score(&self) -> Score {
        let images = self.images as f64;
        Score {
            loss: self.loss / images,
            accuracy: self.correct as f64 / images,
        }
    }
}

/// The class with the highest score, the first of equals.
pub fn likeliest(scores: &[f32]) -> usize {
    (1..scores.len()).fold(0, |best, i| if scores[i] > scores[best] { i } else { best })
}
