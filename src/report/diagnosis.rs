//! What can go wrong with a single network: it diverges, learns nothing, or overfits.

use serde::Serialize;

use crate::{
    report::{Epoch, Experiment, NetworkRun, statistics::mean},
    train::Metrics,
};

/// A network's loss became infinite or not a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Divergence {
    /// In how many runs.
    pub runs: u32,
    /// In which epoch: the first of all runs.
    pub epoch: u32,
}

/// A network does no better than picking a digit at random.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Guessing {
    /// In how many runs.
    pub runs: u32,
    /// Its validation accuracy, the mean over these.
    pub val_accuracy: f64,
}

/// A network gets better at the images that it has seen, and worse at others.
///
/// The epoch of least validation loss is chosen on the validation images, which makes it look
/// better than it is: a rise from there is a little larger than it would be on images that had no
/// part in the choice.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Overfitting {
    /// In how many runs.
    pub runs: u32,
    /// Since which epoch, that of least validation loss; the middle one of several runs.
    pub since: u32,
    /// Validation loss then, the mean over these runs.
    pub least: f64,
    /// Validation loss now.
    pub now: f64,
    /// Training loss then.
    pub training_then: f64,
    /// Training loss now.
    pub training_now: f64,
}

/// In how many runs a network diverged, and how early; none if in none.
pub(crate) fn divergence(experiment: &Experiment, index: usize) -> Option<Divergence> {
    let networks = experiment.runs.iter().filter_map(|run| run.networks.get(index));
    let epochs: Vec<u32> = networks.filter_map(NetworkRun::diverged).collect();
    Some(Divergence { runs: epochs.len() as u32, epoch: epochs.into_iter().min()? })
}

/// In how many runs a network guesses after `epoch`.
pub(crate) fn guessing(experiment: &Experiment, index: usize, epoch: u32) -> Option<Guessing> {
    let classes = experiment.settings.classes() as f64;
    // Nearly the loss of giving every digit the same probability, and an accuracy not a fifth of
    // the way from chance to perfection.
    let least_loss = 0.95 * classes.ln();
    let chance = 1.0 / classes;
    let most_accuracy = chance + 0.2 * (1.0 - chance);
    let found = sound(experiment, index, epoch).filter_map(|epochs| {
        let now = epochs.last()?.metrics;
        let guesses = now.val_loss >= least_loss && now.val_accuracy <= most_accuracy;
        guesses.then_some(now.val_accuracy)
    });
    let accuracies: Vec<f64> = found.collect();
    Some(Guessing { runs: accuracies.len() as u32, val_accuracy: mean(accuracies)? })
}

/// In how many runs a network overfits by `epoch`, and since when.
pub(crate) fn overfitting(
    experiment: &Experiment,
    index: usize,
    epoch: u32,
) -> Option<Overfitting> {
    let found = sound(experiment, index, epoch).filter_map(|epochs| {
        let best = overfits_since(epochs)?;
        Some((best as u32 + 1, epochs[best].metrics, epochs.last()?.metrics))
    });
    let mut found: Vec<_> = found.collect();
    found.sort_by_key(|&(since, ..)| since);
    let mean_of = |loss: fn(&(u32, Metrics, Metrics)) -> f64| mean(found.iter().map(loss));
    Some(Overfitting {
        runs: found.len() as u32,
        since: found.get(found.len() / 2)?.0,
        least: mean_of(|(_, then, _)| then.val_loss)?,
        now: mean_of(|(.., now)| now.val_loss)?,
        training_then: mean_of(|(_, then, _)| then.loss)?,
        training_now: mean_of(|(.., now)| now.loss)?,
    })
}

/// The index of the epoch of least validation loss, if validation loss is higher since while
/// training loss is lower.
fn overfits_since(epochs: &[Epoch]) -> Option<usize> {
    // A rise counts if it is more than a tenth and has lasted for three epochs. In ten Keras runs
    // of the notebook, the custom network's mean loss more than doubles from its least, the
    // control network's rises by 4 %, and the dense network's not at all.
    const RISE: f64 = 1.1;
    const LASTING: usize = 3;
    let losses = epochs.iter().map(|epoch| epoch.metrics.val_loss);
    let (best, least) = losses.enumerate().min_by(|(_, a), (_, b)| a.total_cmp(b))?;
    let latest = epochs[best + 1..].last_chunk::<LASTING>()?;
    let has_risen = latest.iter().all(|e| e.metrics.val_loss > RISE * least);
    let has_learned = epochs.last()?.metrics.loss < epochs[best].metrics.loss;
    (has_risen && has_learned).then_some(best)
}

/// A network's epochs up to `epoch`, in each run in which it has come so far and not diverged.
fn sound(experiment: &Experiment, index: usize, epoch: u32) -> impl Iterator<Item = &[Epoch]> {
    let epochs = experiment.networks_past(index, epoch);
    let epochs = epochs.filter_map(move |network| network.epochs.get(..epoch as usize));
    epochs.filter(|epochs| epochs.iter().all(|epoch| epoch.metrics.is_finite()))
}
