//! The weights that training starts from: Keras's distributions, and which networks share them.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use mnist_cubic::{
    network::{Kind, parse_networks},
    nn::init::start,
    train::State,
};

/// The notebook's, all kinds, deep, narrow and wide ones.
const NETWORKS: [&str; 9] = [
    "relu150,relu100,cubic50",
    "relu100,relu50",
    "relu150,relu100,relu50",
    "tanh80,square40",
    "linear512,sine512",
    "softsign20,zero20",
    "cubic60,cubic60,cubic60",
    "relu1,cubic1,tanh1",
    "relu40,tanh40,linear40,cubic40,square40,sine40",
];

/// A tensor's name, whether it is of a custom layer, its layer's inputs and units, and its values.
struct Tensor {
    name: String,
    is_custom: bool,
    inputs: usize,
    units: usize,
    values: Vec<f32>,
}

fn tensors(text: &str, classes: usize, seed: u32) -> Vec<Tensor> {
    let architecture = common::layers(text);
    let weights = start(&architecture, classes, seed);
    let mut rest = &weights[..];
    let mut tensors = Vec::new();
    for layer in architecture.layers(classes) {
        for tensor in layer.tensors() {
            let (values, others) = rest.split_at(tensor.len());
            rest = others;
            tensors.push(Tensor {
                name: tensor.name,
                is_custom: matches!(layer.kind, Kind::Custom(_)),
                inputs: layer.inputs,
                units: layer.units,
                values: values.to_vec(),
            });
        }
    }
    assert!(rest.is_empty(), "{text}");
    tensors
}

#[test]
fn every_kind_of_layer_is_among_the_networks() {
    for kind in Kind::all() {
        let is_in = |text: &&str| common::layers(text).0.iter().any(|layer| layer.0 == kind);
        assert!(NETWORKS.iter().any(is_in), "{}", kind.word());
    }
}

/// Keras's `GlorotUniform`, `Zeros` and `RandomNormal` (standard deviation 0.05), by their
/// statistics. With n values the mean's standard error is sd / √n, the sample sd's at most about
/// sd / √(2n), and that of a share p is √(p (1 − p) / n); the bounds are four of them, so that a
/// right start fails once in about 10,000.
#[test]
fn weights_start_as_in_keras() {
    for (text, classes) in NETWORKS.into_iter().zip([3, 3, 3, 2, 10, 3, 3, 3, 4]) {
        for tensor in tensors(text, classes, 1) {
            let what = format!("{text}: {}", tensor.name);
            let values = tensor.values.iter().copied().map(f64::from);
            if tensor.name.ends_with(".bias") {
                assert!(values.clone().all(|v| v == 0.0), "{what}");
                continue;
            }
            // The share within one standard deviation tells the distributions apart.
            let (sd, share) = if tensor.is_custom {
                (0.05, 0.6827)
            } else {
                let limit = (6.0 / (tensor.inputs + tensor.units) as f64).sqrt();
                let largest = values.clone().map(f64::abs).fold(0.0, f64::max);
                assert!(largest <= limit * (1.0 + 1e-7), "{what}: {largest}");
                // Of n values all are below 0.9 with a chance of 0.9ⁿ.
                assert!(values.len() < 100 || largest > 0.9 * limit, "{what}");
                (limit / 3_f64.sqrt(), 1.0 / 3_f64.sqrt())
            };
            let n = values.len() as f64;
            let mean = values.clone().sum::<f64>() / n;
            assert!(mean.abs() < 4.0 * sd / n.sqrt(), "{what}: mean {mean}");
            let found = (values.clone().map(|v| (v - mean).powi(2)).sum::<f64>() / n).sqrt();
            let bound = 4.0 * sd / (2.0 * n).sqrt();
            assert!((found - sd).abs() < bound, "{what}: sd {found}, not {sd}");
            let within = values.filter(|v| v.abs() < sd).count() as f64 / n;
            let bound = 4.0 * (share * (1.0 - share) / n).sqrt();
            assert!((within - share).abs() < bound, "{what}: {within} within sd");
        }
    }
}

