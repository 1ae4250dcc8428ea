//! Settings: text in, text out. The hash that comes out is canonical.

use serde::Serialize;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use super::Study;
use crate::{
    network::{Kind, NetworkConfig},
    settings::{Problem, SETTINGS, Setting, Settings},
    web::{JsResult, job::TrainJob, to_ts},
};

/// What a hash says.
#[derive(Clone, Debug, PartialEq, Serialize, Tsify)]
pub struct HashRead {
    /// The same in canonical form, without `#`.
    pub hash: String,
    /// Each setting, in the order of the form.
    pub values: Vec<SettingValue>,
    /// The networks.
    pub networks: Vec<NetworkText>,
    /// What is bad, and was replaced by defaults.
    pub problems: Vec<Problem>,
}

/// A setting's value.
#[derive(Clone, Debug, PartialEq, Serialize, Tsify)]
pub struct SettingValue {
    /// The setting's key.
    pub key: &'static str,
    /// The value; where it is implied, the default.
    pub text: String,
}

/// A network, as text.
#[derive(Clone, Debug, PartialEq, Serialize, Tsify)]
#[tsify(missing_as_null)]
pub struct NetworkText {
    /// Its name.
    pub name: String,
    /// Its hidden layers.
    pub layers: String,
    /// Its own rate, where it has one.
    pub learning_rate: Option<f64>,
    /// All of these.
    pub text: String,
    /// How many weights it has, for the chosen digits.
    pub parameters: usize,
}

/// A kind of layer.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Tsify)]
pub struct LayerWord {
    /// The word in a network's text.
    pub word: &'static str,
    /// The activation, or the f of a custom layer.
    pub formula: &'static str,
    /// Which of the two.
    pub family: Family,
}

/// What a layer computes from its input x.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// activation(x·W + b).
    Dense,
    /// f(x)·V − x·W + b.
    Custom,
}

/// All that is to be trained.
#[derive(Clone, Debug, PartialEq, Serialize, Tsify)]
pub struct Plan {
    /// The seed of each run.
    pub seeds: Vec<u32>,
    /// A job for each network in each run, the longest first.
    pub jobs: Vec<PlannedJob>,
}

/// A network's training in a run.
#[derive(Clone, Debug, PartialEq, Serialize, Tsify)]
pub struct PlannedJob {
    /// The run, counted from 0.
    pub run: u32,
    /// The network's place.
    pub network: usize,
    /// How long it takes, beside the others.
    pub cost: f64,
    /// The training.
    pub train: TrainJob,
}

#[wasm_bindgen]
impl Study {
    /// Reads a hash, with or without `#`.
    pub fn read_hash(&self, hash: &str) -> JsResult<Ts<HashRead>> {
        let (settings, problems) = Settings::from_hash(hash);
        let value = |setting: &Setting| SettingValue {
            key: setting.key,
            text: setting.write(&settings).unwrap_or_else(|| setting.default_text()),
        };
        let network = |network: &NetworkConfig| NetworkText {
            name: network.name.clone(),
            layers: network.architecture.to_string(),
            learning_rate: network.learning_rate,
            text: network.to_string(),
            parameters: network.architecture.parameters(settings.classes()),
        };
        to_ts(&HashRead {
            hash: settings.to_hash(),
            values: SETTINGS.iter().map(value).collect(),
            networks: settings.networks.iter().map(network).collect(),
            problems,
        })
    }

    /// The rows of the form, in order.
    pub fn rows(&self) -> JsResult<Vec<Ts<Setting>>> {
        SETTINGS.iter().map(to_ts).collect()
    }

    /// The hash with another value of one setting.
    ///
    /// # Errors
    /// If the hash, the key or the value is bad.
    pub fn with_value(&self, hash: &str, key: &str, text: &str) -> JsResult<String> {
        Ok(Settings::from_good_hash(hash)?.with_value(key, text)?.to_hash())
    }

    /// Every kind of layer.
    pub fn layer_words(&self) -> JsResult<Vec<Ts<LayerWord>>> {
        let word = |kind| {
            let (function, family) = match kind {
                Kind::Dense(function) => (function, Family::Dense),
                Kind::Custom(function) => (function, Family::Custom),
            };
            to_ts(&LayerWord { word: function.word, formula: function.formula, family })
        };
        Kind::all().map(word).collect()
    }

    /// What these settings train.
    ///
    /// # Errors
    /// If the hash is bad.
    pub fn plan(&self, hash: &str) -> JsResult<Ts<Plan>> {
        let settings = Settings::from_good_hash(hash)?;
        let mut jobs = Vec::new();
        for run in 0..settings.runs {
            for (place, network) in settings.networks.iter().enumerate() {
                jobs.push(PlannedJob {
                    run,
                    network: place,
                    cost: f64::from(settings.epochs) * products(network, settings.classes()),
                    train: TrainJob::new(&settings, network, run),
                });
            }
        }
        jobs.sort_by(|a, b| b.cost.total_cmp(&a.cost)); // a stable sort
        to_ts(&Plan { seeds: (0..settings.runs).map(|run| settings.run_seed(run)).collect(), jobs })
    }
}

/// The multiplications to train on one image: three for each weight (forward, and for the gradients
/// of weights and inputs). The first layer needs no gradient of its inputs, and of these a fifth is
/// ink.
fn products(network: &NetworkConfig, classes: usize) -> f64 {
    let layers = network.architecture.layers(classes);
    let of_layer = layers.iter().enumerate().map(|(place, layer)| {
        let weights: usize = layer.tensors().iter().map(|tensor| tensor.len()).sum();
        weights as f64 * if place == 0 { 0.4 } else { 3.0 }
    });
    of_layer.sum()
}
