//! What an experiment says, as typed facts.
//!
//! Networks are compared after the same number of images, on the same images, run by run.

use serde::Serialize;

use crate::{
    network::NetworkConfig,
    report::{
        ByCriterion, Comparison, Criterion, Experiment, Reference, TestScore, Value,
        best::{BestEpoch, best_epoch},
        comparison::compare,
        confidence_level::significance,
        diagnosis::{Divergence, Guessing, Overfitting, divergence, guessing, overfitting},
        statistics::mean,
    },
    settings::Settings,
    train::Score,
};

/// What an experiment says.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct Findings {
    /// The epoch after which the networks are compared; 0 before there is one.
    pub epoch: u32,
    /// How many runs have come to it.
    pub runs: u32,
    /// How many images the networks are validated on.
    pub validation_images: u32,
    /// The significance level of each comparison: what all may have together, shared among them
    /// (Bonferroni).
    pub significance: f64,
    /// Of each network, in the order of the settings.
    pub networks: Vec<NetworkFindings>,
    /// Of each network with each one after it.
    pub pairs: Vec<PairFindings>,
    /// What the test images say of each network, in the same order. They stand apart: nothing was
    /// chosen by them.
    pub tests: Vec<Option<TestFindings>>,
}

/// What can be said of a network by itself.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct NetworkFindings {
    /// Its name.
    pub name: String,
    /// Its values over the runs.
    pub values: ByCriterion<Value>,
    /// Its mistakes' share of the loss on all validation images, the mean over the runs.
    pub loss_share: Option<f64>,
    /// Whether it diverged.
    pub divergence: Option<Divergence>,
    /// Whether it still guesses.
    pub guessing: Option<Guessing>,
    /// Whether it overfits.
    pub overfitting: Option<Overfitting>,
    /// Its own best epoch so far.
    pub best: Option<BestEpoch>,
}

/// What can be said of two networks.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct PairFindings {
    /// Their places in the settings.
    pub networks: [usize; 2],
    /// The only layer in which they differ, if any: only then is a difference due to it.
    pub differ_in_one_layer: Option<OneLayer>,
    /// How they compare.
    pub criteria: ByCriterion<Comparison>,
}

/// The only layer in which two networks differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct OneLayer {
    /// Its place among the hidden layers, from 0.
    pub place: usize,
    /// What it is in either, as in a network's text.
    pub kinds: [&'static str; 2],
}

/// What the test images say of a network.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct TestFindings {
    /// In how many runs it was tested.
    pub runs: u32,
    /// Loss and accuracy, means over these.
    #[serde(flatten)]
    pub score: Score,
    /// Mistakes, the mean.
    pub mistakes: f64,
    /// The mistakes' probability of the right class, the geometric mean; `None` without mistakes.
    pub truth: Option<f64>,
}

/// The findings. `reference` is the spread over seeds, for a single run.
pub fn findings(experiment: &Experiment, reference: Option<&Reference>) -> Findings {
    let settings = &experiment.settings;
    let epoch = experiment.common_epoch();
    let count = settings.networks.len();
    let pairs = (0..count).flat_map(|a| (a + 1..count).map(move |b| [a, b]));
    Findings {
        epoch,
        runs: experiment.runs_past(epoch).count() as u32,
        validation_images: experiment.validation_images,
        significance: significance(count),
        networks: (0..count).map(|index| network_findings(experiment, index, epoch)).collect(),
        pairs: pairs.map(|pair| pair_findings(experiment, reference, pair, epoch)).collect(),
        tests: (0..count).map(|index| test_findings(experiment, index, epoch)).collect(),
    }
}

fn network_findings(experiment: &Experiment, index: usize, epoch: u32) -> NetworkFindings {
    let ends = experiment.networks_past(index, epoch).filter_map(|network| network.epoch(epoch));
    let finite = ends.filter(|at| at.metrics.is_finite());
    NetworkFindings {
        name: experiment.settings.networks[index].name.clone(),
        values: ByCriterion::new(|criterion| {
            criterion.typical(&values(experiment, index, criterion, epoch))
        }),
        loss_share: mean(finite.filter_map(|at| at.mistakes.loss_share)),
        divergence: divergence(experiment, index),
        guessing: guessing(experiment, index, epoch),
        overfitting: overfitting(experiment, index, epoch),
        best: best_epoch(experiment, index, epoch),
    }
}

fn pair_findings(
    experiment: &Experiment,
    reference: Option<&Reference>,
    [a, b]: [usize; 2],
    epoch: u32,
) -> PairFindings {
    let settings = &experiment.settings;
    let criteria = ByCriterion::new(|criterion| {
        let firsts = values(experiment, a, criterion, epoch);
        let seconds = values(experiment, b, criterion, epoch);
        let pairs: Vec<[Value; 2]> = firsts.into_iter().zip(seconds).map(Into::into).collect();
        let spread = |index| reference?.spread(experiment, index, criterion, epoch);
        let spreads = spread(a).zip(spread(b)).map(Into::into);
        let significance = significance(settings.networks.len());
        compare(criterion, &pairs, epoch, [a, b], spreads, significance)
    });
    PairFindings {
        networks: [a, b],
        differ_in_one_layer: one_layer(settings, &settings.networks[a], &settings.networks[b]),
        criteria,
    }
}

/// A network's value in each run that has come to `epoch`.
fn values(experiment: &Experiment, index: usize, criterion: Criterion, epoch: u32) -> Vec<Value> {
    let networks = experiment.networks_past(index, epoch);
    networks.map(|network| criterion.value(network, epoch)).collect()
}

/// The only layer in which two networks of the same rate differ, if its place and units are the
/// same in both.
fn one_layer(settings: &Settings, a: &NetworkConfig, b: &NetworkConfig) -> Option<OneLayer> {
    let rate = |network: &NetworkConfig| network.learning_rate_or(settings.learning_rate);
    let (layers, others) = (&a.architecture.0, &b.architecture.0);
    if layers.len() != others.len() || rate(a) != rate(b) {
        return None;
    }
    let pairs = layers.iter().zip(others).enumerate();
    let mut different = pairs.filter(|(_, (one, other))| one != other);
    match (different.next(), different.next()) {
        (Some((place, (one, other))), None) if one.1 == other.1 => {
            Some(OneLayer { place, kinds: [one.0.word(), other.0.word()] })
        }
        _ => None,
    }
}

/// What the test images say of a network, in the runs in which it was tested after `epoch`.
fn test_findings(experiment: &Experiment, index: usize, epoch: u32) -> Option<TestFindings> {
    let tests = experiment.networks_past(index, epoch).filter_map(|network| network.test);
    let is_right = |TestScore { epoch: after, score, .. }: &TestScore| {
        *after == epoch && score.loss.is_finite() && score.accuracy.is_finite()
    };
    let tests: Vec<TestScore> = tests.filter(is_right).collect();
    let mean_of = |number: fn(&TestScore) -> f64| mean(tests.iter().map(number));
    let truths: Vec<Value> =
        tests.iter().filter_map(|test| test.mistakes.truth.map(Value::Measured)).collect();
    Some(TestFindings {
        runs: tests.len() as u32,
        score: Score {
            loss: mean_of(|test| test.score.loss)?,
            accuracy: mean_of(|test| test.score.accuracy)?,
        },
        mistakes: mean_of(|test| f64::from(test.mistakes.count))?,
        truth: match Criterion::Truth.typical(&truths) {
            Value::Measured(truth) => Some(truth),
            _ => None,
        },
    })
}
