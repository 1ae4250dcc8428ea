//! What a person can choose before training, and the notebook's choice of it.

use serde::{Deserialize, Serialize};

/// The settings of one experiment. The defaults are the notebook's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The digits to tell apart, ascending: 2 to 10 of 0–9. Class `i` is `digits[i]`.
    pub digits: Vec<u8>,
    /// Passes over the training images, in each run.
    pub epochs: u32,
    /// Images to a training step; an epoch's last batch may be smaller.
    pub batch_size: u32,
    /// Step size of stochastic gradient descent.
    pub learning_rate: f64,
    /// Seed of the first run; run `r` (from 0) uses `seed + r`.
    pub seed: u32,
    /// How often each model is trained, each time from another seed.
    pub runs: u32,
    /// Whether the control network is trained too.
    pub control: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            digits: vec![0, 2, 5],
            epochs: 50,
            batch_size: 32,
            learning_rate: 0.01,
            seed: 1,
            runs: 1,
            control: false,
        }
    }
}
