//! Networks computed in f64 straight from their formulas, with nothing of the project but the list
//! of their layers.

use mnist::PIXELS;
use mnist_cubic::network::{Architecture, Kind, LayerConfig};

/// A network in f64.
pub struct Reference {
    layers: Vec<LayerConfig>,
    /// In the order of [`Architecture::tensors`].
    pub tensors: Vec<Vec<f64>>,
}

/// What the images gave a network.
pub struct Outcome {
    /// The mean of −ln p(class).
    pub loss: f64,
    /// For each image and unit of a relu layer, whether it was above 0.
    pub relus: Vec<bool>,
}

impl Reference {
    pub fn new(architecture: &Architecture, classes: usize, weights: &[f32]) -> Self {
        let mut rest = weights.iter().copied().map(f64::from);
        let tensors = architecture.tensors(classes);
        Self {
            layers: architecture.layers(classes),
            tensors: tensors
                .iter()
                .map(|tensor| rest.by_ref().take(tensor.len()).collect())
                .collect(),
        }
    }

    /// The logits of an image.
    pub fn logits(&self, image: &[f64]) -> Vec<f64> {
        self.forward(image, &mut Vec::new())
    }

    /// What these images, one after another, of these classes give.
    pub fn outcome(&self, images: &[f64], classes: &[usize]) -> Outcome {
        let mut relus = Vec::new();
        let mut sum = 0.0;
        for (image, &class) in images.chunks_exact(PIXELS).zip(classes) {
            sum -= softmax(&self.forward(image, &mut relus))[class].ln();
        }
        Outcome { loss: sum / classes.len() as f64, relus }
    }

    fn forward(&self, image: &[f64], relus: &mut Vec<bool>) -> Vec<f64> {
        let mut tensors = self.tensors.iter();
        let mut x = image.to_vec();
        for layer in &self.layers {
            let word = layer.kind.word();
            let mut tensor = || tensors.next().unwrap();
            x = match layer.kind {
                Kind::Dense(_) => {
                    let (weight, bias) = (tensor(), tensor());
                    let z = add(&times(&x, weight), bias);
                    if word == "relu" {
                        relus.extend(z.iter().map(|&z| z > 0.0));
                    }
                    z.into_iter().map(activation(word)).collect()
                }
                Kind::Custom(_) => {
                    let (v, w, b) = (tensor(), tensor(), tensor());
                    let fx: Vec<f64> = x.iter().copied().map(function(word)).collect();
                    let minus_x: Vec<f64> = x.iter().map(|x| -x).collect();
                    add(&add(&times(&fx, v), &times(&minus_x, w)), b)
                }
            };
        }
        x
    }
}

/// The activation that Keras calls so. A new one needs its line here.
fn activation(word: &str) -> fn(f64) -> f64 {
    match word {
        "relu" => |z| z.max(0.0),
        "tanh" => f64::tanh,
        "linear" => |z| z,
        _ => panic!("no reference for the activation {word}"),
    }
}

/// The f of a custom layer. A new one needs its line here.
fn function(word: &str) -> fn(f64) -> f64 {
    match word {
        "cubic" => |x| x.powi(3),
        "square" => |x| x.powi(2),
        "sine" => f64::sin,
        "softsign" => |x| x / (1.0 + x.abs()),
        "zero" => |_| 0.0,
        _ => panic!("no reference for the function {word}"),
    }
}

/// x·M, where M has a row for each x.
fn times(x: &[f64], m: &[f64]) -> Vec<f64> {
    let units = m.len() / x.len();
    let mut product = vec![0.0; units];
    for (x, row) in x.iter().zip(m.chunks_exact(units)) {
        if *x != 0.0 {
            for (product, m) in product.iter_mut().zip(row) {
                *product += x * m;
            }
        }
    }
    product
}

fn add(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a + b).collect()
}

/// The probability of each class.
pub fn softmax(logits: &[f64]) -> Vec<f64> {
    let highest = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let powers = logits.iter().map(|logit| (logit - highest).exp());
    let sum: f64 = powers.clone().sum();
    powers.map(|power| power / sum).collect()
}
