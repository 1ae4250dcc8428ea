//! What the runs say about the models, in numbers and in words.

pub mod statistics;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;

use std::collections::BTreeMap;

use serde::Serialize;

use self::statistics::{margin_of_error, mean, standard_deviation};
use super::{History, ModelKind, Run, Settings};
use crate::train::{Metrics, Score};

/// What the runs say about the models.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Comparison {
    /// The verdict: plain sentences, in the order in which they read.
    pub verdict: Vec<String>,
    /// The last epoch, from 1, that every model of the last run has finished; 0 before that. A
    /// model that diverged is not waited for.
    pub epoch: u32,
    /// Each model's metrics over the runs.
    pub curves: BTreeMap<ModelKind, Curves>,
    /// Paired differences over the complete runs; empty with fewer than two.
    pub differences: Vec<Difference>,
    /// Each model's scores on the test images over the complete runs; before there is one, of the
    /// last run. A model whose scores are not finite is left out.
    pub tests: BTreeMap<ModelKind, TestScores>,
}

/// A model's scores on the test images over some runs.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TestScores {
    /// How many runs.
    pub runs: u32,
    /// Means over them.
    pub mean: Score,
    /// Sample standard deviations; not numbers of fewer than two.
    pub sd: Score,
}

/// A model's metrics over the runs.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
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
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Band {
    /// Mean over the runs in which the epoch's value is finite; not a number where none is.
    pub mean: Vec<f64>,
    /// Sample standard deviation over the same runs; not a number of fewer than two.
    pub sd: Vec<f64>,
}

/// The mean over runs of a paired difference, one model minus another, with the 95 % confidence
/// interval of Student's t.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Difference {
    /// The model from which the other is taken.
    pub model: ModelKind,
    /// The other.
    pub other: ModelKind,
    /// What is compared.
    pub metric: Metric,
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
    /// Runs compared: the complete ones, without those in which one of the two diverged first.
    pub runs: u32,
}

/// What two models are compared by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Metric {
    /// [`Metrics::val_loss`]: less is better.
    ValLoss,
    /// [`Metrics::val_accuracy`]: more is better.
    ValAccuracy,
}

/// Where in a run two models are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum At {
    /// At the last epoch.
    Last,
    /// At each model's own epoch of least validation loss.
    Best,
}

/// The comparisons that are made: one model minus another.
pub(super) const PAIRS: [(ModelKind, ModelKind); 3] = [
    (ModelKind::Custom, ModelKind::Dense),
    (ModelKind::Custom, ModelKind::Control),
    (ModelKind::Control, ModelKind::Dense),
];

/// Compares the models over runs, oldest first, of which the last may be unfinished. The verdict is
/// still to be filled in.
pub(super) fn compare(runs: &[Run], settings: &Settings) -> Comparison {
    let differences = differences(runs, settings);
    Comparison {
        verdict: Vec::new(),
        epoch: runs.last().map_or(0, common_epoch) as u32,
        curves: curves(runs),
        differences,
        tests: test_scores(runs, settings),
    }
}

/// The last epoch that all models of a run have finished, but for those that diverged.
pub(super) fn common_epoch(run: &Run) -> usize {
    let histories = || run.models.values().map(|model| &model.history);
    let sound = histories().filter(|history| history.diverged().is_none());
    let epoch = sound.map(History::epochs).min();
    epoch.or(histories().map(History::epochs).min()).unwrap_or(0)
}

/// Whether every model has reached the last epoch or diverged.
pub(super) fn is_complete(run: &Run, settings: &Settings) -> bool {
    let mut histories = run.models.values().map(|model| &model.history);
    !run.models.is_empty()
        && histories.all(|history| {
            history.epochs() >= settings.epochs as usize || history.diverged().is_some()
        })
}

fn curves(runs: &[Run]) -> BTreeMap<ModelKind, Curves> {
    let kinds = ModelKind::ALL.into_iter();
    let trained = kinds.filter_map(|kind| {
        let models = runs.iter().filter_map(|run| run.models.get(&kind));
        let histories: Vec<_> = models.map(|model| &model.history).collect();
        let curves = Curves {
            loss: band(&histories, |history| &history.loss),
            accuracy: band(&histories, |history| &history.accuracy),
            val_loss: band(&histories, |history| &history.val_loss),
            val_accuracy: band(&histories, |history| &history.val_accuracy),
        };
        (!histories.is_empty()).then_some((kind, curves))
    });
    trained.collect()
}

