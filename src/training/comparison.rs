//! What the runs say about the models, in numbers and in words.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::ModelKind;

/// What the runs say about the models.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Comparison {
    /// The verdict: plain sentences.
    pub verdict: Vec<String>,
    /// The last epoch, from 1, that every model of the last run has finished; 0 before that.
    pub epoch: u32,
    /// Each model's metrics over the runs.
    pub curves: BTreeMap<ModelKind, Curves>,
    /// Each model's epoch of least validation loss in the last run.
    pub best: BTreeMap<ModelKind, Best>,
    /// Paired differences over the finished runs; empty with fewer than two.
    pub differences: Vec<Difference>,
}

/// A model's metrics over the runs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Curves {
    /// Training loss.
    pub loss: Band,
    /// Training accuracy.
    pub accuracy: Band,
    /// Validation loss.
    pub val_loss: Band,
    /// Validation accuracy.
    pub val_accuracy: Band,
}

/// A metric over the runs, epoch by epoch.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Band {
    /// Mean over the runs that have the epoch.
    pub mean: Vec<f64>,
    /// Sample standard deviation over the same runs; 0 for a single one.
    pub sd: Vec<f64>,
}

/// An epoch of least validation loss.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Best {
    /// The epoch, from 1.
    pub epoch: u32,
    /// Its validation loss.
    pub val_loss: f64,
}

/// The mean over runs of a paired difference, one model minus another, with the 95 % confidence
/// interval of Student's t.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Difference {
    /// The model from which the other is taken.
    pub model: ModelKind,
    /// The other.
    pub other: ModelKind,
    /// `val_loss` or `val_accuracy`.
    pub metric: String,
    /// Where each run is looked at.
    pub at: At,
    /// Mean difference.
    pub mean: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
    /// Runs in which `model` is better.
    pub wins: u32,
    /// Runs in which both are equal.
    pub ties: u32,
    /// Runs compared.
    pub runs: u32,
}

/// Where in a run two models are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum At {
    /// At the last epoch.
    Last,
    /// At each model's own epoch of least validation loss.
    Best,
}
