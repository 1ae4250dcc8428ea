//! The histories of runs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::ModelKind;
use crate::train::{Metrics, Score};

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
        let metrics = [&self.loss, &self.accuracy, &self.val_loss, &self.val_accuracy];
        metrics.map(Vec::len).into_iter().min().unwrap_or(0)
    }

    /// The metrics of an epoch, counted from 1.
    pub fn epoch(&self, epoch: usize) -> Option<Metrics> {
        let index = epoch.checked_sub(1)?;
        Some(Metrics {
            loss: *self.loss.get(index)?,
            accuracy: *self.accuracy.get(index)?,
            val_loss: *self.val_loss.get(index)?,
            val_accuracy: *self.val_accuracy.get(index)?,
        })
    }

    /// The first epoch, from 1, with a metric that is not a number or infinite.
    pub fn diverged(&self) -> Option<usize> {
        (1..=self.epochs()).find(|&epoch| !self.epoch(epoch).is_some_and(|m| m.is_finite()))
    }

    /// The epoch, from 1, of least validation loss: the first of several.
    pub fn best(&self) -> Option<usize> {
        let losses = self.val_loss.iter().enumerate();
        let finite = losses.filter(|(_, loss)| loss.is_finite());
        let (index, _) = finite.min_by(|(_, a), (_, b)| a.total_cmp(b))?;
        Some(index + 1)
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
    /// The number of validation images, if it is known: with it the verdict can weigh a
    /// difference in accuracy.
    #[serde(default)]
    #[cfg_attr(test, ts(optional))]
    pub validation_images: Option<u32>,
    /// How each model that takes part fared, from the run's start on.
    pub models: BTreeMap<ModelKind, ModelRun>,
}
