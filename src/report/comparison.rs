//! Two networks by one criterion: what the runs measured, and what can be said of it.

use serde::Serialize;

use crate::report::{
    Criterion, Value,
    confidence_level::LEAST_SEEDS,
    reference::Spread,
    statistics::{
        Interval, SeedsNeeded, deviation_of_differences, paired_interval, seeds_for_difference,
        seeds_for_wins, sign_test, t_quantile,
    },
};

/// Two networks by one criterion.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct Comparison {
    /// Their values, over the runs compared.
    pub values: [Value; 2],
    /// How many runs are compared: those in which both have a value to compare.
    pub runs: u32,
    /// In how many of them the first is better, and the second.
    pub wins: [u32; 2],
    /// In how many they are equal.
    pub ties: u32,
    /// The first one's values minus the second one's, with the interval; for probabilities, natural
    /// logarithms of ratios. `None` for first epochs over several runs, as one not reached has no
    /// difference, and for one run if the spread over seeds is unknown.
    pub interval: Option<Interval>,
    /// What can be said.
    pub verdict: Verdict,
    /// How many seeds would detect a difference of this size and spread.
    pub seeds_needed: Option<SeedsNeeded>,
}

/// What can be said of two networks by one criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum Verdict {
    /// One is better.
    Clear {
        /// Which: its place in the settings.
        leader: usize,
    },
    /// They differ by no more than the spread over seeds.
    WithinSpread,
    /// A single run, and the spread over seeds is unknown for these settings.
    OneRunCantTell,
    /// Several runs, but fewer than [`LEAST_SEEDS`].
    TooFewSeeds,
    /// They are equal in all runs.
    Tied,
    /// One of them makes no mistakes that could be looked at.
    NoMistakes,
    /// One of them has diverged.
    Diverged,
    /// There is no epoch that both have done.
    NotYet,
}

/// What the runs compared say.
#[derive(Default)]
struct Evidence {
    interval: Option<Interval>,
    seeds_needed: Option<SeedsNeeded>,
    /// Whether one network is better; `None` if the spread is unknown.
    is_clear: Option<bool>,
}

/// Compares two of several networks by their values in each run after `epoch`.
///
/// `places` are theirs in the settings; `spreads` are theirs over seeds, where known.
pub(crate) fn compare(
    criterion: Criterion,
    values: &[[Value; 2]],
    epoch: u32,
    places: [usize; 2],
    spreads: Option<[Spread; 2]>,
    significance: f64,
) -> Comparison {
    let (compared, pairs): (Vec<[Value; 2]>, Vec<[f64; 2]>) =
        values.iter().filter_map(|&pair| Some((pair, comparable(criterion, pair)?))).unzip();
    // 0 where neither was reached.
    let difference = |&[a, b]: &[f64; 2]| if a == b { 0.0 } else { a - b };
    let differences: Vec<f64> = pairs.iter().map(difference).collect();
    let runs = differences.len() as u32;
    let wins = differences.iter().filter(|&&d| criterion.favours_first(d)).count() as u32;
    let ties = differences.iter().filter(|&&d| d == 0.0).count() as u32;
    let losses = runs - wins - ties;

    let evidence = match (values, pairs.as_slice()) {
        (_, []) => Evidence::default(),
        ([_], &[pair]) => one_run(criterion, pair, epoch, spreads, significance),
        _ if criterion == Criterion::FirstEpoch => by_wins(wins, losses, ties, significance),
        _ => by_interval(criterion, &differences, significance),
    };
    let first_leads = match evidence.interval {
        Some(interval) => criterion.favours_first(interval.mean),
        None => wins > losses,
    };
    let verdict = if runs == 0 {
        without_pairs(values)
    } else if ties == runs {
        Verdict::Tied
    } else if values.len() > 1 && runs < LEAST_SEEDS {
        Verdict::TooFewSeeds
    } else {
        match evidence.is_clear {
            Some(true) => Verdict::Clear { leader: places[usize::from(!first_leads)] },
            Some(false) => Verdict::WithinSpread,
            None => Verdict::OneRunCantTell,
        }
    };
    // Where no run can be compared, the values say why.
    let shown = if runs == 0 { values } else { &compared };
    Comparison {
        values: [0, 1].map(|side| {
            let values: Vec<Value> = shown.iter().map(|pair| pair[side]).collect();
            criterion.typical(&values)
        }),
        runs,
        wins: [wins, losses],
        ties,
        interval: evidence.interval,
        verdict,
        seeds_needed: evidence.seeds_needed,
    }
}

/// Both values on the scale on which differences are taken.
fn comparable(criterion: Criterion, [a, b]: [Value; 2]) -> Option<[f64; 2]> {
    Some([criterion.comparable(a)?, criterion.comparable(b)?])
}

fn without_pairs(values: &[[Value; 2]]) -> Verdict {
    let any = |wanted| values.iter().flatten().any(|&value| value == wanted);
    if any(Value::NoMistakes) {
        Verdict::NoMistakes
    } else if any(Value::Diverged) {
        Verdict::Diverged
    } else {
        Verdict::NotYet
    }
}

/// One run against the spread over seeds: the difference of two single runs has the sum of their
/// variances.
fn one_run(
    criterion: Criterion,
    pair: [f64; 2],
    epoch: u32,
    spreads: Option<[Spread; 2]>,
    significance: f64,
) -> Evidence {
    let Some([a, b]) = spreads else {
        return Evidence::default();
    };
    let deviation = a.deviation.hypot(b.deviation);
    let degrees_of_freedom = a.degrees_of_freedom.min(b.degrees_of_freedom);
    let margin = t_quantile(significance, f64::from(degrees_of_freedom)) * deviation;
    let (difference, is_exact) = match criterion {
        // What was not reached comes after this epoch, so the difference is at least this.
        Criterion::FirstEpoch => {
            let [a, b] = pair.map(|first| first.min(f64::from(epoch) + 1.0));
            (a - b, pair == [a, b])
        }
        Criterion::Mistakes | Criterion::Truth | Criterion::Loss => (pair[0] - pair[1], true),
    };
    let interval = Interval::around(difference, margin);
    let seeds = || seeds_for_difference(difference, deviation, significance);
    Evidence {
        interval: is_exact.then_some(interval),
        seeds_needed: (criterion != Criterion::FirstEpoch).then(seeds),
        is_clear: Some(!interval.holds_zero()),
    }
}

/// Several runs by the paired t interval.
fn by_interval(criterion: Criterion, differences: &[f64], significance: f64) -> Evidence {
    let step = criterion.step();
    let interval = paired_interval(differences, step, significance);
    let seeds_needed = interval
        .zip(deviation_of_differences(differences, step))
        .map(|(interval, deviation)| seeds_for_difference(interval.mean, deviation, significance));
    Evidence { interval, seeds_needed, is_clear: interval.map(|interval| !interval.holds_zero()) }
}

/// Several runs by the sign test.
fn by_wins(wins: u32, losses: u32, ties: u32, significance: f64) -> Evidence {
    Evidence {
        interval: None,
        seeds_needed: Some(seeds_for_wins(wins, losses, ties, significance)),
        is_clear: Some(sign_test(wins, losses) <= significance),
    }
}
