//! What training is measured by, under Keras's names.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::ModelKind;

/// What Keras reports of one epoch. Accuracies are fractions; losses are means of the categorical
/// cross-entropy, in nats.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Metrics {
    /// Mean loss over the epoch's training images, as the weights were when each batch was seen.
    pub loss: f64,
    /// Fraction of the epoch's training images classified rightly, at the same moments.
    pub accuracy: f64,
    /// Mean loss over the validation images at the epoch's end.
    pub val_loss: f64,
    /// Fraction of the validation images classified rightly at the epoch's end.
    pub val_accuracy: f64,
}

/// Loss and accuracy of a model, as it stands, on a set of images.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Score {
    /// Mean categorical cross-entropy, in nats.
    pub loss: f64,
    /// Fraction classified rightly.
    pub accuracy: f64,
}

/// The metrics of a run's epochs, first to last: Keras's `History.history`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(default)]
pub struct History {
    /// [`Metrics::loss`] of each epoch.
    pub loss: Vec<f64>,
    /// [`Metrics::accuracy`] of each epoch.
    pub accuracy: Vec<f64>,
    /// [`Metrics::val_loss`] of each epoch.
    pub val_loss: Vec<f64>,
    /// [`Metrics::val_accuracy`] of each epoch.
    pub val_accuracy: Vec<f64>,
}

impl History {
    /// Adds an epoch's metrics at the end.
    pub fn push(&mut self, metrics: Metrics) {
        self.loss.push(metrics.loss);
        self.accuracy.push(metrics.accuracy);
        self.val_loss.push(metrics.val_loss);
        self.val_accuracy.push(metrics.val_accuracy);
    }

    /// The number of epochs.
    pub fn epochs(&self) -> usize {
        self.loss.len()
    }
}

/// How one model fared in one run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ModelRun {
    /// Its epochs so far.
    pub history: History,
    /// Its score on the test images, once the run has ended.
    #[serde(default)]
    pub test: Option<Score>,
}

/// One run: every model trained once from the same seed, on the same batches in the same order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Run {
    /// The run's seed.
    pub seed: u32,
    /// How each model fared.
    pub models: BTreeMap<ModelKind, ModelRun>,
}
