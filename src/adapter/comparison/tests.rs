use proptest::prelude::*;

use super::{At, Metric, compare};
use crate::{
    adapter::{
        ModelKind::{self, Control, Custom, Dense},
        Settings,
        made_up::{any_runs, history, run},
    },
    train::Score,
};

fn settings(epochs: u32) -> Settings {
    Settings { epochs, ..Settings::default() }
}

#[test]
fn nothing_compares_to_nothing() {
    let comparison = compare(&[], &settings(5));
    assert_eq!((comparison.epoch, comparison.curves.len()), (0, 0));
    assert_eq!(comparison.differences, []);
}

#[test]
fn curves_average_the_runs_that_have_the_epoch() {
    let runs = [
        run([(Custom, history(&[1.0, 4.0, 7.0], 0.9)), (Dense, history(&[0.5], 0.9))]),
        run([(Custom, history(&[3.0, f64::NAN], 0.7))]),
    ];
    let curves = compare(&runs, &settings(3)).curves;
    assert_eq!(curves[&Custom].val_loss.mean, [2.0, 4.0, 7.0]);
    let sd = &curves[&Custom].val_loss.sd;
    assert_eq!(sd[0], 2_f64.sqrt());
    assert!(sd[1].is_nan() && sd[2].is_nan(), "of a single run");
    assert_eq!(curves[&Custom].val_accuracy.mean[2], 0.9);
    assert_eq!(curves[&Custom].loss.mean, [1.0, 0.5, 0.25]);
    assert_eq!(curves[&Dense].val_loss.mean, [0.5]);
    assert!(!curves.contains_key(&Control));

    let diverged = [run([(Custom, history(&[1.0, f64::INFINITY], 0.9))])];
    let band = &compare(&diverged, &settings(3)).curves[&Custom].val_loss;
    assert!(band.mean[0] == 1.0 && band.mean[1].is_nan() && band.sd[1].is_nan());
}

#[test]
fn epoch_is_the_last_that_all_have_finished() {
    let epoch = |run| compare(&[run], &settings(5)).epoch;
    let ahead = (Custom, history(&[0.3, 0.2, 0.1], 0.9));
    assert_eq!(epoch(run([ahead.clone(), (Dense, history(&[0.3, 0.2], 0.9))])), 2);
    assert_eq!(epoch(run([ahead.clone(), (Dense, history(&[], 0.9))])), 0);
    assert_eq!(epoch(run([ahead.clone(), (Dense, history(&[f64::NAN], 0.9))])), 3);
    assert_eq!(epoch(run([(Dense, history(&[0.3, f64::NAN], 0.9))])), 2);
}

#[test]
fn best_epoch_is_the_first_of_least_validation_loss() {
    assert_eq!(history(&[0.3, 0.1, 0.1, f64::NAN], 0.9).best(), Some(2));
    assert_eq!(history(&[f64::NAN], 0.9).best(), None);
}

/// The paired t test of R's documentation, as in [`super::statistics`].
#[test]
fn differences_are_those_of_r() {
    let one = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
    let other = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
    let pairs = one.into_iter().zip(other);
    let runs: Vec<_> = pairs
        .map(|(one, other)| run([(Custom, history(&[one], 0.9)), (Dense, history(&[other], 0.9))]))
        .collect();
    let differences = compare(&runs, &settings(1)).differences;
    let loss = &differences[0];
    assert_eq!((loss.model, loss.other), (Custom, Dense));
    assert_eq!((loss.at, loss.metric), (At::Last, Metric::ValLoss));
    assert_eq!((loss.wins, loss.ties, loss.runs), (9, 1, 10));
    assert!((loss.mean + 1.58).abs() < 1e-12);
    assert!((loss.low + 2.4598858).abs() < 1e-6);
    assert!((loss.high + 0.7001142).abs() < 1e-6);

    let accuracy = &differences[1];
    assert_eq!(accuracy.metric, Metric::ValAccuracy);
    // 1 / 3461 / √6 · 2.262157 / √10: at best, steps of one image are seen so sharply.
    assert_eq!(accuracy.mean, 0.0);
    assert!((accuracy.high - 8.43815e-5).abs() < 1e-9 && accuracy.low == -accuracy.high);
    assert_eq!((accuracy.wins, accuracy.ties, accuracy.runs), (0, 10, 10));
}

