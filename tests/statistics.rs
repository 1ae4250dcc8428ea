//! Statistics against SciPy's and statsmodels'.
#![cfg(not(target_arch = "wasm32"))]

use mnist_cubic::report::statistics::{
    SeedsNeeded::{About, Over},
    mean, paired_interval, seeds_for_difference, seeds_for_wins, sign_test, standard_deviation,
    t_quantile,
};
use proptest::prelude::*;

/// Levels for two networks compared once, by three criteria, and for three networks by three.
const LEVELS: [f64; 3] = [0.05, 0.05 / 3.0, 0.05 / 9.0];

fn assert_close(found: f64, expected: f64) {
    let error = (found - expected).abs() / expected.abs();
    assert!(error < 1e-9, "{found}, expected {expected}");
}

/// `[t.ppf(1 - a / 2, n) for n in (1, 4, 9, 19, 999)]` of `scipy.stats` 1.17.
#[test]
fn quantiles_are_those_of_scipy() {
    let expected = [
        [
            12.706204736174694,
            2.7764451051977934,
            2.262157162798205,
            2.0930240544083087,
            1.9623414611334493,
        ],
        [
            38.188459297025744,
            3.9607864827701835,
            2.93332408837399,
            2.625105913222787,
            2.3980188631239985,
        ],
        [
            114.58865012931003,
            5.436591556004173,
            3.62186822778663,
            3.126595253166262,
            2.7789630886496925,
        ],
    ];
    for (level, expected) in LEVELS.into_iter().zip(expected) {
        for (degrees_of_freedom, expected) in [1.0, 4.0, 9.0, 19.0, 999.0].into_iter().zip(expected)
        {
            assert_close(t_quantile(level, degrees_of_freedom), expected);
        }
    }
}

/// The data of R's `t.test(extra ~ group, data = sleep, paired = TRUE)`, whose 95 % interval its
/// documentation gives as −2.4598858 to −0.7001142;
/// `ttest_rel(x, y).confidence_interval(1 - 0.05 / 3)` of `scipy.stats` 1.17 gives the other.
#[test]
fn intervals_are_those_of_r_and_scipy() {
    let one = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
    let other = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
    let differences: Vec<f64> = one.iter().zip(other).map(|(a, b)| a - b).collect();
    for (level, low, high) in [
        (LEVELS[0], -2.459885763276983, -0.7001142367230175),
        (LEVELS[1], -2.7209419941650363, -0.43905800583496246),
    ] {
        let interval = paired_interval(&differences, 0.0, level).expect("an interval");
        assert_close(interval.mean, -1.58);
        assert_close(interval.low, low);
        assert_close(interval.high, high);
    }
}

#[test]
fn values_in_steps_have_the_spread_of_rounding_at_least() {
    assert_eq!(standard_deviation(&[3.0, 3.0], 0.0), Some(0.0));
    assert_close(
        standard_deviation(&[3.0, 3.0], 1.0).expect("two values"),
        (1.0_f64 / 12.0).sqrt(),
    );
    assert_close(standard_deviation(&[1.0, 3.0], 1.0).expect("two values"), 2_f64.sqrt());
    // Of a difference, both sides were rounded: t.ppf(0.975, 9) / √6 / √10.
    let interval = paired_interval(&[2.0; 10], 1.0, 0.05).expect("an interval");
    assert_close(interval.high - 2.0, 2.262157162798205 / 60_f64.sqrt());
}

#[test]
fn too_few_values_have_no_statistics() {
    assert_eq!(mean([]), None);
    assert_eq!(standard_deviation(&[], 1.0), None);
    assert_eq!(standard_deviation(&[3.0], 1.0), None);
    assert_eq!(paired_interval(&[3.0], 1.0, 0.05), None);
    assert_eq!(mean([3.0]), Some(3.0));
}

