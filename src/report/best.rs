//! A network's own best epoch: that of least validation loss.
//!
//! It is chosen on the validation images, which makes the network look a little better there than
//! it is on others.

use serde::Serialize;

use crate::report::{Experiment, NetworkRun, statistics::mean};

/// When a network was best.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct BestEpoch {
    /// Which epoch; the middle one of several runs, of an even number the later of two.
    pub epoch: u32,
    /// The validation loss then, the mean over the runs.
    pub val_loss: f64,
}

/// When a network was best, up to `epoch`, in the runs in which it has come so far and not diverged.
pub(crate) fn best_epoch(experiment: &Experiment, index: usize, epoch: u32) -> Option<BestEpoch> {
    let sound = experiment.networks_past(index, epoch).filter(|network| !diverges(network, epoch));
    let found = sound.filter_map(|network| best_of(network, epoch));
    let (mut epochs, losses): (Vec<u32>, Vec<f64>) = found.unzip();
    epochs.sort_unstable();
    Some(BestEpoch { epoch: *epochs.get(epochs.len() / 2)?, val_loss: mean(losses)? })
}

/// A network's best epoch in one run, up to `last`, and its loss; none before there is one.
pub(crate) fn best_of(network: &NetworkRun, last: u32) -> Option<(u32, f64)> {
    let losses = network.epochs.iter().take(last as usize).map(|epoch| epoch.metrics.val_loss);
    let finite = (1..).zip(losses).filter(|(_, loss)| loss.is_finite());
    finite.min_by(|(_, a), (_, b)| a.total_cmp(b))
}

fn diverges(network: &NetworkRun, last: u32) -> bool {
    network.diverged().is_some_and(|first| first <= last)
}
