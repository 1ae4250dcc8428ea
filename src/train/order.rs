//! The order in which an epoch takes the training images.

use serde::{Deserialize, Serialize};

/// The order in which an epoch takes the training images.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum Order {
    /// Each epoch in an order of its own: Keras's `shuffle=True`.
    Shuffled,
    /// As the file has them: Keras's `shuffle=False`.
    AsInFile,
}

impl Order {
    /// The indices of `images` training images in the order in which `epoch` (from 1) of the run
    /// with `seed` takes them. All networks of a run take them in the same order.
    pub fn indices(self, images: usize, seed: u32, epoch: u32) -> Vec<usize> {
        let mut order: Vec<usize> = (0..images).collect();
        if self == Self::Shuffled {
            order.sort_by_cached_key(|&index| key(seed, epoch, index)); // a stable sort
        }
        order
    }
}

/// The key that an image is sorted by: splitmix64 of splitmix64 of splitmix64(seed) + epoch, plus
/// index, modulo 2⁶⁴. In numpy, with `u = np.uint64`:
///
/// ```python
/// def mix(z):
///     z = z + u(0x9E3779B97F4A7C15)
///     z = (z ^ (z >> u(30))) * u(0xBF58476D1CE4E5B9)
///     z = (z ^ (z >> u(27))) * u(0x94D049BB133111EB)
///     return z ^ (z >> u(31))
/// keys = mix(mix(mix(np.array([seed], "u8")) + u(epoch)) + np.arange(images, dtype="u8"))
/// order = np.argsort(keys, kind="stable")
/// ```
fn key(seed: u32, epoch: u32, index: usize) -> u64 {
    let of_seed = splitmix64(seed.into());
    let of_epoch = splitmix64(of_seed.wrapping_add(epoch.into()));
    splitmix64(of_epoch.wrapping_add(index as u64))
}

/// The first output of SplitMix64 from the state `z`: Steele, Lea and Flood 2014,
/// <https://doi.org/10.1145/2714064.2660195>.
pub fn splitmix64(z: u64) -> u64 {
    let z = z.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
