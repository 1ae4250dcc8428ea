//! Training as a whole: it learns, repeats itself, can begin at any epoch, and tells the truth of
//! itself.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

mod common;

use std::{collections::BTreeMap, rc::Rc};

use common::{
    config, drawn_images,
    reference::{Reference, softmax},
    sparse,
};
use mnist::{Dataset, DigitImages, PIXELS};
use mnist_cubic::{
    network::Kind,
    nn::{Network, init::start},
    train::{
        Evaluated, Evaluation, Metrics, Snapshot, Snapshots, State, TrainConfig, Training, split,
    },
};

fn training(config: &TrainConfig, images: &Rc<Dataset>) -> Training {
    let state = State::start(&config.architecture, images.digits().len(), config.seed);
    Training::new(config.clone(), sparse(images), state).unwrap()
}

/// All snapshots up to the end.
fn run(mut training: Training) -> Vec<Snapshot> {
    let mut snapshots = Vec::new();
    while !training.is_finished() {
        snapshots.extend(training.step());
    }
    snapshots
}

fn epochs(snapshots: &[Snapshot]) -> Vec<Snapshot> {
    let ends = snapshots.iter().filter(|snapshot| snapshot.metrics.is_some());
    ends.cloned().collect()
}

#[test]
fn one_batch_can_be_learned_by_heart() {
    let alone = Kind::all().map(|kind| format!("relu100,{}50", kind.word()));
    for text in common::NOTEBOOK.map(str::to_owned).into_iter().chain(alone) {
        // Of 39 images 31 train, all in one batch.
        let snapshots = run(training(&config(&text, 600), &drawn_images(13)));
        let metrics = snapshots.last().unwrap().metrics.unwrap();
        assert_eq!(metrics.accuracy, 1.0, "{text}");
        assert!(metrics.loss < 0.02, "{text}: {}", metrics.loss);
    }
}

#[test]
fn the_same_seed_gives_the_same_history_and_another_seed_another() {
    let images = drawn_images(100);
    let history = |seed: u32| -> Vec<Metrics> {
        let config = TrainConfig { seed, ..config("relu150,relu100,cubic50", 3) };
        let snapshots = run(training(&config, &images));
        snapshots.iter().filter_map(|s| s.metrics).collect()
    };
    assert_eq!(history(1).len(), 3);
    assert_eq!(history(1), history(1));
    assert_ne!(history(1), history(2));
}

#[test]
fn snapshots_change_no_bit() {
    let images = drawn_images(120);
    for text in ["relu150,relu100,cubic50", "relu60,cubic40,square30"] {
        let few = config(text, 4);
        let many = TrainConfig { snapshots: Snapshots::Full, ..few.clone() };
        let without = run(training(&few, &images));
        let with = run(training(&many, &images));
        assert!(with.len() > without.len());
        assert_eq!(epochs(&with), without, "{text}: doubling");

        // Asked for in the middle of a validation, before a batch and at an epoch's end.
        let mut asked = training(&many, &images);
        let mut snapshots = Vec::new();
        for step in 0.. {
            if asked.is_finished() {
                break;
            }
            let wish = [0, 1, 4, 5, 11].contains(&(step % 13));
            if wish || asked.is_resting() {
                asked.rest_at(wish.then(|| asked.images_seen() + 1));
            }
            snapshots.extend(asked.step());
        }
        assert!(snapshots.len() > with.len());
        assert_eq!(epochs(&snapshots), without, "{text}: asked for");
    }
}

#[test]
fn training_can_begin_again_at_any_epoch() {
    let images = drawn_images(40);
    for snapshots in [Snapshots::Epochs, Snapshots::Full] {
        let config = TrainConfig { snapshots, ..config("relu60,cubic40", 10) };
        let through = epochs(&run(training(&config, &images)));
        assert_eq!(through.len(), 10);
        let state = State { epoch: 7, weights: through[6].weights.clone() };
        let again = Training::new(config, sparse(&images), state).unwrap();
        assert_eq!(again.images_seen(), through[6].images_seen);
        assert_eq!(run(again), through[7..]);
    }
}

#[test]
fn a_finished_training_stays_as_it_is() {
    let images = drawn_images(20);
    let config = config("relu20", 2);
    let weights = State::start(&config.architecture, 3, 5).weights;
    for epoch in [2, 3] {
        let state = State { epoch, weights: weights.clone() };
        let mut training = Training::new(config.clone(), sparse(&images), state).unwrap();
        assert!(training.is_finished());
        training.rest_at(Some(1));
        assert_eq!((training.step(), training.epoch()), (None, None));
        assert_eq!(training.network().weights(), weights);
    }
}

