//! Training as a whole: it starts as it should, learns, and repeats itself.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

mod common;

use std::{collections::BTreeMap, rc::Rc};

use mnist::synthetic;
use mnist_cubic::{
    data::{Dataset, DigitImages, PIXELS},
    model::{ModelKind, architecture::layers, initial_weights},
    training::{Metrics, Options, Trainer},
};

const OPTIONS: Options = Options {
    batch_size: 32,
    learning_rate: 0.01,
    seed: 1,
    shuffle: true,
};

/// `count` images of each of 0, 2 and 5 that the project draws itself.
fn drawn_images(count: usize) -> Rc<Dataset> {
    let digits: BTreeMap<u8, Rc<DigitImages>> = common::DIGITS
        .iter()
        .map(|&digit| (digit, Rc::new(synthetic::images(3, digit, count))))
        .collect();
    Rc::new(Dataset::choose(&common::DIGITS, &digits).unwrap())
}

#[test]
fn one_batch_can_be_learned_by_heart() {
    for model in ModelKind::ALL {
        // Of 39 images 31 train, all in one batch.
        let images = drawn_images(13);
        let start = initial_weights(model, 3, 1);
        let mut trainer = Trainer::new(model, images, &start, OPTIONS).unwrap();
        let metrics = (0..600).map(|_| trainer.epoch()).last().unwrap();
        assert_eq!(metrics.accuracy, 1.0, "{model}");
        assert!(metrics.loss < 0.02, "{model}: {}", metrics.loss);
    }
}

#[test]
fn the_same_seed_gives_the_same_history_and_another_seed_another() {
    let history = |seed: u32| -> Vec<Metrics> {
        let start = initial_weights(ModelKind::Custom, 3, seed);
        let options = Options { seed, ..OPTIONS };
        let images = drawn_images(100);
        let mut trainer = Trainer::new(ModelKind::Custom, images, &start, options).unwrap();
        (0..3).map(|_| trainer.epoch()).collect()
    };
    assert_eq!(history(1), history(1));
    assert_ne!(history(1), history(2));
}

#[test]
fn too_few_images_are_refused() {
    let digits = BTreeMap::from([(
        0,
        Rc::new(DigitImages {
            pixels: vec![0; PIXELS],
            file_indices: vec![0],
        }),
    )]);
    let images = Rc::new(Dataset::choose(&[0], &digits).unwrap());
    let start = initial_weights(ModelKind::Dense, 2, 1);
    let error = Trainer::new(ModelKind::Dense, images, &start, OPTIONS).unwrap_err();
    assert_eq!(
        error.to_string(),
        "1 images to train on, expected at least 2"
    );
}

/// Keras's `GlorotUniform`, `Zeros` and `RandomNormal` (standard deviation 0.05), by their
/// statistics. With n values the mean's standard error is sd / √n, and the sample sd's about
/// sd / √(2n); the bounds are four of them, so that a right start fails once in about 10,000.
#[test]
fn weights_start_as_in_keras() {
    for model in ModelKind::ALL {
        let weights = initial_weights(model, 3, 1);
        for layer in layers(model, 3) {
            for tensor in layer.tensors() {
                let name = &tensor.name;
                let values = weights.get(name).unwrap();
                let n = values.len() as f64;
                let mean = values.iter().copied().map(f64::from).sum::<f64>() / n;
                let sd = (values
                    .iter()
                    .map(|&v| (f64::from(v) - mean).powi(2))
                    .sum::<f64>()
                    / n)
                    .sqrt();
                let expected_sd = match name.rsplit('.').next().unwrap() {
                    "bias" => {
                        assert!(values.iter().all(|&v| v == 0.0), "{model} {name}");
                        continue;
                    }
                    "weight" => {
                        let limit = (6.0 / (layer.inputs + layer.units) as f64).sqrt();
                        let largest = values
                            .iter()
                            .map(|v| f64::from(v.abs()))
                            .fold(0.0, f64::max);
                        assert!(largest <= limit, "{model} {name}: {largest} > {limit}");
                        assert!(
                            largest > 0.9 * limit,
                            "{model} {name}: {largest} of {limit}"
                        );
                        limit / 3_f64.sqrt()
                    }
                    _ => 0.05,
                };
                assert!(
                    mean.abs() < 4.0 * expected_sd / n.sqrt(),
                    "{model} {name}: mean {mean}"
                );
                let bound = 4.0 * expected_sd / (2.0 * n).sqrt();
                assert!((sd - expected_sd).abs() < bound, "{model} {name}: sd {sd}");
            }
        }
    }
}
