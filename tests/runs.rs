//! What `cargo xtask runs` wrote: the ten runs' file, and the ready-made weights.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

mod common;

use std::{fs, rc::Rc};

use mnist::Dataset;
use mnist_cubic::{
    network::notebook_and_control,
    report::{Criterion, Mistakes, Reference, Value},
    settings::Settings,
    train::Evaluation,
};

fn reference() -> Reference {
    Reference::from_json(&fs::read_to_string("www/ready-made/runs.json").unwrap()).unwrap()
}

#[test]
fn the_file_is_of_the_notebooks_settings() {
    let expected =
        Settings { seed: 1001, runs: 10, networks: notebook_and_control(), ..Settings::default() };
    let reference = reference();
    assert_eq!(reference.experiment().settings, expected);
    assert_eq!(reference.experiment().validation_images, 3461);
}

/// Means over ten seeds at epoch 50, against those of ten Keras runs (`tests/keras/reference.json`),
/// within four standard errors of their difference. `cargo xtask parity` compares more.
#[test]
fn mistakes_are_as_many_as_keras_makes() {
    let reference = reference();
    let keras = fs::read("tests/keras/reference.json").unwrap();
    let keras: serde_json::Value = serde_json::from_slice(&keras).unwrap();
    let experiment = reference.experiment();
    for (index, network) in experiment.settings.networks.iter().enumerate() {
        let values = reference.values(experiment, index, Criterion::Mistakes, 50).unwrap();
        let counts = values.into_iter().map(|value| match value {
            Value::Measured(count) => count,
            other => panic!("{}: {other:?}", network.name),
        });
        let wrong = counts.sum::<f64>() / 10.0;
        let accuracy = &keras[&network.name]["val_accuracy"];
        let images = f64::from(experiment.validation_images);
        let of_keras = images * (1.0 - accuracy["mean"][49].as_f64().unwrap());
        let sd = images * accuracy["sd"][49].as_f64().unwrap();
        let standard_error = sd * (2.0_f64 / 10.0).sqrt();
        println!("{}: {wrong} mistakes, Keras {of_keras:.1}", network.name);
        assert!((wrong - of_keras).abs() < 4.0 * standard_error, "{}", network.name);
    }
}

/// Rounded to int8, they may turn one image that was on the edge.
#[test]
#[ignore = "reads MNIST, which MNIST_DIR names"]
fn the_ready_made_weights_are_those_of_the_first_run() {
    let mnist = common::mnist();
    let test = common::sparse(&Dataset::choose(&common::DIGITS, &mnist.test).unwrap());
    let reference = reference();
    for (index, name) in ["custom", "dense"].into_iter().enumerate() {
        let network = common::first_network(name);
        let evaluated = Evaluation::of_all(Rc::clone(&test)).run(&network);
        let told = reference.experiment().runs[0].networks[index].test.unwrap();
        let (ours, told) = (Mistakes::of(&evaluated).count, told.mistakes.count);
        println!("{name}: {ours} mistakes, {told} in single precision");
        assert!(ours.abs_diff(told) <= 1, "{name}: {ours} mistakes, {told} in the file");
    }
}