/// 288 of 360 images train: 9 batches of 32.
#[test]
fn snapshots_double_within_the_first_epoch() {
    let images = drawn_images(120);
    let mut config = TrainConfig { snapshots: Snapshots::Full, ..config("relu20", 3) };
    let seen = |config: &TrainConfig| -> Vec<u64> {
        let snapshots = run(training(config, &images));
        snapshots.iter().map(|s| s.images_seen).collect()
    };
    let (doubling, ends) = ([0, 32, 64, 128, 256], [288, 576, 864]);
    assert_eq!(seen(&config), [&doubling[..], &ends].concat());
    // The last batch is smaller.
    config.batch_size = 70;
    assert_eq!(seen(&config), [&[0, 70, 140, 280][..], &ends].concat());
    // One batch an epoch, which is its end.
    config.batch_size = 1024;
    assert_eq!(seen(&config), [&[0][..], &ends].concat());
    config.snapshots = Snapshots::Epochs;
    assert_eq!(seen(&config), ends);
}

#[test]
fn it_rests_with_a_snapshot_and_goes_on() {
    let images = drawn_images(120);
    let config = config("relu20", 2);
    let through = run(training(&config, &images));
    let mut resting = training(&config, &images);
    let mut seen = Vec::new();
    // The middle of a batch, an epoch's end, and what is passed already.
    for place in [96, 100, 288, 100, 320] {
        resting.rest_at(Some(place));
        for _ in 0..100 {
            let snapshot = resting.step();
            if let Some(snapshot) = &snapshot {
                assert_eq!(snapshot.weights, resting.network().weights());
            }
            seen.extend(snapshot.map(|snapshot| snapshot.images_seen));
        }
        assert!(resting.is_resting());
    }
    assert_eq!(seen, [96, 128, 288, 320]);
    resting.rest_at(None);
    assert_eq!(run(resting), through[1..], "as if it had not rested");
}

/// The images of `range` as f64, and their classes.
fn images_and_classes(images: &Dataset, range: std::ops::Range<usize>) -> (Vec<f64>, Vec<usize>) {
    let pixels = range.clone().flat_map(|i| common::image(images, i)).map(f64::from);
    (pixels.collect(), range.map(|i| images.class(i)).collect())
}

/// For each image, the loss −ln p and the log-odds ln(p / (1 − p)) of its class, and the answer.
fn expected(reference: &Reference, pixels: &[f64], classes: &[usize]) -> Vec<(f64, f64, usize)> {
    let images = pixels.chunks_exact(PIXELS).zip(classes);
    images
        .map(|(image, &class)| {
            let p = softmax(&reference.logits(image));
            let others: f64 = (0..p.len()).filter(|&k| k != class).map(|k| p[k]).sum();
            let answer = (0..p.len()).max_by(|&a, &b| p[a].total_cmp(&p[b]));
            (-p[class].ln(), (p[class] / others).ln(), answer.unwrap())
        })
        .collect()
}

#[track_caller]
fn expect_close(ours: f64, theirs: f64, bound: f64, what: &str) {
    let error = (ours - theirs).abs();
    assert!(error <= bound * theirs.abs().max(1.0), "{what}: {ours}, not {theirs}");
}

/// f32 keeps seven digits, and logits are sums of up to some hundred values.
const ROUNDING: f64 = 2e-4;

fn expect_equal(ours: &Evaluated, expected: &[(f64, f64, usize)], classes: &[usize]) {
    let count = expected.len() as f64;
    let losses: f64 = expected.iter().map(|(loss, ..)| loss).sum();
    expect_close(ours.score.loss, losses / count, ROUNDING, "loss");
    let right = expected.iter().zip(classes).filter(|((.., answer), class)| answer == *class);
    expect_close(ours.score.accuracy, right.count() as f64 / count, 1e-12, "accuracy");

    assert_eq!(ours.log_odds.len(), expected.len());
    for (ours, (_, log_odds, _)) in ours.log_odds.iter().zip(expected) {
        expect_close(f64::from(*ours), *log_odds, ROUNDING, "log-odds");
    }
    let answers: Vec<u8> = expected.iter().map(|&(.., answer)| answer as u8).collect();
    assert_eq!(ours.answers, answers);
    let classes: Vec<u8> = classes.iter().map(|&class| class as u8).collect();
    assert_eq!(ours.classes, classes);
}

