//! Randomness: a seed gives independent ChaCha streams, one for each model's start and one for the
//! order of each epoch.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use crate::model::ModelKind;

/// The stream that draws the initial weights of a model.
pub fn initial_weights(seed: u32, model: ModelKind) -> ChaCha8Rng {
    // Not the place in `ModelKind::ALL`, so that a seed keeps its meaning when a model is added.
    stream(
        seed,
        match model {
            ModelKind::Custom => 0,
            ModelKind::Dense => 1,
            ModelKind::Control => 2,
        },
    )
}

/// The stream that orders the training images of `epoch`, from 1.
pub fn epoch_order(seed: u32, epoch: u32) -> ChaCha8Rng {
    stream(seed, (1 << 32) + u64::from(epoch))
}

fn stream(seed: u32, stream: u64) -> ChaCha8Rng {
    let mut rng = ChaCha8Rng::seed_from_u64(seed.into());
    rng.set_stream(stream);
    rng
}
