//! The weights that training starts from.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use crate::{
    network::{Architecture, Kind, LayerConfig},
    nn::{custom::Custom, dense::Dense},
};

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
            Kind::Dense(_) => Dense::start(config, &mut rng),
            Kind::Custom(_) => Custom::start(config, &mut rng),
        }
    });
    starts.flatten().collect()
}

/// The stream of random numbers for a layer: ChaCha gives independent ones for each seed and
/// stream. Inputs and units are less than 2¹⁶.
fn stream(seed: u32, place: usize, config: &LayerConfig) -> ChaCha8Rng {
    let mut rng = ChaCha8Rng::seed_from_u64(seed.into());
    rng.set_stream(((place as u64) << 32) | ((config.inputs as u64) << 16) | config.units as u64);
    rng
}
