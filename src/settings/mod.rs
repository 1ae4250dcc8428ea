//! What the user can choose before training. The table in `table.rs` has a row for each setting;
//! the URL's hash, the page's form and the command line derive from it.

mod address;
mod table;

use serde::Serialize;

pub use address::Problem;
pub use table::{Input, SETTINGS, Setting};

use crate::{
    Result, error,
    network::{NetworkConfig, notebook, print_networks, text::shown},
    train::{Order, Snapshots, TrainConfig},
};

/// The settings of one experiment. The defaults are the notebook's.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Settings {
    /// The digits to tell apart, ascending. Class `i` is `digits[i]`.
    pub digits: Vec<u8>,
    /// Passes over the training images, in each run.
    pub epochs: u32,
    /// Images to a training step; an epoch's last batch may be smaller.
    pub batch_size: u32,
    /// Step size of stochastic gradient descent, for networks without one of their own.
    pub learning_rate: f64,
    /// Seed of the first run; run `r` (from 0) uses `seed + r`, and 0 follows the largest u32.
    pub seed: u32,
    /// How often each network is trained, each time from another seed.
    pub runs: u32,
    /// The networks, in the order in which they are shown.
    #[serde(serialize_with = "as_text")]
    pub networks: Vec<NetworkConfig>,
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
            networks: notebook(),
        }
    }
}

impl Settings {
    /// The seed of a run, counted from 0.
    pub fn run_seed(&self, run: u32) -> u32 {
        self.seed.wrapping_add(run)
    }

    /// The number of classes.
    pub fn classes(&self) -> usize {
        self.digits.len()
    }

    /// These settings with another value of one, read from text.
    ///
    /// # Errors
    /// If there is no setting with this key, or the value is not what it must be.
    pub fn with_value(&self, key: &str, text: &str) -> Result<Self> {
        let setting =
            Setting::find(key).ok_or_else(|| error!("“{}” is not a setting", shown(key)))?;
        let mut settings = self.clone();
        setting.read(&mut settings, text)?;
        Ok(settings)
    }

    /// How a network is trained in a run, counted from 0.
    pub fn train_config(&self, network: &NetworkConfig, run: u32) -> TrainConfig {
        TrainConfig {
            architecture: network.architecture.clone(),
            learning_rate: network.learning_rate_or(self.learning_rate),
            batch_size: self.batch_size as usize,
            epochs: self.epochs,
            seed: self.run_seed(run),
            order: Order::Shuffled,
            snapshots: Snapshots::Epochs,
        }
    }

    /// Checks settings that were not read from text.
    ///
    /// # Errors
    /// A sentence that names the first bad value and says what it must be.
    pub fn check(&self) -> Result<()> {
        let mut read_back = Self::default();
        for setting in &SETTINGS {
            let Some(text) = setting.write(self) else {
                continue; // Its value is implied.
            };
            setting
                .read(&mut read_back, &text)
                // Text may list digits in any order, settings must not.
                .and_then(|()| match setting.write(&read_back) {
                    Some(same) if same == text => Ok(()),
                    _ => Err(setting.rule()),
                })
                .map_err(|e| error!("“{}={}” cannot be used: {e}.", setting.key, shown(&text)))?;
        }
        Ok(())
    }
}

fn as_text<S: serde::Serializer>(
    networks: &[NetworkConfig],
    serializer: S,
) -> std::result::Result<S::Ok, S::Error> {
    serializer.serialize_str(&print_networks(networks))
}
