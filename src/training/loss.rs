//! Categorical cross-entropy on scores, and what a batch adds to an epoch's means.

use burn::tensor::{Device, Tensor, TensorData, activation::log_softmax};

use crate::training::Score;

/// Mean over the batch of −ln p(class), where p = softmax(scores).
///
/// # Shapes
/// - `scores`: `[batch, classes]`
/// - result: `[1]`
pub fn cross_entropy(scores: Tensor<2>, classes: &[usize], device: &Device) -> Tensor<1> {
    let [batch, count] = scores.dims();
    let mut one_hot = vec![0.0_f32; batch * count];
    for (row, &class) in classes.iter().enumerate() {
        one_hot[row * count + class] = 1.0;
    }
    let one_hot = Tensor::<2>::from_data(TensorData::new(one_hot, [batch, count]), device);
    let log_likelihood = (log_softmax(scores, 1) * one_hot).sum();
    -log_likelihood / batch as f32
}

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
            self.loss += f64::from(log_sum_exp(scores) - scores[class]);
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

/// The probability of each class: e^score / Σ e^score.
pub fn softmax(scores: &[f32]) -> Vec<f32> {
    let log_sum = log_sum_exp(scores);
    scores.iter().map(|score| (score - log_sum).exp()).collect()
}

/// ln Σ e^score, shifted by the highest score so that nothing overflows.
fn log_sum_exp(scores: &[f32]) -> f32 {
    let highest = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    highest
        + scores
            .iter()
            .map(|score| (score - highest).exp())
            .sum::<f32>()
            .ln()
}
