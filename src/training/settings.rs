//! What a person can choose before training, and the notebook's choice of it.

mod hash;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;

use serde::{Deserialize, Serialize};

/// The settings of one experiment. The defaults are the notebook's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The digits to tell apart, ascending: 2 to 10 of 0–9. Class `i` is `digits[i]`.
    pub digits: Vec<u8>,
    /// Passes over the training images, in each run: 1 to 1000.
    pub epochs: u32,
    /// Images to a training step, 1 to 1024; an epoch's last batch may be smaller.
    pub batch_size: u32,
    /// Step size of stochastic gradient descent: above 0, at most 10.
    pub learning_rate: f64,
    /// Seed of the first run; run `r` (from 0) uses `seed + r`, and 0 follows the largest u32.
    pub seed: u32,
    /// How often each model is trained, each time from another seed: 1 to 20.
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

/// A bad setting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Problem {
    /// The key in the hash: `digits`, `epochs`, `batch`, `lr`, `seed`, `runs`, `control`, or a
    /// name that is not known; empty when it is the hash as a whole.
    pub key: String,
    /// What is wrong, what was expected and what stands in.
    pub message: String,
}

impl Settings {
    /// The seed of a run, counted from 0.
    pub fn run_seed(&self, run: u32) -> u32 {
        self.seed.wrapping_add(run)
    }

    /// Checks settings that did not come from [`Settings::from_hash`].
    ///
    /// # Errors
    ///
    /// A sentence that names the first bad value and says what it must be.
    pub fn check(&self) -> Result<(), String> {
        match Key::ALL.into_iter().find(|&key| !self.allows(key)) {
            None => Ok(()),
            Some(key) => Err(format!(
                "“{}={}” cannot be used: {}.",
                key.name(),
                self.value(key),
                key.rule()
            )),
        }
    }

    /// Whether a value is within its limits. They keep a run within hours and its batches within
    /// memory; beyond them lie slips of the finger rather than experiments.
    fn allows(&self, key: Key) -> bool {
        match key {
            Key::Digits => {
                (2..=10).contains(&self.digits.len())
                    && self.digits.is_sorted_by(|a, b| a < b)
                    && self.digits.iter().all(|&digit| digit <= 9)
            }
            Key::Epochs => (1..=1000).contains(&self.epochs),
            Key::BatchSize => (1..=1024).contains(&self.batch_size),
            Key::LearningRate => self.learning_rate > 0.0 && self.learning_rate <= 10.0,
            Key::Runs => (1..=20).contains(&self.runs),
            Key::Seed | Key::Control => true,
        }
    }
}

/// Names a setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    Digits,
    Epochs,
    BatchSize,
    LearningRate,
    Seed,
    Runs,
    Control,
}

impl Key {
    /// Every key, in the order of the hash.
    const ALL: [Self; 7] = [
        Self::Digits,
        Self::Epochs,
        Self::BatchSize,
        Self::LearningRate,
        Self::Seed,
        Self::Runs,
        Self::Control,
    ];

    /// The name in the hash.
    fn name(self) -> &'static str {
        match self {
            Self::Digits => "digits",
            Self::Epochs => "epochs",
            Self::BatchSize => "batch",
            Self::LearningRate => "lr",
            Self::Seed => "seed",
            Self::Runs => "runs",
            Self::Control => "control",
        }
    }

    /// What the value must be, in words that say what [`Settings::allows`] checks.
    fn rule(self) -> &'static str {
        match self {
            Self::Digits => {
                "the digits must be 2 to 10 different ones of 0 to 9, in ascending order and with \
                 commas between them"
            }
            Self::Epochs => "the number of epochs must be a whole number from 1 to 1000",
            Self::BatchSize => "the batch size must be a whole number from 1 to 1024",
            Self::LearningRate => "the learning rate must be a number above 0 and at most 10",
            Self::Seed => "the seed must be a whole number from 0 to 4294967295",
            Self::Runs => "the number of runs must be a whole number from 1 to 20",
            Self::Control => "the control network is either trained, 1, or not, 0",
        }
    }
}
