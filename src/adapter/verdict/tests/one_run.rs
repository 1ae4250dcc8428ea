use super::{falling, rising, set_test, verdict};
use crate::adapter::{
    ModelKind::{self, Control, Custom, Dense},
    made_up::{history, run},
    verdict::one_run::spread,
};

/// Means and standard deviations over ten seeds in Keras, epoch by epoch.
const KERAS: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/keras/reference.json"));

#[test]
fn one_run_as_in_the_notebook() {
    let mut run = run([
        (Custom, rising(0.148, 0.9891)),
        (Dense, history(&[0.1, 0.08, 0.06, 0.045, 0.039], 0.9893)),
    ]);
    set_test(&mut run, Custom, 0.0931, 0.992);
    set_test(&mut run, Dense, 0.0229, 0.99259);
    assert_eq!(
        verdict(&[run], 5),
        [
            "After 5 epochs the custom network's validation loss is 0.148, the dense network's \
             0.039; accuracy differs by 0.0002, which one run cannot tell from chance.",
            "In this run the dense network does better; whether it would from other seeds, one \
             run cannot tell.",
            "The custom network overfits: its validation loss was least, 0.074, in epoch 2, and \
             has risen since while its training loss fell.",
            "On the test images the custom network's loss is 0.093 and its accuracy 0.9920; the \
             dense network's loss is 0.023 and its accuracy 0.9926.",
        ]
    );
}

#[test]
fn one_run_in_which_custom_is_better() {
    let run = run([(Custom, falling(0.04, 0.99)), (Dense, falling(0.08, 0.97))]);
    assert_eq!(
        verdict(&[run], 4),
        [
            "After 4 epochs the custom network's validation loss is 0.040, the dense network's \
             0.080; accuracy differs by 0.0200, more than the choice of validation images \
             explains.",
            "In this run the custom network does better; whether it would from other seeds, one \
             run cannot tell.",
        ]
    );
}

#[test]
fn one_run_that_is_too_close_and_unfinished() {
    let mut run = run([(Custom, history(&[0.2], 0.97)), (Dense, history(&[0.19, 0.1], 0.98))]);
    run.validation_images = None;
    assert_eq!(
        verdict(&[run.clone()], 50),
        [
            "After 1 of 50 epochs the custom network's validation loss is 0.200, the dense \
             network's 0.190; accuracy differs by 0.0100, and how much of that is chance, one run \
             cannot tell.",
            "The two losses are too close for one run to tell the networks apart.",
        ]
    );
    let first = &verdict(&[run], 1)[0];
    assert!(first.starts_with("After 1 epoch the custom network's validation loss is 0.200"));
}

#[test]
fn one_model_alone() {
    assert_eq!(
        verdict(&[run([(Dense, falling(0.04, 0.99))])], 4),
        ["After 4 epochs the dense network's validation loss is 0.040 and its accuracy 0.9900; \
             there is no other network to compare it with.",]
    );
}

#[test]
fn one_run_with_the_control() {
    let third = |control| {
        let models = [(Custom, 0.1), (Dense, 0.05), (Control, control)];
        let run = run(models.map(|(kind, loss)| (kind, falling(loss, 0.99))));
        verdict(&[run], 4)[2].clone()
    };
    assert_eq!(
        third(0.05),
        "The control network, which has a dense layer in place of the cubic one, is at 0.050: in \
         this run the cubic layer itself raises the loss."
    );
    assert_eq!(
        third(0.2),
        "The control network, which has a dense layer in place of the cubic one, is at 0.200: in \
         this run the cubic layer itself lowers the loss."
    );
    assert_eq!(
        third(0.11),
        "The control network, which has a dense layer in place of the cubic one, is at 0.110: too \
         close to the custom network's for one run to credit or blame the cubic layer."
    );
}

#[test]
fn losses_spread_as_in_keras() {
    let keras: serde_json::Value = serde_json::from_str(KERAS).expect("JSON");
    for kind in ModelKind::ALL {
        let last = |statistic: &str| {
            let values = keras[kind.name()]["val_loss"][statistic].as_array();
            let last = values.and_then(|epochs| epochs.last()?.as_f64());
            last.expect("a number for each epoch")
        };
        let keras = last("sd") / last("mean");
        assert!((spread(kind) - keras).abs() < 0.005, "{kind}: {keras}");
    }
}

/// Two runs of the custom network often lie a quarter apart.
#[test]
fn one_run_neither_credits_nor_blames_the_layer_for_what_a_seed_explains() {
    for control in [0.08, 0.12] {
        let models = [(Custom, 0.1), (Dense, 0.05), (Control, control)];
        let run = run(models.map(|(kind, loss)| (kind, falling(loss, 0.99))));
        assert!(verdict(&[run], 4)[2].contains("too close"), "{control}");
    }
}

#[test]
fn divergence_comes_first_and_the_other_goes_on() {
    let custom = || (Custom, history(&[0.3, 9.0, f64::NAN], 0.5));
    let dense = (Dense, history(&[0.3, 0.2, 0.15, 0.1], 0.97));
    let advice = "A smaller learning rate may help: try 0.001.";
    assert_eq!(
        verdict(&[run([custom(), dense])], 50),
        [
            "The custom network diverged in epoch 3: its loss is no longer a finite number.",
            advice,
            "After 4 of 50 epochs the dense network's validation loss is 0.100 and its accuracy \
             0.9700.",
        ]
    );
    let dense = (Dense, history(&[f64::INFINITY], 0.3));
    assert_eq!(
        verdict(&[run([custom(), dense])], 50),
        [
            "The custom network diverged in epoch 3: its loss is no longer a finite number.",
            "The dense network diverged in epoch 1: its loss is no longer a finite number.",
            advice,
        ]
    );
}

#[test]
fn no_better_than_guessing() {
    let run = run([(Custom, history(&[1.2, 1.1], 0.3406)), (Dense, history(&[0.2, 0.1], 0.97))]);
    assert_eq!(
        verdict(&[run], 2)[2..],
        ["The custom network does no better than guessing: its accuracy is 0.3406. Another \
             learning rate may help.",]
    );
}

#[test]
fn noise_is_not_overfitting() {
    let overfits = |val_losses: &[f64]| {
        let run = run([(Custom, history(val_losses, 0.99))]);
        verdict(&[run], val_losses.len() as u32).len() > 1
    };
    assert!(overfits(&[0.05, 0.06, 0.06, 0.06]));
    assert!(!overfits(&[0.05, 0.06, 0.06]), "too short");
    assert!(!overfits(&[0.05, 0.06, 0.05, 0.06]), "fell again");
    assert!(!overfits(&[0.05, 0.054, 0.054, 0.054]), "too little");
    assert!(!overfits(&[0.08, 0.07, 0.06, 0.05]), "falls");

    let mut unlearning = history(&[0.05, 0.06, 0.07, 0.08], 0.99);
    unlearning.loss = vec![0.1, 0.2, 0.3, 0.4];
    let verdict = verdict(&[run([(Custom, unlearning)])], 4);
    assert_eq!(verdict.len(), 1, "training loss rises too: {verdict:?}");
}
