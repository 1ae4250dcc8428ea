//! Five epochs from a start that Keras wrote, without shuffling, give what Keras reports: for every
//! folder of `tests/keras` with a `golden.json`.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

mod common;

use std::{
    fs,
    path::{Path, PathBuf},
};

use mnist_cubic::{
    network::{Architecture, notebook, safetensors::read_start},
    nn::loss::softmax,
    train::{Order, State, TrainConfig, Training, batches::Batch, split},
};
use serde::Deserialize;
use serde_json::Value;

/// `golden.json` of any network.
#[derive(Deserialize)]
struct Golden {
    network: String,
    #[serde(flatten)]
    run: Run,
    /// What Keras gave when it ran once more.
    again: History,
}

/// `golden.json` of the notebook's networks.
#[derive(Deserialize)]
struct NotebookGolden {
    custom: Run,
    dense: Run,
}

#[derive(Deserialize)]
struct Run {
    #[serde(flatten)]
    history: History,
    val_probabilities_first_32: Vec<Vec<f32>>,
}

#[derive(Deserialize)]
struct History {
    loss: Vec<f64>,
    accuracy: Vec<f64>,
    val_loss: Vec<f64>,
    val_accuracy: Vec<f64>,
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/keras").join(name)
}

#[test]
#[ignore = "reads MNIST, which MNIST_DIR names"]
fn the_notebooks_networks_equal_keras() {
    let folder = folder("fixed-start-100");
    let golden = fs::read(folder.join("golden.json")).unwrap();
    let golden: NotebookGolden = serde_json::from_slice(&golden).unwrap();
    let [custom, dense] = <[_; 2]>::try_from(notebook()).unwrap();
    for (network, run) in [(custom, golden.custom), (dense, golden.dense)] {
        let start = folder.join(format!("init-{}.safetensors", network.name));
        equals_keras(&network.architecture, &start, &run, None);
    }
}

#[test]
#[ignore = "reads MNIST, which MNIST_DIR names"]
fn other_networks_equal_keras() {
    let mut networks = 0;
    for entry in fs::read_dir(folder("")).unwrap() {
        let folder = entry.unwrap().path();
        let Ok(golden) = fs::read(folder.join("golden.json")) else {
            continue;
        };
        let golden: Value = serde_json::from_slice(&golden).unwrap();
        if golden.get("network").is_none() {
            continue; // It is of the notebook's networks.
        }
        let golden: Golden = serde_json::from_value(golden).unwrap();
        let start = folder.join("init.safetensors");
        let architecture = common::layers(&golden.network);
        equals_keras(&architecture, &start, &golden.run, Some(&golden.again));
        networks += 1;
    }
    assert!(networks >= 2, "only {networks} networks");
}

/// Losses are compared relatively, and may differ twice as much as Keras's own two runs do where
/// that is more; accuracies may differ by two images.
fn equals_keras(architecture: &Architecture, start: &Path, keras: &Run, again: Option<&History>) {
    let images = common::training_images();
    let start = read_start(architecture, &fs::read(start).unwrap(), 3).unwrap();
    let config = TrainConfig {
        order: Order::AsInFile,
        architecture: architecture.clone(),
        ..common::config("relu1", 5)
    };
    let state = State { epoch: 0, weights: start };
    let mut training = Training::new(config, common::sparse(&images), state).unwrap();
    let (trained, validated) = split(images.len());

    let (mut furthest_loss, mut furthest_count, mut furthest_probability) = (0.0_f64, 0.0_f64, 0.0);
    for epoch in 0..5 {
        let what = format!("{architecture}, epoch {}", epoch + 1);
        let ours = training.epoch().unwrap().metrics.unwrap();
        let mut same_loss = |ours: f64, of: fn(&History) -> &[f64]| {
            let keras = of(&keras.history)[epoch];
            let distance = (ours / keras - 1.0).abs();
            let of_itself = again.map_or(0.0, |again| (of(again)[epoch] / keras - 1.0).abs());
            let bound = f64::max(1e-3, 2.0 * of_itself);
            assert!(distance <= bound, "{what}: loss {ours}, Keras {keras}");
            furthest_loss = furthest_loss.max(distance);
        };
        same_loss(ours.loss, |history| &history.loss);
        same_loss(ours.val_loss, |history| &history.val_loss);
        let mut same_accuracy = |ours: f64, keras: f64, images: usize| {
            let distance = ((ours - keras) * images as f64).abs().round();
            assert!(distance <= 2.0, "{what}: accuracy {ours}, Keras {keras}");
            furthest_count = furthest_count.max(distance);
        };
        let history = &keras.history;
        same_accuracy(ours.accuracy, history.accuracy[epoch], trained.len());
        same_accuracy(ours.val_accuracy, history.val_accuracy[epoch], validated.len());
    }

    let rows = &keras.val_probabilities_first_32;
    assert_eq!(rows.len(), 32);
    let batch = Batch::new(&common::sparse(&images), validated.start..validated.start + rows.len());
    let logits = training.network().forward(batch.images).values();
    for (row, (logits, keras)) in logits.chunks_exact(3).zip(rows).enumerate() {
        for (ours, keras) in softmax(logits).iter().zip(keras) {
            let distance = (ours - keras).abs();
            assert!(
                distance < 1e-3,
                "{architecture}, validation image {row}: probability {ours}, Keras {keras}"
            );
            furthest_probability = f32::max(furthest_probability, distance);
        }
    }
    println!(
        "{architecture}: losses within {furthest_loss:.1e}, accuracies within {furthest_count} \
         images, probabilities within {furthest_probability:.1e}"
    );
}
