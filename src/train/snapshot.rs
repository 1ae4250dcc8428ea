//! What training reports, under Keras's names where it has them.

use serde::{Deserialize, Serialize};

use crate::{
    nn::loss::{likeliest, negative_log_likelihood},
    train::Evaluated,
};

/// A network at a moment of its training.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    /// How many images it has been trained on, counted anew each time one is seen.
    pub images_seen: u64,
    /// What Keras reports of the epoch, at the end of one.
    pub metrics: Option<Metrics>,
    /// Its weights, as [`Network::new`](crate::nn::Network::new) takes them.
    pub weights: Vec<f32>,
    /// What it makes of the validation images.
    pub validation: Evaluated,
}

/// What Keras reports of one epoch. Accuracies are fractions; losses are means of the categorical
/// cross-entropy, in nats.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
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

impl Metrics {
    /// Whether all of them are finite numbers: not so when training has diverged.
    pub fn is_finite(&self) -> bool {
        [self.loss, self.accuracy, self.val_loss, self.val_accuracy].iter().all(|x| x.is_finite())
    }
}

/// Loss and accuracy of a network on a set of images.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Score {
    /// Mean categorical cross-entropy, in nats.
    pub loss: f64,
    /// Fraction classified rightly.
    pub accuracy: f64,
}

/// Sums over images seen so far, for Keras's running means.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct RunningMeans {
    images: usize,
    loss: f64,
    right: usize,
}

impl RunningMeans {
    /// Adds a batch: its logits, `[batch, units]` in row-major order, and its classes.
    pub(crate) fn add(&mut self, logits: &[f32], classes: &[usize]) {
        let units = logits.len() / classes.len();
        for (logits, &class) in logits.chunks_exact(units).zip(classes) {
            self.images += 1;
            self.loss += f64::from(negative_log_likelihood(logits, class));
            self.right += usize::from(likeliest(logits) == class);
        }
    }

    /// The means.
    pub(crate) fn score(&self) -> Score {
        let images = self.images as f64;
        Score { loss: self.loss / images, accuracy: self.right as f64 / images }
    }
}
