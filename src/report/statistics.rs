//! Means, the paired t interval, the sign test, and how many seeds would tell.

use std::f64::consts::SQRT_2;

use serde::Serialize;
use statrs::{
    distribution::{Binomial, ContinuousCDF, DiscreteCDF, StudentsT},
    function::erf::erfc,
};

use super::confidence_level::{LEAST_SEEDS, POWER};

/// The most seeds that are counted.
const MOST_SEEDS: u32 = 1000;

/// A difference with its confidence interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Interval {
    /// The mean difference.
    pub mean: f64,
    /// The interval's lower end.
    pub low: f64,
    /// The interval's upper end.
    pub high: f64,
}

/// How many seeds would tell a difference, with a chance of 80 %.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "kind", content = "seeds", rename_all = "snake_case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum SeedsNeeded {
    /// So many.
    About(u32),
    /// More than this.
    Over(u32),
}

/// The mean; none of no values.
pub fn mean(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    let values: Vec<f64> = values.into_iter().collect();
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// The median, of which an even number of values has the mean of two; none of no values.
pub fn median(values: &mut [f64]) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => None,
        count if count % 2 == 1 => Some(values[middle]),
        _ => Some((values[middle - 1] + values[middle]) / 2.0),
    }
}

/// The sample standard deviation of values rounded to `step`; `None` for fewer than two.
///
/// Rounded values may agree by chance. Rounding alone has a variance of step² / 12, so this is the
/// minimum.
pub fn standard_deviation(values: &[f64], step: f64) -> Option<f64> {
    let mean = mean(values.iter().copied()).filter(|_| values.len() >= 2)?;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    let deviation = (squares / (values.len() - 1) as f64).sqrt();
    Some(deviation.max(step / 12_f64.sqrt()))
}

/// The standard deviation of differences of values in steps: each of the two was rounded.
pub fn deviation_of_differences(differences: &[f64], step: f64) -> Option<f64> {
    standard_deviation(differences, SQRT_2 * step)
}

/// Student's t quantile: the half-width, in standard errors, of a confidence interval that misses
/// with a chance of `significance`.
pub fn t_quantile(significance: f64, degrees_of_freedom: f64) -> f64 {
    // PANIC: there are fixed parameters, and at least one degree of freedom.
    let t = StudentsT::new(0.0, 1.0, degrees_of_freedom).expect("degrees of freedom above 0");
    -t.inverse_cdf(significance / 2.0)
}

/// The t interval of the mean of paired differences of values in steps; `None` for fewer than two.
pub fn paired_interval(differences: &[f64], step: f64, significance: f64) -> Option<Interval> {
    let deviation = deviation_of_differences(differences, step)?;
    let count = differences.len() as f64;
    let mean = mean(differences.iter().copied())?;
    let margin = t_quantile(significance, count - 1.0) * deviation / count.sqrt();
    Some(Interval::around(mean, margin))
}

/// The sign test's p-value: the chance of wins at least this uneven if neither side is favoured.
pub fn sign_test(wins: u32, losses: u32) -> f64 {
    (2.0 * at_most(wins.min(losses), wins + losses, 0.5)).min(1.0)
}

/// The number of pairs with which a paired t test sees a mean difference of this size and spread
/// with a chance of 80 %.
pub fn seeds_for_difference(difference: f64, deviation: f64, significance: f64) -> SeedsNeeded {
    let effect = (difference / deviation).abs();
    let suffices = |seeds| power(effect, seeds, significance) >= POWER;
    if difference == 0.0 || !suffices(MOST_SEEDS) {
        return SeedsNeeded::Over(MOST_SEEDS);
    }
    // Power grows with the number of pairs, so halving finds the least that suffices.
    let (mut least, mut most) = (LEAST_SEEDS, MOST_SEEDS);
    while least < most {
        let middle = (least + most) / 2;
        if suffices(middle) {
            most = middle;
        } else {
            least = middle + 1;
        }
    }
    SeedsNeeded::About(least)
}

/// The number of pairs with which the sign test sees wins and ties as frequent as these with a
/// chance of 80 %.
pub fn seeds_for_wins(wins: u32, losses: u32, ties: u32, significance: f64) -> SeedsNeeded {
    let decided = f64::from(wins + losses);
    if wins == losses {
        return SeedsNeeded::Over(MOST_SEEDS);
    }
    let rate = f64::from(wins.min(losses)) / decided;
    let all = decided + f64::from(ties);
    // With fewer losses than these there is a leader. A further pair allows one more at most.
    let mut too_many = 0;
    for pairs in 1..=MOST_SEEDS {
        if 2 * too_many < pairs && sign_test(pairs - too_many, too_many) <= significance {
            too_many += 1;
        }
        if too_many > 0 && at_most(too_many - 1, pairs, rate) >= POWER {
            let seeds = (f64::from(pairs) * all / decided).ceil().max(f64::from(LEAST_SEEDS));
            // Compared as f64: with u32, rustc 1.95 compiles this to `Over(seeds)`.
            return if seeds > f64::from(MOST_SEEDS) {
                SeedsNeeded::Over(MOST_SEEDS)
            } else {
                SeedsNeeded::About(seeds as u32)
            };
        }
    }
    SeedsNeeded::Over(MOST_SEEDS)
}

impl Interval {
    /// The interval that reaches `margin` to either side.
    pub(crate) fn around(mean: f64, margin: f64) -> Self {
        Self { mean, low: mean - margin, high: mean + margin }
    }

    /// Whether it holds 0, or is not finite.
    pub(crate) fn holds_zero(&self) -> bool {
        !(self.low > 0.0 || self.high < 0.0)
    }
}

/// The power of a paired t test of this many pairs to tell a mean difference of `effect` standard
/// deviations from 0.
///
/// Given an estimate `s` of the standard deviation, which is 1, its statistic is normal. So the
/// power is a mean over the density of `s`, s^(ν−1)·exp(−ν·s²/2) up to a factor.
fn power(effect: f64, pairs: u32, significance: f64) -> f64 {
    const POINTS: u32 = 200;
    let degrees_of_freedom = f64::from(pairs) - 1.0;
    let quantile = t_quantile(significance, degrees_of_freedom);
    let shift = effect * f64::from(pairs).sqrt();
    // Eight standard deviations of s to either side of 1, but above 0.
    let reach = 8.0 / (2.0 * degrees_of_freedom).sqrt();
    let low = (1.0 - reach).max(0.0);
    let (mut sum, mut weights) = (0.0, 0.0);
    for point in 1..POINTS {
        let s = low + (1.0 + reach - low) * f64::from(point) / f64::from(POINTS);
        let exponent =
            (degrees_of_freedom - 1.0) * s.ln() - degrees_of_freedom * (s * s - 1.0) / 2.0;
        let weight = exponent.exp();
        sum += weight * (normal(shift - quantile * s) + normal(-shift - quantile * s));
        weights += weight;
    }
    sum / weights
}

/// The chance that a standard normal number is at most `x`.
fn normal(x: f64) -> f64 {
    erfc(-x / SQRT_2) / 2.0
}

/// The chance of at most so many successes.
fn at_most(successes: u32, trials: u32, rate: f64) -> f64 {
    // PANIC: a rate is a quotient of counts, from 0 to 1.
    let binomial = Binomial::new(rate, u64::from(trials)).expect("a rate from 0 to 1");
    binomial.cdf(u64::from(successes))
}
