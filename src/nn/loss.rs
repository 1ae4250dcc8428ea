//! The loss, categorical cross-entropy, and what else is read from a network's logits.

use burn::tensor::Tensor;

use crate::autodiff::{Inner, input, matrix, operation, values, values_mut, vector};

/// Mean over the batch of −ln p(class), where p = softmax(logits).
///
/// # Shapes
/// - `logits`: `[batch, units]`, a unit for each class, recorded for differentiation
/// - `classes`: `batch` of them
/// - result: `[1]`
pub fn cross_entropy(logits: Tensor<2>, classes: &[usize]) -> Tensor<1> {
    let [batch, units] = logits.dims();
    operation([input(logits)], |[logits]| {
        let mut gradient = Vec::with_capacity(batch * units);
        let mut loss = 0.0;
        for (logits, &class) in values(&logits).chunks_exact(units).zip(classes) {
            loss += negative_log_likelihood(logits, class);
            // ∂(−ln p[class]) / ∂logits = p − onehot(class)
            let mut probabilities = softmax(logits);
            probabilities[class] -= 1.0;
            gradient.extend(probabilities.iter().map(|value| value / batch as f32));
        }
        let mut gradient = matrix(gradient, units);
        let backward = move |of_loss: Inner, _: [bool; 1]| {
            let of_loss = values(&of_loss)[0];
            values_mut(&mut gradient).iter_mut().for_each(|value| *value *= of_loss);
            [Some(gradient)]
        };
        (vector(vec![loss / batch as f32]), backward)
    })
}

/// The probability of each class: e^logit / Σ e^logit.
pub fn softmax(logits: &[f32]) -> Vec<f32> {
    let (powers, _, sum) = powers(logits, usize::MAX);
    powers.iter().map(|power| power / sum).collect()
}

/// −ln p(class), where p = softmax(logits).
pub fn negative_log_likelihood(logits: &[f32], class: usize) -> f32 {
    let (_, highest, sum) = powers(logits, usize::MAX);
    libm::logf(sum) - (logits[class] - highest)
}

/// The log-odds of a class, ln(p / (1 − p)), where p = softmax(logits): exact also where p is so
/// close to 0 or 1 that f32 could not tell it from them.
pub fn log_odds(logits: &[f32], class: usize) -> f32 {
    let (_, highest, sum) = powers(logits, class);
    (logits[class] - highest) - libm::logf(sum)
}

/// The class with the highest logit, the first of equals.
pub fn likeliest(logits: &[f32]) -> usize {
    (1..logits.len()).fold(0, |best, k| if logits[k] > logits[best] { k } else { best })
}

/// e^(logit − highest) of each logit but that of `left_out`, the highest of these logits, and the
/// sum. The highest is taken from all first, so that nothing overflows, and so that a loss far
/// below the logits' own precision is not lost.
fn powers(logits: &[f32], left_out: usize) -> (Vec<f32>, f32, f32) {
    let kept = || logits.iter().enumerate().filter(|&(k, _)| k != left_out).map(|(_, &x)| x);
    let highest = kept().fold(f32::NEG_INFINITY, f32::max);
    let powers: Vec<f32> = kept().map(|logit| libm::expf(logit - highest)).collect();
    let sum = powers.iter().sum();
    (powers, highest, sum)
}