#[test]
fn test_scores_are_those_of_the_complete_runs() {
    let tested = |epochs: &[f64], loss: f64| {
        let mut run = run([(Custom, history(epochs, 0.9)), (Dense, history(epochs, 0.9))]);
        for (kind, loss) in [(Custom, loss), (Dense, f64::NAN)] {
            let score = Score { loss, accuracy: 1.0 - loss };
            run.models.entry(kind).or_default().test = Some(score);
        }
        run
    };
    let runs = [tested(&[0.2, 0.1], 0.1), tested(&[0.2, 0.1], 0.3), tested(&[0.2], 0.9)];
    let tests = compare(&runs, &settings(2)).tests;
    assert!(!tests.contains_key(&Dense), "no finite score");
    let custom = &tests[&Custom];
    assert_eq!(custom.runs, 2);
    assert!((custom.mean.loss - 0.2).abs() < 1e-12 && (custom.mean.accuracy - 0.8).abs() < 1e-12);
    assert!((custom.sd.loss - 0.02_f64.sqrt()).abs() < 1e-12);

    let stopped = compare(&runs[2..], &settings(2)).tests;
    assert_eq!((stopped[&Custom].runs, stopped[&Custom].mean.loss), (1, 0.9));
    assert!(stopped[&Custom].sd.loss.is_nan());
}

#[test]
fn each_model_is_taken_at_its_own_best_epoch() {
    let runs =
        || run([(Custom, history(&[0.2, 0.3, 0.9], 0.9)), (Dense, history(&[0.6, 0.5, 0.7], 0.8))]);
    let differences = compare(&[runs(), runs()], &settings(3)).differences;
    let found: Vec<_> = differences.iter().map(|d| (d.at, d.metric, d.mean, d.wins)).collect();
    assert_eq!(found[0], (At::Last, Metric::ValLoss, 0.9 - 0.7, 0));
    assert_eq!(found[2], (At::Best, Metric::ValLoss, 0.2 - 0.5, 2));
    assert_eq!(found[3], (At::Best, Metric::ValAccuracy, 0.9 - 0.8, 2));
}

#[test]
fn only_complete_and_sound_runs_are_paired() {
    let pair = |custom: &[f64], dense: &[f64]| {
        run([(Custom, history(custom, 0.9)), (Dense, history(dense, 0.9))])
    };
    let runs = [
        pair(&[0.1, 0.1], &[0.2, 0.2]),
        pair(&[0.1, 0.1], &[0.2, 0.2]),
        pair(&[0.1, 0.1], &[0.2, f64::NAN]),
        pair(&[0.1, 0.1], &[0.2]),
    ];
    let differences = compare(&runs, &settings(2)).differences;
    let counts: Vec<_> = differences.iter().map(|difference| difference.runs).collect();
    assert_eq!(counts, [2, 2, 3, 3]);
    assert_eq!(compare(&runs[1..], &settings(2)).differences.len(), 2);
    assert_eq!(compare(&runs[2..], &settings(2)).differences, []);
}

#[test]
fn the_control_is_compared_with_both() {
    let runs = || run(ModelKind::ALL.map(|kind| (kind, history(&[0.1], 0.9))));
    let differences = compare(&[runs(), runs()], &settings(1)).differences;
    let mut pairs: Vec<_> = differences.iter().map(|d| (d.model, d.other)).collect();
    pairs.dedup();
    assert_eq!(pairs, [(Custom, Dense), (Custom, Control), (Control, Dense)]);
}

proptest! {
    #[test]
    fn any_runs_compare(runs in any_runs(), epochs in 1..6_u32) {
        let comparison = compare(&runs, &settings(epochs));
        for difference in comparison.differences {
            prop_assert!(difference.wins + difference.ties <= difference.runs);
            prop_assert!(difference.runs as usize <= runs.len());
            let ordered = difference.low <= difference.mean && difference.mean <= difference.high;
            prop_assert!(ordered || !(difference.low + difference.high).is_finite());
        }
        for curves in comparison.curves.values() {
            prop_assert_eq!(curves.loss.mean.len(), curves.loss.sd.len());
        }
    }
}
