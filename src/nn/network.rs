//! A network: layers with their weights, one after another.

use burn::{module::Module, tensor::Tensor};
use mnist::PIXELS;

use crate::{
    autodiff::{from_values, into_values},
    network::{Architecture, Kind, LayerConfig},
    nn::{custom::Custom, dense::Dense},
};

/// A layer with its weights.
#[derive(Module, Debug)]
pub enum Layer {
    /// activation(x·W + b).
    Dense(Dense),
    /// f(x)·V − x·W + b.
    Custom(Custom),
}

/// Layers, one after another: Keras's `Sequential`.
#[derive(Module, Debug)]
pub struct Network {
    /// First to last.
    pub layers: Vec<Layer>,
}

impl Network {
    /// The network with these weights, the values of [`Architecture::tensors`] one after another,
    /// each in row-major order. It lies on the plain device: for classifying, and after
    /// [`Module::train`] for training.
    ///
    /// # Panics
    /// If there are not as many weights as the network has.
    pub fn new(architecture: &Architecture, classes: usize, weights: &[f32]) -> Self {
        assert_eq!(weights.len(), architecture.parameters(classes), "weights");
        let mut rest = weights;
        let layers = architecture.layers(classes);
        let layers = layers.iter().map(|config| Layer::new(config, &mut rest));
        Self { layers: layers.collect() }
    }

    /// The logits of each class; softmax of them gives the probabilities.
    ///
    /// # Shapes
    /// - `images`: `[batch, 784]`, values 0 to 1
    /// - result: `[batch, classes]`
    pub fn forward(&self, images: Tensor<2>) -> Tensor<2> {
        self.layers.iter().fold(images, |x, layer| layer.forward(x))
    }

    /// The logits of images, for a network on the plain device.
    ///
    /// # Shapes
    /// - `pixels`: `[batch, 784]` in row-major order, values 0 to 1
    /// - result: `[batch, classes]` in row-major order
    pub fn logits(&self, pixels: Vec<f32>) -> Vec<f32> {
        let batch = pixels.len() / PIXELS;
        into_values(self.forward(from_values(pixels, [batch, PIXELS])))
    }

    /// The outputs of each hidden layer for one image of 784 values from 0 to 1, for a network on
    /// the plain device.
    pub fn activations(&self, pixels: Vec<f32>) -> Vec<Vec<f32>> {
        let mut x = from_values(pixels, [1, PIXELS]);
        let hidden = self.layers.split_last().map_or(&[][..], |(_, hidden)| hidden);
        let outputs = hidden.iter().map(|layer| {
            x = layer.forward(x.clone());
            into_values(x.clone())
        });
        outputs.collect()
    }

    /// The weights, as [`Network::new`] takes them.
    pub fn weights(&self) -> Vec<f32> {
        self.layers.iter().flat_map(Layer::weights).collect()
    }
}

impl Layer {
    fn new(config: &LayerConfig, weights: &mut &[f32]) -> Self {
        match config.kind {
            Kind::Dense(activation) => Self::Dense(Dense::new(config, activation, weights)),
            Kind::Custom(function) => Self::Custom(Custom::new(config, function, weights)),
        }
    }

    /// The layer's output, `[batch, units]`, for `x` of shape `[batch, inputs]`.
    pub fn forward(&self, x: Tensor<2>) -> Tensor<2> {
        match self {
            Self::Dense(dense) => dense.forward(x),
            Self::Custom(custom) => custom.forward(x),
        }
    }

    fn weights(&self) -> Vec<f32> {
        let (matrices, vector) = match self {
            Self::Dense(Dense { weight, bias, .. }) => (vec![weight], bias),
            Self::Custom(Custom { v, w, b, .. }) => (vec![v, w], b),
        };
        let mut weights = Vec::new();
        for matrix in matrices {
            weights.extend(into_values(matrix.val().without_autodiff()));
        }
        weights.extend(into_values(vector.val().without_autodiff()));
        weights
    }
}
