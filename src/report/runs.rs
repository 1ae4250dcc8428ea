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
    pub epochs: Vec<Epoch>,
    /// Its score on the test images, once the run has ended.
    pub test: Option<TestScore>,
}

/// One run: every network trained from the same seed, on the same images in the same order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// The run's seed.
    pub seed: u32,
    /// How each network fared, in the order of [`Settings::networks`].
    pub networks: Vec<NetworkRun>,
}

/// All runs of some networks under the same settings.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
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

    /// The epoch of least validation loss up to `last`: the first of several.
    ///
    /// It is chosen on the validation images, so what they say of the network at this epoch is
    /// optimistic: of many epochs, one looks best partly by luck.
    pub fn best(&self, last: u32) -> Option<u32> {
        let losses = self.epochs.iter().take(last as usize).enumerate();
        let losses = losses.map(|(index, epoch)| (index, epoch.metrics.val_loss));
        let finite = losses.filter(|(_, loss)| loss.is_finite());
        let (index, _) = finite.min_by(|(_, a), (_, b)| a.total_cmp(b))?;
        Some(index as u32 + 1)
    }

    /// Whether it has done `epoch`, or diverged and so never will.
    fn is_past(&self, epoch: u32) -> bool {
        self.done() >= epoch || self.diverged().is_some()
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

    /// Whether all networks have done `epoch`, but for those that diverged.
    pub fn is_past(&self, epoch: u32) -> bool {
        self.networks.iter().all(|network| network.is_past(epoch))
    }

    fn sound(&self) -> impl Iterator<Item = &NetworkRun> {
        self.networks.iter().filter(|n| n.diverged().is_none())
    }
}

impl Experiment {
    /// The epoch at which the networks are compared, in all runs: the common one of the first run,
    /// or, if all networks diverged in it, of the first in which one did not.
    pub fn common_epoch(&self) -> u32 {
        let mut runs = self.runs.iter();
        let shown = runs.find(|run| run.sound().next().is_some());
        shown.or(self.runs.first()).map_or(0, Run::common_epoch)
    }

    /// The runs that have come to `epoch`.
    pub fn runs_past(&self, epoch: u32) -> impl Iterator<Item = &Run> {
        self.runs.iter().filter(move |run| run.is_past(epoch))
    }

    /// Stops all runs at the common epoch: they forget what came after it, and those that have not
    /// come to it drop out.
    pub fn cut(&mut self) {
        let epoch = self.common_epoch();
        self.runs.retain(|run| run.is_past(epoch));
        for run in &mut self.runs {
            run.networks.iter_mut().for_each(|n| n.cut(epoch));
        }
    }
}