/// `binomtest(wins, wins + losses).pvalue` of `scipy.stats` 1.17.
#[test]
fn sign_test_is_that_of_scipy() {
    for (wins, losses, expected) in [
        (10, 0, 0.001953125),
        (9, 1, 0.021484375),
        (7, 3, 0.34375),
        (5, 5, 1.0),
        (0, 5, 0.0625),
        (20, 3, 0.00048828125),
    ] {
        assert_close(sign_test(wins, losses), expected);
        assert_close(sign_test(losses, wins), expected);
    }
    assert_eq!(sign_test(0, 0), 1.0);
}

/// `ceil(TTestPower().solve_power(effect_size=d, alpha=a, power=0.8, alternative='two-sided'))` of
/// statsmodels 0.15, but never fewer than five or more than a thousand. On either side of each of
/// these numbers, `TTestPower().power` differs from 0.8 by at least 3e-5.
#[test]
fn seeds_needed_are_those_of_statsmodels() {
    for (effect, expected) in [
        (0.09, [About(971), Over(1000), Over(1000)]),
        (0.1, [About(787), Over(1000), Over(1000)]),
        (0.11, [About(651), About(869), Over(1000)]),
        (0.2, [About(199), About(265), About(331)]),
        (0.5, [About(34), About(45), About(57)]),
        (1.0, [About(10), About(14), About(17)]),
        (1.5, [About(6), About(8), About(10)]),
        (2.0, [About(5), About(6), About(8)]),
        (50.0, [About(5); 3]),
    ] {
        for (level, expected) in LEVELS.into_iter().zip(expected) {
            let found = seeds_for_difference(-3.0 * effect, 3.0, level);
            assert_eq!(found, expected, "{effect} {level}");
        }
    }
    assert_eq!(seeds_for_difference(0.0, 0.0, 0.05), Over(1000));
    assert_eq!(seeds_for_difference(1.0, 0.0, 0.05), About(5));
}

/// The least `n` with `binom.cdf(k, n, 1 - p) >= 0.8`, where `k` is the greatest with
/// `binomtest(k, n).pvalue <= a`, of `scipy.stats` 1.17.
#[test]
fn seeds_for_wins_are_those_of_scipy() {
    for (wins, losses, expected) in [
        (4, 0, [About(6), About(7), About(9)]),
        (9, 1, [About(12), About(14), About(19)]),
        (8, 2, [About(20), About(28), About(36)]),
        (7, 3, [About(49), About(67), About(80)]),
        (6, 4, [About(199), About(262), About(325)]),
        (11, 9, [About(786), Over(1000), Over(1000)]),
        (5, 5, [Over(1000); 3]),
        (0, 0, [Over(1000); 3]),
    ] {
        for (level, expected) in LEVELS.into_iter().zip(expected) {
            assert_eq!(seeds_for_wins(wins, losses, 0, level), expected);
            assert_eq!(seeds_for_wins(losses, wins, 0, level), expected);
        }
    }
    // With as many ties as decided runs, it takes twice as many.
    assert_eq!(seeds_for_wins(9, 1, 10, 0.05), About(24));
    assert_eq!(seeds_for_wins(11, 9, 20, 0.05), Over(1000));
}

proptest! {
    #[test]
    fn seeds_needed_fall_as_the_difference_grows(effect in 0.01..5.0, more in 0.0..1.0) {
        let seeds = |effect| seeds_for_difference(effect, 1.0, 0.05);
        prop_assert!(seeds(effect + more) <= seeds(effect));
    }

    #[test]
    fn any_numbers_have_statistics(values in prop::collection::vec(any::<f64>(), 0..5), wins in 0..30_u32, losses in 0..30_u32, ties in 0..30_u32) {
        let _ = paired_interval(&values, 1.0, 0.01);
        let seeds = seeds_for_wins(wins, losses, ties, 0.01);
        prop_assert!(seeds >= About(5));
        prop_assert!((0.0..=1.0).contains(&sign_test(wins, losses)));
    }
}
