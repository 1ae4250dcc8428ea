//! Gradients against central finite differences of the same formulas in f64.
//!
//! The differences use a step of 1e-5: their own error, about step² times the third derivative
//! plus 1e-16 / step, is then below 1e-9. What is left is the rounding of f32 in the gradients,
//! whose sums have up to 784 terms: about 784 × 6e-8 ≈ 5e-5 of the largest of a tensor. The bound
//! is four times that. (softsign's second derivative jumps at 0, from 2 to −2: there the error is
//! about the step.) Where a step takes a relu across its kink there is no derivative to compare
//! with; the differences see that, and at most a fifth may be passed over.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

mod common;

use common::reference::Reference;
use mnist::PIXELS;
use mnist_cubic::{
    network::{Architecture, Kind},
    nn::{Network, SparseRows, init::start, loss::cross_entropy},
};
use rand::{RngExt, SeedableRng, distr::Uniform};
use rand_chacha::ChaCha8Rng;

const STEP: f64 = 1e-5;
/// So large that a step is far above the rounding of the weights; a power of two, which rounds nothing.
const RATE: f32 = 1024.0;
const BOUND: f64 = 2e-4;
/// The share of pixels that are not zero: as in MNIST, where the zeros are passed over...
const SPARSE: f32 = 0.2;
/// ... and where they are not.
const FULL: f32 = 0.9;
/// Elements of a tensor that are compared; smaller tensors are compared whole.
const SAMPLED: usize = 150;

#[test]
fn the_notebooks_networks_and_the_control() {
    for network in common::NOTEBOOK {
        check(network, SPARSE);
        check(network, FULL);
    }
}

#[test]
fn every_kind_of_layer_alone() {
    for kind in Kind::all() {
        let network = format!("{}60", kind.word());
        check(&network, SPARSE);
        check(&network, FULL);
    }
}

#[test]
fn every_kind_of_layer_between_others() {
    for kind in Kind::all() {
        check(&format!("relu60,{}40,relu20", kind.word()), SPARSE);
        check(&format!("tanh30,{}20", kind.word()), FULL);
    }
}

#[test]
fn networks_with_two_custom_layers() {
    check("relu60,cubic40,square30", SPARSE);
    check("relu60,cubic40,cubic30", SPARSE);
    check("sine60,softsign30", SPARSE);
    check("square40,zero30", FULL);
    check("softsign40,tanh30,sine20,linear10", FULL);
}

/// Widths at and below the borders of the products' tiles.
#[test]
fn narrow_networks() {
    check("relu7,cubic1,linear3", SPARSE);
    check("softsign3,relu8,square9", FULL);
    check("sine52", SPARSE);
}

/// Compares the gradients of a network whose images have this share of ink.
fn check(text: &str, ink: f32) {
    let architecture = common::layers(text);
    let classes = [0, 1, 2, 2, 0, 1, 1, 0];
    let mut rng = ChaCha8Rng::seed_from_u64(7);
    let values = Uniform::new(1.0 - 1.0 / ink, 1.0).unwrap();
    let pixels: Vec<f32> =
        (0..classes.len() * PIXELS).map(|_| rng.sample(values).max(0.0)).collect();
    let weights = start(&architecture, 3, 5);

    let gradients = gradients(&architecture, &weights, &pixels, &classes);
    let pixels: Vec<f64> = pixels.into_iter().map(f64::from).collect();
    let mut reference = Reference::new(&architecture, 3, &weights);
    let relus = reference.outcome(&pixels, &classes).relus;
    let (mut compared, mut passed_over) = (0, 0);
    for (tensor, config) in architecture.tensors(3).iter().enumerate() {
        let (name, ours) = (&config.name, &gradients[tensor]);
        assert_eq!(ours.len(), config.len(), "{text}: {name}");
        let largest = ours.iter().map(|value| value.abs()).fold(0.0, f32::max);
        // f = 0 makes nothing of V.
        let is_zero = name.starts_with("zero") && name.ends_with(".v");
        assert_eq!(largest == 0.0, is_zero, "{text}: {name} up to {largest}");
        let stride = (ours.len() / SAMPLED).max(1);
        for (at, &ours) in ours.iter().enumerate().step_by(stride) {
            let mut shifted = |shift: f64| {
                let value = reference.tensors[tensor][at];
                reference.tensors[tensor][at] = value + shift;
                let outcome = reference.outcome(&pixels, &classes);
                reference.tensors[tensor][at] = value;
                outcome
            };
            let (up, down) = (shifted(STEP), shifted(-STEP));
            compared += 1;
            if up.relus != relus || down.relus != relus {
                passed_over += 1;
                continue;
            }
            let expected = (up.loss - down.loss) / (2.0 * STEP);
            let error = (f64::from(ours) - expected).abs();
            assert!(
                error <= BOUND * f64::from(largest),
                "{text}: {name}[{at}] is {ours}, expected {expected}"
            );
        }
    }
    assert!(5 * passed_over <= compared, "{text}: {passed_over} of {compared} are at a kink");
}

/// The gradient of each tensor, in the order of the weights: a step of descent takes RATE of it away.
fn gradients(
    architecture: &Architecture,
    weights: &[f32],
    pixels: &[f32],
    classes: &[usize],
) -> Vec<Vec<f32>> {
    let network = Network::new(architecture, 3, weights);
    let logits = network.forward_recorded(SparseRows::new(pixels, PIXELS));
    cross_entropy(logits, classes).backward();
    let after = network.descend(f64::from(RATE)).weights();
    let mut all = weights.iter().zip(after).map(|(before, after)| (before - after) / RATE);
    let tensors = architecture.tensors(3);
    tensors.iter().map(|tensor| all.by_ref().take(tensor.len()).collect()).collect()
}