/// No two tensors hold the same numbers, nor the same ones scaled.
#[test]
fn tensors_are_drawn_apart() {
    let signs = |values: &[f32]| values.iter().map(|v| *v > 0.0).take(60).collect::<Vec<_>>();
    let mut seen: Vec<(String, Vec<bool>)> = Vec::new();
    for tensor in tensors("relu40,tanh40,cubic40,cubic40,relu40,cubic40", 3, 1) {
        if tensor.name.ends_with(".bias") || tensor.values.len() < 60 {
            continue; // Zeros, or so few that chance could make them alike.
        }
        let signs = signs(&tensor.values);
        for (other, others) in &seen {
            assert_ne!(&signs, others, "{other} and {}", tensor.name);
        }
        seen.push((tensor.name, signs));
    }
    assert_eq!(seen.len(), 10);
}

/// The values of each layer, one after another.
fn by_layer(text: &str, classes: usize, seed: u32) -> Vec<Vec<f32>> {
    let mut layers: Vec<(String, Vec<f32>)> = Vec::new();
    for Tensor { name, values, .. } in tensors(text, classes, seed) {
        let layer = name.split('.').next().unwrap_or_default();
        match layers.last_mut() {
            Some((last, of_layer)) if last == layer => of_layer.extend(values),
            _ => layers.push((layer.to_owned(), values)),
        }
    }
    layers.into_iter().map(|(_, values)| values).collect()
}

/// The custom network and the control among them. A layer with other units changes the next one's
/// shape, and so that one's start.
#[test]
fn networks_which_differ_in_one_layer_share_the_others() {
    for (one, other, differing) in [
        ("relu150,relu100,cubic50", "relu150,relu100,relu50", &[2][..]),
        ("relu80,relu40,relu20", "cubic80,relu40,relu20", &[0]),
        ("sine80,tanh40,relu40,cubic20", "sine80,zero40,relu40,cubic20", &[1]),
        ("relu80,relu40,cubic20", "relu80,relu41,cubic20", &[1, 2]),
        ("relu80,relu40,relu20", "relu80,relu40,relu20,relu20", &[3]),
    ] {
        let (ones, others) = (by_layer(one, 3, 7), by_layer(other, 3, 7));
        for (place, (ours, theirs)) in ones.iter().zip(&others).enumerate() {
            let is_shared = !differing.contains(&place);
            assert_eq!(ours == theirs, is_shared, "{one}, {other}: layer {place}");
        }
    }
}

/// Cubic and square layers start alike: only the place and the shape count.
#[test]
fn a_start_depends_on_seed_place_and_shape_alone() {
    assert_eq!(
        start(&common::layers("relu80,cubic40"), 3, 1),
        start(&common::layers("tanh80,square40"), 3, 1)
    );
    let start = by_layer("relu80,cubic40", 3, 1);
    for (place, (one, other)) in start.iter().zip(by_layer("relu80,cubic40", 3, 2)).enumerate() {
        assert_ne!(*one, other, "layer {place} of another seed");
    }
    for (place, (one, other)) in start.iter().zip(by_layer("relu80,cubic40", 4, 1)).enumerate() {
        assert_eq!(*one == other, place < 2, "layer {place} for another class");
    }
}

/// A name and a rate are no part of what `State::start` gets; they are no part of what is read either.
#[test]
fn name_and_rate_play_no_part() {
    let networks = parse_networks("a:relu80,cubic40;b:relu80,cubic40@0.1");
    let starts = networks.map(|networks| {
        let start = |i: usize| State::start(&networks[i].architecture, 3, 1);
        (start(0), start(1))
    });
    assert!(starts.is_ok_and(|(one, other)| one == other && one.epoch == 0));
}
