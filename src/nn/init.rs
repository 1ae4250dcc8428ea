//! Initialisation: the weights that training starts from.

use rand::{Rng, SeedableRng, distr::Uniform, prelude::Distribution};
use rand_chacha::ChaCha8Rng;
use rand_distr::Normal;

use crate::network::{Architecture, Kind, LayerConfig};

/// Standard deviation of a custom layer's V, W and b: the default of Keras's `random_normal`.
const START_SD: f32 = 0.05;

/// The weights that a run with `seed` starts from, as [`Network::new`](crate::nn::Network::new)
/// takes them.
///
/// A layer's weights depend on the seed, on the layer's place and on its shape alone, so that
/// networks which differ in one layer share the others.
pub fn start(architecture: &Architecture, classes: usize, seed: u32) -> Vec<f32> {
    let layers = architecture.layers(classes);
    let starts = layers.iter().enumerate().map(|(place, config)| {
        let mut rng = stream(seed, place, config);
        match config.kind {
            Kind::Dense(_) => glorot_uniform(config, &mut rng),
            Kind::Custom(_) => random_normal(config, &mut rng),
        }
    });
    starts.flatten().collect()
}

/// Of a dense layer: W uniform within ±√(6 / (inputs + units)), b zero.
///
/// Glorot and Bengio 2010, <https://proceedings.mlr.press/v9/glorot10a.html>, equation 16;
/// Keras's default for Dense.
fn glorot_uniform(config: &LayerConfig, rng: &mut impl Rng) -> Vec<f32> {
    let limit = (6.0 / (config.inputs + config.units) as f32).sqrt();
    // PANIC: the limit is finite and above 0, which is all that `new` checks.
    let distribution = Uniform::new(-limit, limit).expect("a finite range");
    let weight = distribution.sample_iter(rng).take(config.inputs * config.units);
    weight.chain(vec![0.0; config.units]).collect()
}

/// Of a custom layer: V, W and b normal, with mean 0.
fn random_normal(config: &LayerConfig, rng: &mut impl Rng) -> Vec<f32> {
    // PANIC: the standard deviation is a finite constant, which is all that `new` checks.
    let distribution = Normal::new(0.0, START_SD).expect("a finite standard deviation");
    distribution.sample_iter(rng).take((2 * config.inputs + 1) * config.units).collect()
}

/// The stream of random numbers for a layer: ChaCha gives independent ones for each seed and
/// stream. Inputs and units are less than 2¹⁶.
fn stream(seed: u32, place: usize, config: &LayerConfig) -> ChaCha8Rng {
    let mut rng = ChaCha8Rng::seed_from_u64(seed.into());
    rng.set_stream(((place as u64) << 32) | ((config.inputs as u64) << 16) | config.units as u64);
    rng
}
