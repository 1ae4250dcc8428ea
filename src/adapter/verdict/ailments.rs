//! What can go wrong with a single model: it diverges, learns nothing, or overfits.

use super::words::{accuracy, epochs, in_runs, number, sentence, the};
use crate::adapter::{History, ModelKind, Run, Settings, comparison::common_epoch};

/// The models of a run whose losses are all finite.
pub fn sound(run: &Run) -> impl Iterator<Item = (ModelKind, &History)> {
    let histories = run.models.iter().map(|(&kind, model)| (kind, &model.history));
    histories.filter(|(_, history)| history.diverged().is_none())
}

/// Names the models whose loss became infinite or not a number, and says what to try.
pub fn divergence(runs: &[&Run], settings: &Settings) -> Vec<String> {
    let mut sentences = Vec::new();
    for kind in ModelKind::ALL {
        let models = runs.iter().filter_map(|run| run.models.get(&kind));
        let epochs: Vec<_> = models.filter_map(|model| model.history.diverged()).collect();
        let Some(earliest) = epochs.iter().min() else {
            continue;
        };
        sentences.push(sentence(&if runs.len() == 1 {
            format!(
                "{} diverged in epoch {earliest}: its loss is no longer a finite number",
                the(kind)
            )
        } else {
            format!(
                "{} diverged {}, as early as epoch {earliest}: its loss was no longer a finite \
                 number",
                the(kind),
                in_runs(epochs.len(), runs.len())
            )
        }));
    }
    if !sentences.is_empty() {
        // One digit of it is enough, and hides what 0.7 / 10 is in binary.
        let tenth = format!("{:.0e}", settings.learning_rate / 10.0);
        let tenth = tenth.parse().unwrap_or(settings.learning_rate / 10.0);
        sentences.push(format!("A smaller learning rate may help: try {tenth}."));
    }
    sentences
}

/// Names the models that do no better than guessing where the runs stand.
pub fn guessing(runs: &[&Run], settings: &Settings) -> Vec<String> {
    let classes = settings.digits.len() as f64;
    // Nearly the loss of giving every digit the same probability, and an accuracy not a fifth of
    // the way from chance to perfection.
    let least_loss = 0.95 * classes.ln();
    let chance = 1.0 / classes;
    let most_accuracy = chance + 0.2 * (1.0 - chance);
    let find = |history: &History, epoch| {
        let now = history.epoch(epoch)?;
        let guesses = now.val_loss >= least_loss && now.val_accuracy <= most_accuracy;
        guesses.then_some(now.val_accuracy)
    };
    let sentences = examined(runs, find).map(|(kind, accuracies)| {
        let evidence = match (accuracies.as_slice(), runs.len()) {
            ([value], 1) => format!(": its accuracy is {}", accuracy(*value)),
            (values, of) => format!(" {}", in_runs(values.len(), of)),
        };
        sentence(&format!("{} does no better than guessing{evidence}", the(kind)))
            + " Another learning rate may help."
    });
    sentences.collect()
}

/// Names the models that overfit, and since when.
pub fn overfitting(runs: &[&Run]) -> Vec<String> {
    let sentences = examined(runs, overfits_since).map(|(kind, mut since)| {
        since.sort_by_key(|&(epoch, _)| epoch);
        let name = the(kind);
        let (epoch, least) = since[since.len() / 2];
        sentence(&if runs.len() == 1 {
            format!(
                "{name} overfits: its validation loss was least, {}, in epoch {epoch}, and has \
                 risen since while its training loss fell",
                number(least)
            )
        } else {
            format!(
                "{name} overfits {}: its validation loss is least after about {}, and rises from \
                 there while its training loss falls",
                in_runs(since.len(), runs.len()),
                epochs(epoch)
            )
        })
    });
    sentences.collect()
}

/// The epoch of least validation loss, and this loss, if validation loss is higher since, up to
/// `epoch`, while training loss is lower.
fn overfits_since(history: &History, epoch: usize) -> Option<(usize, f64)> {
    // A rise counts if it is more than a tenth and has lasted for three epochs. In ten Keras runs
    // of the notebook, the custom network's mean loss more than doubles from its least, the
    // control network's rises by 4 %, and the dense network's not at all.
    const RISE: f64 = 1.1;
    const LASTING: usize = 3;
    let losses = history.val_loss.get(..epoch)?;
    let (best, &least) = losses.iter().enumerate().min_by(|(_, a), (_, b)| a.total_cmp(b))?;
    let latest = losses[best + 1..].len().checked_sub(LASTING)? + best + 1;
    let has_risen = losses[latest..].iter().all(|&loss| loss > RISE * least);
    let has_learned = history.loss.get(epoch - 1)? < history.loss.get(best)?;
    (has_risen && has_learned).then_some((best + 1, least))
}

/// Examines each model in each run where it is sound, at the epoch that all have finished. Gives
/// the findings, one or more, of the models that have any.
fn examined<T>(
    runs: &[&Run],
    find: impl Fn(&History, usize) -> Option<T>,
) -> impl Iterator<Item = (ModelKind, Vec<T>)> {
    ModelKind::ALL.into_iter().filter_map(move |kind| {
        let findings = runs.iter().filter_map(|run| {
            let (_, history) = sound(run).find(|(sound, _)| *sound == kind)?;
            find(history, common_epoch(run))
        });
        let findings: Vec<_> = findings.collect();
        (!findings.is_empty()).then_some((kind, findings))
    })
}