fn band(histories: &[&History], metric: impl Fn(&History) -> &Vec<f64>) -> Band {
    let epochs = histories.iter().map(|history| metric(history).len()).max();
    let mut band = Band::default();
    for index in 0..epochs.unwrap_or(0) {
        let values = histories.iter().filter_map(|history| metric(history).get(index));
        let values: Vec<_> = values.copied().filter(|value| value.is_finite()).collect();
        band.mean.push(mean(&values));
        band.sd.push(standard_deviation(&values));
    }
    band
}

fn test_scores(runs: &[Run], settings: &Settings) -> BTreeMap<ModelKind, TestScores> {
    let mut ended: Vec<_> = runs.iter().filter(|run| is_complete(run, settings)).collect();
    if ended.is_empty() {
        ended.extend(runs.last());
    }
    let tested = ModelKind::ALL.into_iter().filter_map(|kind| {
        let scores = ended.iter().filter_map(|run| run.models.get(&kind)?.test);
        let (losses, accuracies): (Vec<_>, Vec<_>) = scores
            .map(|Score { loss, accuracy }| (loss, accuracy))
            .filter(|(loss, accuracy)| loss.is_finite() && accuracy.is_finite())
            .unzip();
        let score = |statistic: fn(&[f64]) -> f64| Score {
            loss: statistic(&losses),
            accuracy: statistic(&accuracies),
        };
        let scores = TestScores {
            runs: losses.len() as u32,
            mean: score(mean),
            sd: score(standard_deviation),
        };
        (scores.runs > 0).then_some((kind, scores))
    });
    tested.collect()
}

fn differences(runs: &[Run], settings: &Settings) -> Vec<Difference> {
    // Accuracies are multiples of one image; with fewer images, the steps are larger.
    let images = runs.iter().filter_map(|run| run.validation_images).min();
    let image = images.map_or(0.0, |images| 1.0 / f64::from(images.max(1)));
    let mut differences = Vec::new();
    for pair in PAIRS {
        for at in [At::Last, At::Best] {
            for metric in [Metric::ValLoss, Metric::ValAccuracy] {
                let values = paired_values(runs, settings, pair, at, metric);
                let step = match metric {
                    Metric::ValLoss => 0.0,
                    Metric::ValAccuracy => image,
                };
                if values.len() >= 2 {
                    differences.push(difference(&values, step, pair, at, metric));
                }
            }
        }
    }
    differences
}

/// Both models' values in each complete run in which both are sound there.
pub(super) fn paired_values(
    runs: &[Run],
    settings: &Settings,
    (model, other): (ModelKind, ModelKind),
    at: At,
    metric: Metric,
) -> Vec<(f64, f64)> {
    let complete = runs.iter().filter(|run| is_complete(run, settings));
    let value = |run: &Run, kind: ModelKind| {
        let history = &run.models.get(&kind)?.history;
        let epoch = match at {
            At::Last => settings.epochs as usize,
            At::Best => history.best()?,
        };
        let metrics = history.epoch(epoch).filter(Metrics::is_finite)?;
        Some(match metric {
            Metric::ValLoss => metrics.val_loss,
            Metric::ValAccuracy => metrics.val_accuracy,
        })
    };
    let pairs = complete.filter_map(|run| Some((value(run, model)?, value(run, other)?)));
    pairs.collect()
}

/// The difference of paired values, which are multiples of `step`.
fn difference(
    values: &[(f64, f64)],
    step: f64,
    (model, other): (ModelKind, ModelKind),
    at: At,
    metric: Metric,
) -> Difference {
    let differences: Vec<_> = values.iter().map(|(model, other)| model - other).collect();
    let count = |predicate: fn(&f64) -> bool| differences.iter().filter(|d| predicate(d)).count();
    let wins = match metric {
        Metric::ValLoss => count(|&difference| difference < 0.0),
        Metric::ValAccuracy => count(|&difference| difference > 0.0),
    };
    let (mean, margin) = (mean(&differences), margin_of_error(&differences, step));
    Difference {
        model,
        other,
        metric,
        at,
        mean,
        low: mean - margin,
        high: mean + margin,
        wins: wins as u32,
        ties: count(|&difference| difference == 0.0) as u32,
        runs: values.len() as u32,
    }
}
