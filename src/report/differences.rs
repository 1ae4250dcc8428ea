//! Several runs, one by one: in each pair of networks, how far apart the two are in every run, and
//! what follows for all seeds.

use serde::Serialize;

use crate::report::{
    Comparison, Criterion, Experiment, NetworkRun, Value,
    best::best_of,
    comparison::compare,
    confidence_level::{SIGNIFICANCE, significance},
    statistics::{Interval, paired_interval},
};

/// What several runs say of each pair of networks.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Differences {
    /// The epoch after which the networks are compared; 0 before there is one.
    pub epoch: u32,
    /// How many runs have reached it.
    pub runs: u32,
    /// The significance level of each [`Comparison`], as in [`crate::report::Findings`].
    pub significance: f64,
    /// Each network with each one after it.
    pub pairs: Vec<PairDifferences>,
}

/// What several runs say of two networks.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct PairDifferences {
    /// Their places in the settings.
    pub networks: [usize; 2],
    /// By the loss, and by each criterion.
    pub measures: Vec<Difference>,
}

/// How far two networks are apart by one measure.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct Difference {
    /// By what.
    pub measure: Criterion,
    /// For each run in which both have a value: first minus second, on the scale of
    /// [`Comparison::interval`]. Infinite where only one reached [`Criterion::FirstEpoch`].
    pub of_runs: Vec<f64>,
    /// The mean difference with its confidence interval, as if this were the only comparison.
    pub alone: Option<Interval>,
    /// The comparison, corrected for all others.
    pub comparison: Comparison,
}

/// In the order in which they are shown.
const MEASURES: [Criterion; 4] =
    [Criterion::Loss, Criterion::Mistakes, Criterion::Truth, Criterion::FirstEpoch];

/// The networks after `epoch`; without it, after the last that all have done.
pub fn differences(experiment: &Experiment, epoch: Option<u32>) -> Differences {
    let last = experiment.common_epoch();
    let epoch = epoch.map_or(last, |epoch| epoch.min(last));
    between(experiment, epoch, &MEASURES, |network, criterion| criterion.value(network, epoch))
}

/// Each network after its own best epoch in each run, on which the first epoch does not depend.
pub fn best_differences(experiment: &Experiment) -> Differences {
    let epoch = experiment.common_epoch();
    between(experiment, epoch, &MEASURES[..3], |network, criterion| {
        match criterion.value(network, epoch) {
            Value::Diverged => Value::Diverged,
            _ => best_of(network, epoch)
                .map_or(Value::NotYet, |(best, _)| criterion.value(network, best)),
        }
    })
}

fn between(
    experiment: &Experiment,
    epoch: u32,
    measures: &[Criterion],
    value: impl Fn(&NetworkRun, Criterion) -> Value,
) -> Differences {
    let count = experiment.settings.networks.len();
    let significance = significance(count);
    let of_pair = |networks: [usize; 2]| PairDifferences {
        networks,
        measures: measures
            .iter()
            .map(|&measure| {
                let runs = experiment.runs_past(epoch);
                let pair = |run: &super::Run| networks.map(|at| value(&run.networks[at], measure));
                let values: Vec<[Value; 2]> = runs.map(pair).collect();
                difference(measure, &values, epoch, networks, significance)
            })
            .collect(),
    };
    let pairs = (0..count).flat_map(|a| (a + 1..count).map(move |b| [a, b]));
    Differences {
        epoch,
        runs: experiment.runs_past(epoch).count() as u32,
        significance,
        pairs: pairs.map(of_pair).collect(),
    }
}

fn difference(
    measure: Criterion,
    values: &[[Value; 2]],
    epoch: u32,
    networks: [usize; 2],
    significance: f64,
) -> Difference {
    let of_run = |&[a, b]: &[Value; 2]| {
        let [a, b] = [measure.comparable(a)?, measure.comparable(b)?];
        // Also where neither got there.
        Some(if a == b { 0.0 } else { a - b })
    };
    let of_runs: Vec<f64> = values.iter().filter_map(of_run).collect();
    let has_interval = measure != Criterion::FirstEpoch;
    let alone = paired_interval(&of_runs, measure.step(), SIGNIFICANCE).filter(|_| has_interval);
    let comparison = compare(measure, values, epoch, networks, None, significance);
    Difference { measure, of_runs, alone, comparison }
}
