//! What is found in each network by itself.

use mnist_cubic::{
    report::{Epoch, Mistakes, TestScore, Value, Verdict, findings},
    train::Score,
};

use crate::made_up::{
    EPOCH, TWO, diverged, experiment, found, losses, mistakes, one_run, reference, runs,
    val_accuracy,
};

#[test]
fn what_diverged_is_not_compared_but_named() {
    let sound = [mistakes(30), mistakes(36)];
    let found = found(&runs(&[sound, [diverged(), mistakes(36)]]));
    let divergence = found.networks[0].divergence.expect("a divergence");
    assert_eq!((divergence.runs, divergence.epoch), (1, 1));
    assert_eq!(found.networks[1].divergence, None);
    assert_eq!(found.pairs[0].criteria.mistakes.runs, 1);
    assert_eq!(found.pairs[0].criteria.mistakes.verdict, Verdict::TooFewSeeds);

    let later = one_run(vec![EPOCH, diverged()], vec![EPOCH; 3]);
    let later = findings(&later, Some(&reference()));
    assert_eq!(later.networks[0].divergence.expect("a divergence").epoch, 2);
    let criteria = &later.pairs[0].criteria;
    assert_eq!(criteria.mistakes.verdict, Verdict::Diverged);
    assert_eq!(criteria.mistakes.values, [Value::Diverged, Value::Measured(20.0)]);
    assert_eq!(criteria.first_epoch.values, [Value::Measured(1.0); 2]);
}

#[test]
fn the_mistakes_share_of_the_loss_is_given() {
    let with =
        |share| Epoch { mistakes: Mistakes { loss_share: share, ..EPOCH.mistakes }, ..EPOCH };
    let found = found(&runs(&[[with(Some(0.9)), with(None)], [with(Some(0.7)), with(None)]]));
    assert!((found.networks[0].loss_share.expect("a share") - 0.8).abs() < 1e-12);
    assert_eq!(found.networks[1].loss_share, None);
}

#[test]
fn overfitting_is_a_lasting_rise_while_training_loss_falls() {
    let overfitting = |val_losses: &[f64], training: fn(f64) -> f64| {
        let epochs = (1..).zip(val_losses);
        let epochs: Vec<_> =
            epochs.map(|(epoch, &val_loss)| losses(training(f64::from(epoch)), val_loss)).collect();
        found(&one_run(epochs.clone(), epochs)).networks[0].overfitting
    };
    let falling = |epoch| 1.0 / epoch;
    let found = overfitting(&[0.2, 0.1, 0.12, 0.14, 0.16], falling).expect("overfitting");
    assert_eq!((found.runs, found.since, found.least, found.now), (1, 2, 0.1, 0.16));
    assert_eq!((found.training_then, found.training_now), (0.5, 0.2));
    assert_eq!(overfitting(&[0.2, 0.1, 0.12, 0.14], falling), None, "two epochs");
    assert_eq!(overfitting(&[0.2, 0.1, 0.12, 0.14, 0.109], falling), None, "back");
    assert_eq!(overfitting(&[0.2, 0.1, 0.12, 0.14, 0.16], |_| 1.0), None, "not learning");
    assert_eq!(overfitting(&[0.2, 0.1, 0.12, 0.14, f64::NAN], falling), None, "diverged");

    // Over three runs: since the middle one's epoch, from and to the means.
    let run = |least: usize| -> Vec<_> {
        let val_loss = |epoch: usize| if epoch == least { 0.1 } else { 0.2 };
        (1..=9).map(|epoch| losses(1.0 / epoch as f64, val_loss(epoch))).collect()
    };
    let several = [2, 5, 3, 8].map(|least| vec![run(least), run(8)]);
    let several = findings(&experiment(TWO, several.into()), None);
    let found = several.networks[0].overfitting.expect("overfitting");
    assert_eq!((found.runs, found.since), (3, 3));
    assert!((found.now - 0.2).abs() < 1e-12 && (found.least - 0.1).abs() < 1e-12);
    assert_eq!(several.networks[1].overfitting, None, "one epoch after the least");
}

#[test]
fn guessing_is_the_loss_and_accuracy_of_chance() {
    let guessing = |val_loss, accuracy| {
        let mut epoch = val_accuracy(accuracy);
        epoch.metrics.val_loss = val_loss;
        found(&one_run(vec![epoch], vec![EPOCH])).networks[0].guessing
    };
    let found = guessing(1.0986, 0.34).expect("guessing");
    assert_eq!((found.runs, found.val_accuracy), (1, 0.34));
    assert_eq!(guessing(1.0, 0.34), None, "0.95 · ln 3 is 1.044");
    assert_eq!(guessing(1.0986, 0.47), None, "1/3 + 0.2 · 2/3 is 0.467");
}

#[test]
fn the_layer_is_credited_only_where_nothing_else_differs() {
    let one_layer =
        |networks: &str| found(&experiment(networks, vec![])).pairs[0].differ_in_one_layer;
    let found = one_layer("a:relu150,relu100,cubic50;b:relu150,relu100,relu50").expect("a layer");
    assert_eq!((found.place, found.kinds), (2, ["cubic", "relu"]));
    let rate = one_layer("a:cubic9@0.01;b:sine9").expect("the rate is everybody's");
    assert_eq!((rate.place, rate.kinds), (0, ["cubic", "sine"]));
    for networks in [
        TWO,
        "a:relu9;b:relu9",
        "a:cubic9;b:relu8",
        "a:cubic9,cubic9;b:relu9,relu9",
        "a:cubic9,relu9;b:relu9,cubic9",
        "a:relu9,cubic9;b:relu9",
        "a:cubic9@0.1;b:relu9",
    ] {
        assert_eq!(one_layer(networks), None, "{networks}");
    }
}

#[test]
fn test_scores_stand_apart() {
    let mut experiment = runs(&[[EPOCH; 2]; 3]);
    let test = |epoch, loss, truth| {
        Some(TestScore {
            epoch,
            score: Score { loss, accuracy: 1.0 - loss },
            mistakes: Mistakes { count: (100.0 * loss) as u32, truth, loss_share: None },
        })
    };
    let without = found(&experiment);
    experiment.runs[0].networks[0].test = test(1, 0.25, Some(0.01));
    experiment.runs[1].networks[0].test = test(1, 0.75, Some(0.0001));
    experiment.runs[2].networks[0].test = test(2, 0.9, None);
    experiment.runs[0].networks[1].test = test(1, f64::NAN, None);
    let mut with = found(&experiment);
    let tested = with.tests[0].expect("a score");
    assert_eq!((tested.runs, tested.mistakes), (2, 50.0));
    assert_eq!((tested.score.loss, tested.score.accuracy), (0.5, 0.5));
    assert!((tested.truth.expect("a chance") - 0.001).abs() < 1e-12);
    assert_eq!(with.tests[1], None, "not finite");
    with.tests = without.tests.clone();
    assert_eq!(with, without, "they take no part in anything else");
}
