//! The histories in `tests/histories/histories.tsv`, to the last bit: natively here, and in browsers
//! by `tests/page/correctness.test.js`. They hold whatever makes training quicker to the same sums.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

mod common;

use std::rc::Rc;

use mnist::Dataset;
use mnist_cubic::{
    nn::SparseImages,
    settings::Settings,
    train::{Metrics, State, Training},
};

#[test]
#[ignore = "reads MNIST, which MNIST_DIR names"]
fn histories_are_the_same_to_the_last_bit() {
    let mnist = common::mnist();
    let recorded = include_str!("histories/histories.tsv").lines().skip(1);
    let mut recorded = recorded.map(|line| line.split('\t').collect::<Vec<&str>>()).peekable();
    while let Some(first) = recorded.peek() {
        let (hash, name) = (first[0], first[1]);
        let settings = Settings::from_good_hash(hash).unwrap();
        let network = settings.networks.iter().find(|network| network.name == name).unwrap();
        let images = Dataset::choose(&settings.digits, &mnist.train).unwrap();
        let config = settings.train_config(network, 0);
        let state = State::start(&network.architecture, settings.classes(), settings.seed);
        let mut training =
            Training::new(config, Rc::new(SparseImages::new(&images)), state).unwrap();
        while let Some(line) = recorded.next_if(|line| line[..2] == [hash, name]) {
            let metrics = training.epoch().unwrap().metrics.unwrap();
            let Metrics { loss, accuracy, val_loss, val_accuracy } = metrics;
            let ours = [loss, accuracy, val_loss, val_accuracy].map(same_or_nan);
            let expected: Vec<u64> =
                line[3..].iter().map(|text| same_or_nan(text.parse().unwrap())).collect();
            assert_eq!(ours[..], expected, "{hash}, {name}, epoch {}: {metrics:?}", line[2]);
        }
        assert!(training.is_finished(), "{hash}, {name}: as many epochs");
    }
}

/// The bits of a number; every NaN is alike.
fn same_or_nan(number: f64) -> u64 {
    if number.is_nan() { u64::MAX } else { number.to_bits() }
}
