mod one_run;
mod several_runs;

use proptest::prelude::*;

use crate::{
    adapter::{
        History,
        ModelKind::{self, Control, Custom, Dense},
        Run, Settings, judge,
        made_up::{any_runs, history, run, sound_runs},
    },
    train::Score,
};

/// The verdict on runs of this many epochs.
fn verdict(runs: &[Run], epochs: u32) -> Vec<String> {
    let runs_asked_for = runs.len().max(1) as u32;
    let settings = Settings { epochs, runs: runs_asked_for, ..Settings::default() };
    judge(runs, &settings).verdict
}

/// A history that ends at a validation loss and falls until then.
fn falling(val_loss: f64, val_accuracy: f64) -> History {
    history(&[4.0, 3.0, 2.0, 1.0].map(|factor| factor * val_loss), val_accuracy)
}

/// A history that ends at a validation loss and was least, at half of it, in epoch 2 of 5.
fn rising(val_loss: f64, val_accuracy: f64) -> History {
    history(&[1.0, 0.5, 0.8, 0.9, 1.0].map(|factor| factor * val_loss), val_accuracy)
}

/// Runs of custom and dense that end at these validation losses.
fn runs<const N: usize>(pairs: [(f64, f64); N]) -> [Run; N] {
    pairs.map(|(custom, dense)| {
        run([(Custom, falling(custom, 0.989)), (Dense, falling(dense, 0.989))])
    })
}

/// Gives a model of a run its score on the test images.
fn set_test(run: &mut Run, kind: ModelKind, loss: f64, accuracy: f64) {
    run.models.entry(kind).or_default().test = Some(Score { loss, accuracy });
}

#[test]
fn before_the_first_epoch() {
    assert_eq!(verdict(&[], 50), ["Nothing has been trained yet."]);
    assert_eq!(verdict(&[run([])], 50), ["Nothing has been trained yet."]);
    let begun = run([(Custom, history(&[0.2], 0.9)), (Dense, history(&[], 0.9))]);
    assert_eq!(verdict(&[begun], 50), ["The first epoch is not finished yet."]);
}

/// What holds for every verdict.
fn check(runs: &[Run], sentences: &[String]) -> Result<(), TestCaseError> {
    prop_assert!(!sentences.is_empty());
    let has_control = runs.iter().any(|run| run.models.contains_key(&Control));
    for sentence in sentences {
        prop_assert!(sentence.starts_with(char::is_uppercase) && sentence.ends_with('.'));
        prop_assert!(!sentence.contains("  "));
        prop_assert!(has_control || !sentence.contains("layer itself"), "{sentence}");
    }
    Ok(())
}

proptest! {
    #[test]
    fn anything_has_a_verdict(runs in any_runs(), epochs in 1..6_u32) {
        check(&runs, &verdict(&runs, epochs))?;
    }

    #[test]
    fn sound_runs_have_a_verdict_without_oddities(runs in sound_runs(), epochs in 1..6_u32) {
        let sentences = verdict(&runs, epochs);
        check(&runs, &sentences)?;
        for sentence in &sentences {
            prop_assert!(!sentence.contains("NaN") && !sentence.contains("inf"), "{sentence}");
            prop_assert!(!sentence.contains("diverged"), "{sentence}");
        }
    }
}
