//! From when on a difference counts: the chance of error, shared among comparisons, the power, and
//! the least number of seeds.
//!
//! A leader is named so that at most one experiment in twenty would, by chance, have a false one in
//! any of its comparisons (Bonferroni).

use super::Criterion;

/// The least number of seeds from which a leader is named.
pub const LEAST_SEEDS: u32 = 5;
/// The chance of a false leader among all comparisons of an experiment. The confidence of an
/// interval that stands by itself is the rest of it, 95 %.
pub const SIGNIFICANCE: f64 = 0.05;
/// The chance with which as many seeds as are needed tell a difference that is there.
pub(crate) const POWER: f64 = 0.8;

/// The significance level of each comparison, if all pairs of this many networks are compared by
/// each criterion.
pub(crate) fn significance(networks: usize) -> f64 {
    let pairs = networks * networks.saturating_sub(1) / 2;
    bonferroni(Criterion::ALL.len() * pairs.max(1))
}

/// The significance level of each of so many comparisons.
pub(crate) fn bonferroni(comparisons: usize) -> f64 {
    SIGNIFICANCE / comparisons.max(1) as f64
}
