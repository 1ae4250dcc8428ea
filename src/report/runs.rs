//! What is known of an experiment: its runs, in them its networks, in these their epochs.
//!
//! Epochs are counted from 1, so that 0 is before the first.

use serde::{Deserialize, Serialize};

use crate::{
    report::Mistakes,
    settings::Settings,
    train::{Metrics, Score, Snapshot},
};

/// What is known of a network at the end of an epoch.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Epoch {
    /// What Keras reports of it.
    #[serde(flatten)]
    pub metrics: Metrics,
    /// The validation images that the network reads wrongly.
    pub mistakes: Mistakes,
}

/// How a network does on the test images, which take no part in any choice.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct TestScore {
    /// The epoch after which it was tested.
    pub epoch: u32,
    /// Its loss and accuracy.
    #[serde(flatten)]
    pub score: Score,
    /// The test images that it reads wrongly.
    pub mistakes: Mistakes,
}

/// How one network fared in one run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct NetworkRun {
    /// Its epochs so far.
    #[serde(with = "rows")]
    pub epochs: Vec<Epoch>,
    /// Its score on the test images, once the run has ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub test: Option<TestScore>,
}

/// One run: every network trained from the same seed, on the same images in the same order. What is
/// serialised is its part of the ten runs' file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// The run's seed.
    pub seed: u32,
    /// How each network fared, in the order of [`Settings::networks`].
    pub networks: Vec<NetworkRun>,
}

/// All runs of some networks under the same settings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Experiment {
    /// What was chosen.
    pub settings: Settings,
    /// How many images the networks are validated on.
    pub validation_images: u32,
    /// The runs, of which the first is the one that is shown.
    pub runs: Vec<Run>,
}

impl Epoch {
    /// The epoch that a snapshot was taken at the end of; none if it was taken elsewhere.
    pub fn of(snapshot: &Snapshot) -> Option<Self> {
        snapshot
            .metrics
            .map(|metrics| Self { metrics, mistakes: Mistakes::of(&snapshot.validation) })
    }
}

impl NetworkRun {
    /// What is known of an epoch.
    pub fn epoch(&self, epoch: u32) -> Option<&Epoch> {
        self.epochs.get((epoch as usize).checked_sub(1)?)
    }

    /// How many epochs it has done.
    pub fn done(&self) -> u32 {
        self.epochs.len() as u32
    }

    /// The first epoch with a metric that is infinite or not a number.
    pub fn diverged(&self) -> Option<u32> {
        let first = self.epochs.iter().position(|e| !e.metrics.is_finite())?;
        Some(first as u32 + 1)
    }

    /// Forgets what came after `epoch`.
    fn cut(&mut self, epoch: u32) {
        self.epochs.truncate(epoch as usize);
        let done = self.done();
        self.test = self.test.filter(|test| test.epoch == done);
    }
}

impl Run {
    /// The last epoch that all networks have done, but for those that diverged; if all have, the
    /// last that any has done.
    pub fn common_epoch(&self) -> u32 {
        let done = self.sound().map(NetworkRun::done).min();
        let longest = self.networks.iter().map(NetworkRun::done).max();
        done.or(longest).unwrap_or(0)
    }

    /// Whether all networks have done `epoch`, but for those that diverged and so never will.
    fn is_past(&self, epoch: u32) -> bool {
        self.networks.iter().all(|network| network.done() >= epoch || network.diverged().is_some())
    }

    fn sound(&self) -> impl Iterator<Item = &NetworkRun> {
        self.networks.iter().filter(|n| n.diverged().is_none())
    }
}

impl Experiment {
    /// The epoch at which the networks are compared, in all runs: the common one of the first run
    /// in which not all networks diverged, or else of the first run.
    pub fn common_epoch(&self) -> u32 {
        let mut runs = self.runs.iter();
        let shown = runs.find(|run| run.sound().next().is_some());
        shown.or(self.runs.first()).map_or(0, Run::common_epoch)
    }

    /// The runs that have come to `epoch`.
    pub fn runs_past(&self, epoch: u32) -> impl Iterator<Item = &Run> {
        self.runs.iter().filter(move |run| run.is_past(epoch))
    }

    /// How the network at `index` fared in these.
    pub(crate) fn networks_past(
        &self,
        index: usize,
        epoch: u32,
    ) -> impl Iterator<Item = &NetworkRun> {
        self.runs_past(epoch).filter_map(move |run| run.networks.get(index))
    }

    /// Stops all runs at the common epoch, or at `at_most` if that is earlier: they forget what came
    /// after it, and those that have not come to it drop out.
    pub fn cut(&mut self, at_most: Option<u32>) {
        let epoch = self.common_epoch().min(at_most.unwrap_or(u32::MAX));
        self.runs.retain(|run| run.is_past(epoch));
        for run in &mut self.runs {
            run.networks.iter_mut().for_each(|n| n.cut(epoch));
        }
    }
}

/// Epochs in the ten runs' file, with six digits, which is more than seeds have in common.
mod rows {
    use serde::{Deserialize, Deserializer, Serializer};

    use super::{Epoch, Metrics, Mistakes};

    /// Loss, accuracy, `val_loss` and `val_accuracy`; mistakes; the chance left for the truth and
    /// the mistakes' share of the loss.
    type Row = ([f64; 4], u32, [Option<f64>; 2]);

    pub(super) fn serialize<S: Serializer>(epochs: &[Epoch], s: S) -> Result<S::Ok, S::Error> {
        s.collect_seq(epochs.iter().map(|&Epoch { metrics, mistakes }| -> Row {
            let Metrics { loss, accuracy, val_loss, val_accuracy } = metrics;
            let Mistakes { count, truth, loss_share } = mistakes;
            let metrics = [loss, accuracy, val_loss, val_accuracy].map(six_digits);
            (metrics, count, [truth, loss_share].map(|chance| chance.map(six_digits)))
        }))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Vec<Epoch>, D::Error> {
        let epoch =
            |([loss, accuracy, val_loss, val_accuracy], count, [truth, loss_share]): Row| {
                let metrics = Metrics { loss, accuracy, val_loss, val_accuracy };
                Epoch { metrics, mistakes: Mistakes { count, truth, loss_share } }
            };
        Ok(Vec::<Row>::deserialize(d)?.into_iter().map(epoch).collect())
    }

    fn six_digits(number: f64) -> f64 {
        // PANIC: what is written so is a number.
        format!("{number:.5e}").parse().expect("a number")
    }
}
