//! Five epochs from a start that Keras wrote, without shuffling, give what Keras reports.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

mod common;

use std::{fs, rc::Rc};

use mnist_cubic::{
    data::{Batch, split::split},
    model::{ModelKind, Weights, ops::softmax},
    training::{Options, Trainer, evaluation::scores},
};
use serde::Deserialize;

/// `golden.json`, as far as it is read here.
#[derive(Deserialize)]
struct Golden {
    batch_size: usize,
    learning_rate: f64,
    custom: Model,
    dense: Model,
}

#[derive(Deserialize)]
struct Model {
    loss: Vec<f64>,
    accuracy: Vec<f64>,
    val_loss: Vec<f64>,
    val_accuracy: Vec<f64>,
    val_probabilities_first_32: Vec<Vec<f32>>,
}

#[test]
fn custom_equals_keras() {
    equals_keras(ModelKind::Custom);
}

#[test]
fn dense_equals_keras() {
    equals_keras(ModelKind::Dense);
}

fn equals_keras(model: ModelKind) {
    let Some(images) = common::training_images() else {
        return;
    };
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/keras/fixed-start-100");
    let golden: Golden =
        serde_json::from_slice(&fs::read(format!("{folder}/golden.json")).unwrap()).unwrap();
    let start = fs::read(format!("{folder}/init-{model}.safetensors")).unwrap();
    let (start, _) = Weights::from_safetensors(&start, model).unwrap();
    let options = Options {
        batch_size: golden.batch_size,
        learning_rate: golden.learning_rate,
        seed: 0,
        shuffle: false,
    };
    let expected = if model == ModelKind::Custom {
        golden.custom
    } else {
        golden.dense
    };

    let mut trainer = Trainer::new(model, Rc::clone(&images), &start, options).unwrap();
    let (training, validation) = split(images.len());
    let same_loss = |name: &str, epoch: usize, ours: f64, keras: f64| {
        assert!(
            (ours / keras - 1.0).abs() < 1e-3,
            "{model}, epoch {}: {name} {ours}, Keras {keras}",
            epoch + 1
        );
    };
    let same_accuracy = |name: &str, epoch: usize, ours: f64, keras: f64, images: usize| {
        assert!(
            (ours - keras).abs() * (images as f64) < 2.5,
            "{model}, epoch {}: {name} {ours}, Keras {keras}",
            epoch + 1
        );
    };
    for epoch in 0..expected.loss.len() {
        let ours = trainer.epoch();
        same_loss("loss", epoch, ours.loss, expected.loss[epoch]);
        same_loss("val_loss", epoch, ours.val_loss, expected.val_loss[epoch]);
        let keras = (expected.accuracy[epoch], expected.val_accuracy[epoch]);
        same_accuracy("accuracy", epoch, ours.accuracy, keras.0, training.len());
        same_accuracy(
            "val_accuracy",
            epoch,
            ours.val_accuracy,
            keras.1,
            validation.len(),
        );
    }
    let rows = &expected.val_probabilities_first_32;
    let batch = Batch::new(&images, validation.start..validation.start + rows.len());
    let scores = scores(&trainer.network(), batch.pixels);
    for (row, (scores, keras)) in scores.chunks_exact(3).zip(rows).enumerate() {
        for (ours, keras) in softmax(scores).iter().zip(keras) {
            assert!(
                (ours - keras).abs() < 1e-3,
                "{model}, validation image {row}: probability {ours}, Keras {keras}"
            );
        }
    }
}
