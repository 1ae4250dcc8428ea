//! The settings as the page knows them: with a tick for the control network in place of networks.

use serde::{Deserialize, Serialize};

use crate::{
    network::{notebook, notebook_and_control},
    settings::{self, Problem, Setting},
};

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
        settings::Settings::default().into()
    }
}

impl From<settings::Settings> for Settings {
    /// Other networks than the notebook's are left out.
    fn from(settings: settings::Settings) -> Self {
        Self {
            control: settings.networks == notebook_and_control(),
            digits: settings.digits,
            epochs: settings.epochs,
            batch_size: settings.batch_size,
            learning_rate: settings.learning_rate,
            seed: settings.seed,
            runs: settings.runs,
        }
    }
}

impl From<Settings> for settings::Settings {
    /// Settings that the page does not know have their defaults.
    #[allow(clippy::needless_update)] // There are none yet.
    fn from(settings: Settings) -> Self {
        Self {
            digits: settings.digits,
            epochs: settings.epochs,
            batch_size: settings.batch_size,
            learning_rate: settings.learning_rate,
            seed: settings.seed,
            runs: settings.runs,
            networks: if settings.control { notebook_and_control() } else { notebook() },
            ..Self::default()
        }
    }
}

impl Settings {
    /// Reads the hash of an address, with or without `#`. What is absent or bad takes its default;
    /// so do networks that the page cannot show.
    pub fn from_hash(hash: &str) -> (Self, Vec<Problem>) {
        let (settings, mut problems) = settings::Settings::from_hash(hash);
        let networks = Setting::find("networks").and_then(|networks| {
            let text = networks.write(&settings)?;
            Some((networks.key, text, networks.default_text()))
        });
        problems.extend(networks.map(|(key, text, default)| Problem {
            key: key.to_owned(),
            message: format!(
                "“{key}={text}” cannot be used: this page shows the notebook’s networks only. The \
                 default, {default}, is used."
            ),
        }));
        (settings.into(), problems)
    }

    /// The hash, without `#`, that gives these settings.
    pub fn to_hash(&self) -> String {
        settings::Settings::from(self.clone()).to_hash()
    }
}
