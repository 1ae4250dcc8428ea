//! The verdict on the models, in plain sentences. Validation loss decides. A sentence that credits
//! or blames the cubic layer rests on the control network; all others speak of "the custom
//! network", which differs from the dense one in width too.

mod ailments;
mod one_run;
mod several_runs;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
mod words;

use self::words::{accuracy, number, sentence, the};
use super::{
    ModelKind, Run, Settings,
    comparison::{Difference, is_complete, statistics::mean},
};
use crate::train::Score;

/// The verdict, in the order in which it reads.
pub(super) fn verdict(
    runs: &[Run],
    settings: &Settings,
    differences: &[Difference],
) -> Vec<String> {
    let Some(last) = runs.last().filter(|run| !run.models.is_empty()) else {
        return vec!["Nothing has been trained yet.".to_owned()];
    };
    let mut known: Vec<_> = runs.iter().filter(|run| is_complete(run, settings)).collect();
    let complete = known.len();
    if !is_complete(last, settings) {
        known.push(last);
    }

    let mut sentences = ailments::divergence(&known, settings);
    // A run that goes on says less than those before it.
    known.truncate(complete.max(1));
    let compared = several_runs::comparison(runs, settings, differences);
    if compared.is_empty() {
        // With several at hand, none of which makes a pair, the best is the soundest, and the
        // latest of these.
        let shown = known.into_iter().max_by_key(|run| ailments::sound(run).count());
        let shown = shown.unwrap_or(last);
        let number = runs.iter().position(|run| std::ptr::eq(run, shown));
        sentences.extend(one_run::comparison(shown, number.filter(|_| runs.len() > 1), settings));
        known = vec![shown];
    } else {
        sentences.extend(compared);
    }
    sentences.extend(ailments::overfitting(&known));
    sentences.extend(ailments::guessing(&known, settings));
    sentences.extend(test_scores(&known));
    sentences
}

/// Says how the models fare on the test images, on average if there are several runs.
fn test_scores(runs: &[&Run]) -> Option<String> {
    let scores = ModelKind::ALL.into_iter().filter_map(|kind| {
        let tests = runs.iter().filter_map(|run| run.models.get(&kind)?.test);
        let tests = tests.filter(|test| test.loss.is_finite() && test.accuracy.is_finite());
        let (losses, accuracies): (Vec<_>, Vec<_>) =
            tests.map(|Score { loss, accuracy }| (loss, accuracy)).unzip();
        (!losses.is_empty()).then(|| {
            let (loss, accuracy) = (number(mean(&losses)), accuracy(mean(&accuracies)));
            format!("{}'s loss is {loss} and its accuracy {accuracy}", the(kind))
        })
    });
    let scores: Vec<_> = scores.collect();
    let average = if runs.len() > 1 { ", on average," } else { "" };
    let text = format!("on the test images{average} {}", scores.join("; "));
    (!scores.is_empty()).then(|| sentence(&text))
}
