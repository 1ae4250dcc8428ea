//! From the starts in `tests/first-version`, unshuffled, the histories that the first version gave
//! in WebAssembly, to the last bit: natively here, and in the browser by `tests/page`.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

mod common;

use std::fs;

use mnist_cubic::{
    network::{notebook_and_control, safetensors},
    settings::Settings,
    train::{Metrics, Order, Snapshots, State, TrainConfig, Training},
};

#[test]
#[ignore = "reads MNIST, which MNIST_DIR names"]
fn histories_are_those_of_the_first_version() {
    let images = common::training_images();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/first-version");
    let histories = fs::read_to_string(format!("{folder}/histories.csv")).unwrap();
    for network in notebook_and_control() {
        let name = &network.name;
        let start = fs::read(format!("{folder}/{name}.safetensors")).unwrap();
        let weights = safetensors::read_start(&network.architecture, &start, 3).unwrap();
        let config = TrainConfig {
            order: Order::AsInFile,
            snapshots: Snapshots::Full,
            ..Settings { epochs: 20, ..Settings::default() }.train_config(&network, 0)
        };
        let state = State { epoch: 0, weights };
        let mut training = Training::new(config, common::sparse(&images), state).unwrap();
        for epoch in 1..=20 {
            let metrics = training.epoch().unwrap().metrics.unwrap();
            let Metrics { loss, accuracy, val_loss, val_accuracy } = metrics;
            // Rust writes as many digits as tell a double from its neighbours.
            let line = format!("{name},{epoch},{loss},{accuracy},{val_loss},{val_accuracy}");
            let expected =
                histories.lines().find(|line| line.starts_with(&format!("{name},{epoch},")));
            assert_eq!(Some(line.as_str()), expected);
        }
    }
}
