//! Categorical cross-entropy of scores.

use burn::{
    backend::autodiff::{
        checkpoint::{base::Checkpointer, strategy::NoCheckpointing},
        grads::Gradients,
        ops::{Backward, Ops, OpsKind},
    },
    tensor::Tensor,
};
use burn_ndarray::NdArray;

use super::tensor::{Inner, from_recorded, inner, into_recorded, values, values_mut};

/// Mean over the batch of −ln p(class), where p = softmax(scores).
///
/// # Shapes
/// - `scores`: `[batch, classes]`, recorded for differentiation
/// - `classes`: `batch` of them
/// - result: `[1]`
pub fn cross_entropy(scores: Tensor<2>, classes: &[usize]) -> Tensor<1> {
    let shape = scores.dims();
    let scores = into_recorded(scores);
    let prepared = CrossEntropy
        .prepare::<NoCheckpointing>([scores.node()])
        .compute_bound()
        .stateful();
    let scores = scores.into_primitive();
    let mut gradient = Vec::with_capacity(values(&scores).len());
    let mut loss = 0.0;
    for (scores, &class) in values(&scores).chunks_exact(shape[1]).zip(classes) {
        let mut probabilities = softmax(scores);
        loss += negative_log_likelihood(scores, class);
        // ∂(−ln p[class]) / ∂scores = p − onehot(class)
        probabilities[class] -= 1.0;
        gradient.extend(probabilities.iter().map(|value| value / shape[0] as f32));
    }
    let loss = inner(vec![loss / shape[0] as f32], [1]);
    from_recorded(match prepared {
        OpsKind::Tracked(prepared) => prepared.finish(inner(gradient, shape), loss),
        OpsKind::UnTracked(prepared) => prepared.finish(loss),
    })
}

/// The probability of each class: e^score / Σ e^score.
pub fn softmax(scores: &[f32]) -> Vec<f32> {
    let highest = highest(scores);
    let mut powers: Vec<f32> = scores.iter().map(|score| (score - highest).exp()).collect();
    let sum: f32 = powers.iter().sum();
    for power in &mut powers {
        *power /= sum;
    }
    powers
}

/// −ln p(class), where p = softmax(scores).
pub fn negative_log_likelihood(scores: &[f32], class: usize) -> f32 {
    // The highest score is taken from all first, so that nothing overflows, and so that a loss
    // far below the scores' own precision is not lost.
    let highest = highest(scores);
    let sum: f32 = scores.iter().map(|score| (score - highest).exp()).sum();
    sum.ln() - (scores[class] - highest)
}

fn highest(scores: &[f32]) -> f32 {
    scores.iter().copied().fold(f32::NEG_INFINITY, f32::max)
}

#[derive(Clone, Copy, Debug)]
struct CrossEntropy;

impl Backward<NdArray, 1> for CrossEntropy {
    /// The loss's gradient by the scores.
    type State = Inner;

    fn backward(
        self,
        ops: Ops<Inner, 1>,
        gradients: &mut Gradients,
        _checkpointer: &mut Checkpointer,
    ) {
        let outer = gradients.consume::<NdArray>(&ops.node);
        let outer = values(&outer)[0];
        let mut gradient = ops.state;
        for value in values_mut(&mut gradient) {
            *value *= outer;
        }
        let [of_scores] = ops.parents;
        if let Some(node) = of_scores {
            gradients.register::<NdArray>(node.id, gradient);
        }
    }
}