/// Untrained networks, which make many mistakes; one image, and as many as end within a batch.
#[test]
fn an_evaluation_equals_the_formulas() {
    let images = drawn_images(100);
    for (text, seed) in [("relu100,relu50", 1), ("sine60,cubic40", 2), ("square30", 3)] {
        let architecture = common::layers(text);
        let weights = start(&architecture, 3, seed);
        let network = Network::new(&architecture, 3, &weights);
        let reference = Reference::new(&architecture, 3, &weights);
        for range in [0..300, 17..18, 100..229] {
            let (pixels, classes) = images_and_classes(&images, range.clone());
            let expected = expected(&reference, &pixels, &classes);
            let ours = Evaluation::new(sparse(&images), range).run(&network);
            expect_equal(&ours, &expected, &classes);
        }
        let all = Evaluation::of_all(sparse(&images)).run(&network);
        assert_eq!(all, Evaluation::new(sparse(&images), 0..300).run(&network));
    }
}

#[test]
fn a_snapshot_tells_what_the_formulas_do() {
    let images = drawn_images(60);
    let mut config = config("relu150,relu100,cubic50", 3);
    config.snapshots = Snapshots::Full;
    let (_, validation) = split(images.len());
    let (pixels, classes) = images_and_classes(&images, validation);
    let mut mistakes = 0;
    for snapshot in run(training(&config, &images)) {
        let ours = &snapshot.validation;
        let reference = Reference::new(&config.architecture, 3, &snapshot.weights);
        expect_equal(ours, &expected(&reference, &pixels, &classes), &classes);
        let wrong =
            ours.answers.iter().zip(&ours.classes).filter(|(answer, class)| answer != class);
        mistakes += wrong.clone().count();
        let Some(metrics) = snapshot.metrics else {
            continue;
        };
        let count = classes.len() as f64;
        let right = 1.0 - wrong.count() as f64 / count;
        expect_close(metrics.val_accuracy, right, 1e-12, "val_accuracy");
        // softplus(−log-odds) = −ln p
        let losses = ours.log_odds.iter().map(|&x| (-f64::from(x)).exp().ln_1p());
        expect_close(metrics.val_loss, losses.sum::<f64>() / count, 1e-6, "val_loss");
    }
    assert!(mistakes > 0);
}

/// So large a logit that p and 1 − p are 1 and 0 to f32 and f64.
#[test]
fn log_odds_are_exact_where_probabilities_are_not() {
    let log_odds = mnist_cubic::nn::loss::log_odds;
    assert_eq!(log_odds(&[2000.0, -1000.0], 0), 3000.0);
    assert_eq!(log_odds(&[2000.0, -1000.0], 1), -3000.0);
    let of_three = f64::from(log_odds(&[100.0, -100.0, -100.0], 0));
    expect_close(of_three, 200.0 - 2_f64.ln(), 1e-6, "three");
    for place in 0..3 {
        let mut logits = [1.0, 0.0, 2.0];
        logits[place] = f32::NAN;
        assert!((0..3).all(|class| log_odds(&logits, class).is_nan()));
    }
}

fn refusal(images: Rc<Dataset>, weights: usize) -> String {
    let state = State { epoch: 0, weights: vec![0.0; weights] };
    let refused = Training::new(config("relu20", 1), sparse(&images), state);
    refused.unwrap_err().to_string()
}

#[test]
fn what_cannot_be_trained_is_refused() {
    let one = DigitImages { pixels: vec![0; PIXELS], file_indices: vec![0] };
    let none = DigitImages::default();
    let digits = BTreeMap::from([(0, Rc::new(one)), (1, Rc::new(none))]);
    let images = Rc::new(Dataset::choose(&[0, 1], &digits).unwrap());
    let weights = 784 * 20 + 20 + 20 * 3 + 3;
    assert_eq!(refusal(images, weights), "1 images to train on, expected at least 2");
    assert_eq!(
        refusal(drawn_images(5), weights - 1),
        "the state has 15762 weights, expected 15763"
    );
}

#[test]
fn divergence_ends_training() {
    for (text, batch_size) in [("relu150,relu100,cubic50", 32), ("cubic60,square40", 1)] {
        let config = TrainConfig { learning_rate: 10.0, batch_size, ..config(text, 50) };
        let mut training = training(&config, &drawn_images(40));
        let mut snapshots = Vec::new();
        while let Some(snapshot) = training.epoch() {
            snapshots.push(snapshot);
        }
        assert!(training.is_finished());
        assert!(snapshots.len() < 50, "{text} did not diverge");
        let (last, before) = snapshots.split_last().unwrap();
        assert!(!last.metrics.unwrap().is_finite(), "{text}");
        assert!(before.iter().all(|s| s.metrics.unwrap().is_finite()));
        let seen = training.images_seen();
        assert_eq!(seen, last.images_seen);
        assert_eq!(training.step(), None);
    }
}

#[test]
fn the_notebooks_networks_have_as_many_weights_as_in_keras() {
    let count = |text| common::layers(text).parameters(3);
    assert_eq!(common::NOTEBOOK.map(count), [143_053, 83_703, 138_053]);
}
