//! Where a network's weights lie, and how large they are.

use serde::Serialize;

use crate::network::{Architecture, architecture::TensorConfig};

/// A tensor of weights, in brief.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct TensorSummary {
    /// Its name in weight files.
    pub name: String,
    /// `[inputs, units]`, or `[units]`.
    pub shape: Vec<usize>,
    /// Where its values begin among all weights; they lie there row by row.
    pub start: usize,
    /// The least value; NaN if any is.
    pub least: f32,
    /// The greatest.
    pub most: f32,
    /// The standard deviation.
    pub sd: f64,
}

/// The tensors of a network for `classes` classes, in the order in which `weights` hold them.
///
/// # Panics
/// If there are not as many weights as the network has.
pub fn tensors(architecture: &Architecture, classes: usize, weights: &[f32]) -> Vec<TensorSummary> {
    assert_eq!(weights.len(), architecture.parameters(classes), "weights");
    let mut start = 0;
    let summary = |config: TensorConfig| {
        let values = &weights[start..start + config.len()];
        // Written so that NaN stays.
        let least = values.iter().copied().reduce(|a, b| if a.is_nan() || b >= a { a } else { b });
        let most = values.iter().copied().reduce(|a, b| if a.is_nan() || b <= a { a } else { b });
        let summary = TensorSummary {
            name: config.name,
            shape: config.shape,
            start,
            least: least.unwrap_or(f32::NAN),
            most: most.unwrap_or(f32::NAN),
            sd: standard_deviation(values),
        };
        start += values.len();
        summary
    };
    architecture.tensors(classes).into_iter().map(summary).collect()
}

fn standard_deviation(values: &[f32]) -> f64 {
    let count = values.len() as f64;
    let real = || values.iter().map(|&value| f64::from(value));
    let mean = real().sum::<f64>() / count;
    let squares = real().map(|value| (value - mean).powi(2)).sum::<f64>();
    (squares / count).sqrt()
}
