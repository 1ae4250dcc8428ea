//! Gradients against central finite differences of the same formulas in f64.
//!
//! The differences use a step of 1e-5: their own error, about step² times the third derivative
//! plus 1e-16 / step, is then below 1e-9. What is left is the rounding of f32 in the gradients,
//! whose sums have up to 784 terms: about 784 × 6e-8 ≈ 5e-5 of the largest of a tensor. The bound
//! is four times that.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

use burn::{module::Module, tensor::Gradients};
use mnist_cubic::{
    data::PIXELS,
    model::{
        Cubic, Dense, Layer, ModelKind, Network, Weights,
        architecture::{LayerKind, layers},
        initial_weights,
        ops::{self, from_values, into_values},
    },
};
use rand::{RngExt, SeedableRng, distr::Uniform};
use rand_chacha::ChaCha8Rng;

const STEP: f64 = 1e-5;
const BOUND: f64 = 2e-4;
/// The share of pixels that are not zero: as in MNIST, where the zeros are passed over...
const SPARSE: f32 = 0.2;
/// ... and where they are not.
const FULL: f32 = 0.9;
/// Elements of a tensor that are compared; smaller tensors are compared whole.
const SAMPLED: usize = 150;

#[test]
fn the_custom_network() {
    whole_network(ModelKind::Custom, SPARSE);
    whole_network(ModelKind::Custom, FULL);
}

#[test]
fn the_dense_network() {
    whole_network(ModelKind::Dense, SPARSE);
    whole_network(ModelKind::Dense, FULL);
}

#[test]
fn the_control_network() {
    whole_network(ModelKind::Control, SPARSE);
    whole_network(ModelKind::Control, FULL);
}

fn whole_network(model: ModelKind, ink: f32) {
    let classes = [0, 1, 2, 2, 0, 1, 1, 0];
    let mut rng = ChaCha8Rng::seed_from_u64(7);
    let pixels: Vec<f32> = (0..classes.len() * PIXELS)
        .map(|_| {
            rng.sample(Uniform::new(1.0 - 1.0 / ink, 1.0).unwrap())
                .max(0.0)
        })
        .collect();
    let start = initial_weights(model, 3, 5);

    let network = Network::new(model, 3, &start).train();
    let x = from_values(pixels.clone(), [classes.len(), PIXELS]).autodiff();
    let gradients = ops::cross_entropy(network.forward(x), &classes).backward();
    let gradients = of_weights(&network, &gradients);

    let mut reference = Reference::new(model, &start);
    let pixels: Vec<f64> = pixels.into_iter().map(f64::from).collect();
    for (tensor, (name, ours)) in gradients.into_iter().enumerate() {
        let largest = ours.iter().map(|value| value.abs()).fold(0.0, f32::max);
        assert!(
            largest > 0.0,
            "{model}: the gradient of {name} is nothing but zeros"
        );
        let stride = (ours.len() / SAMPLED).max(1);
        for (at, &ours) in ours.iter().enumerate().step_by(stride) {
            let mut loss = |shift: f64| {
                let value = reference.tensors[tensor][at];
                reference.tensors[tensor][at] = value + shift;
                let loss = reference.loss(&pixels, &classes);
                reference.tensors[tensor][at] = value;
                loss
            };
            let expected = (loss(STEP) - loss(-STEP)) / (2.0 * STEP);
            let error = (f64::from(ours) - expected).abs() / f64::from(largest);
            assert!(
                error < BOUND,
                "{model}, {name}[{at}]: {ours}, expected {expected}"
            );
        }
    }
}

/// Each tensor's name and gradient, in the order of the weights.
fn of_weights(network: &Network, gradients: &Gradients) -> Vec<(String, Vec<f32>)> {
    let mut found = Vec::new();
    for (index, layer) in network.layers.iter().enumerate() {
        let mut add =
            |name: &str, gradient| found.push((format!("layer {index} {name}"), gradient));
        match layer {
            Layer::Relu(Dense { weight, bias }) | Layer::Scores(Dense { weight, bias }) => {
                add("weight", into_values(weight.val().grad(gradients).unwrap()));
                add("bias", into_values(bias.val().grad(gradients).unwrap()));
            }
            Layer::Cubic(Cubic { v, w, b }) => {
                add("v", into_values(v.val().grad(gradients).unwrap()));
                add("w", into_values(w.val().grad(gradients).unwrap()));
                add("b", into_values(b.val().grad(gradients).unwrap()));
            }
        }
    }
    found
}

/// The same networks in f64, straight from their formulas.
struct Reference {
    /// Kind, inputs and units of each layer.
    layers: Vec<(LayerKind, usize, usize)>,
    tensors: Vec<Vec<f64>>,
}

impl Reference {
    fn new(model: ModelKind, weights: &Weights) -> Self {
        let layers = layers(model, 3)
            .iter()
            .map(|l| (l.kind, l.inputs, l.units))
            .collect();
        let tensors = weights
            .iter()
            .map(|(.., values)| values.iter().copied().map(f64::from).collect())
            .collect();
        Self { layers, tensors }
    }

    fn loss(&self, pixels: &[f64], classes: &[usize]) -> f64 {
        let losses = pixels
            .chunks_exact(PIXELS)
            .zip(classes)
            .map(|(image, &class)| {
                let scores = self.scores(image);
                scores.iter().map(|score| score.exp()).sum::<f64>().ln() - scores[class]
            });
        losses.sum::<f64>() / classes.len() as f64
    }

    fn scores(&self, image: &[f64]) -> Vec<f64> {
        let mut tensors = self.tensors.iter();
        self.layers
            .iter()
            .fold(image.to_vec(), |x, &(kind, inputs, units)| {
                let mut next = || tensors.next().unwrap();
                let dot = |x: &dyn Fn(usize) -> f64, m: &[f64], unit: usize| -> f64 {
                    (0..inputs).map(|i| x(i) * m[i * units + unit]).sum()
                };
                if kind == LayerKind::Cubic {
                    let (v, w, b) = (next(), next(), next());
                    let y = |j| dot(&|i| x[i].powi(3), v, j) - dot(&|i| x[i], w, j) + b[j];
                    (0..units).map(y).collect()
                } else {
                    let (weight, bias) = (next(), next());
                    let y = |j| dot(&|i| x[i], weight, j) + bias[j];
                    let relu = kind == LayerKind::Relu;
                    (0..units)
                        .map(|j| if relu { f64::max(0.0, y(j)) } else { y(j) })
                        .collect()
                }
            })
    }
}
