//! Initial weights as the notebook's Keras draws them.

use rand::{
    Rng,
    distr::{Distribution, Uniform},
};
use rand_distr::Normal;

use crate::{
    model::{
        ModelKind,
        architecture::{LayerConfig, LayerKind, layers},
        weights::Weights,
    },
    random,
};

/// Standard deviation of the cubic layer's V, W and b: Keras's `random_normal`.
const CUBIC_SD: f32 = 0.05;

/// The weights that a run with `seed` starts from.
pub fn initial_weights(model: ModelKind, classes: usize, seed: u32) -> Weights {
    let mut rng = random::initial_weights(seed, model);
    let mut weights = Weights::default();
    for layer in layers(model, classes) {
        for tensor in layer.tensors() {
            let count = tensor.shape.iter().product();
            let is_matrix = tensor.shape.len() == 2;
            let values = match layer.kind {
                LayerKind::Cubic => normal(count, &mut rng),
                LayerKind::Relu | LayerKind::Scores if is_matrix => {
                    glorot_uniform(&layer, count, &mut rng)
                }
                LayerKind::Relu | LayerKind::Scores => vec![0.0; count],
            };
            weights.insert(tensor, values);
        }
    }
    weights
}

/// Uniform within ±√(6 / (inputs + units)): Glorot and Bengio 2010,
/// <https://proceedings.mlr.press/v9/glorot10a.html>, equation 16; Keras's default for Dense.
fn glorot_uniform(layer: &LayerConfig, count: usize, rng: &mut impl Rng) -> Vec<f32> {
    let limit = (6.0 / (layer.inputs + layer.units) as f32).sqrt();
    // PANIC: the limit is finite and above 0, which is all that `new` checks.
    #[allow(clippy::unwrap_used)]
    let distribution = Uniform::new(-limit, limit).unwrap();
    distribution.sample_iter(rng).take(count).collect()
}

fn normal(count: usize, rng: &mut impl Rng) -> Vec<f32> {
    // PANIC: the standard deviation is a finite constant, which is all that `new` checks.
    #[allow(clippy::unwrap_used)]
    let distribution = Normal::new(0.0, CUBIC_SD).unwrap();
    distribution.sample_iter(rng).take(count).collect()
}
