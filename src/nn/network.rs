//! A network: layers with their weights, one after another.

use burn::module::Module;
use mnist::PIXELS;

use crate::{
    network::{Architecture, Kind, LayerConfig},
    nn::{
        SparseRows,
        custom::Custom,
        dense::Dense,
        layer::{Input, Outputs},
        weights::Weights,
    },
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
    /// each in row-major order.
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
    pub fn forward(&self, images: SparseRows) -> Outputs {
        self.outputs(Input::images(images, false))
    }

    /// As [`Network::forward`], tracked by autodiff: after a loss's backward pass,
    /// [`Network::descend`] takes a step.
    pub fn forward_recorded(&self, images: SparseRows) -> Outputs {
        self.outputs(Input::images(images, true))
    }

    fn outputs(&self, images: Input) -> Outputs {
        // PANIC: every network ends with its output layer.
        let (output, hidden) = self.layers.split_last().expect("a layer");
        let x = hidden.iter().fold(images, |x, layer| layer.forward(x).into());
        output.forward(x)
    }

    /// The logits of images, `[batch, classes]`, from their pixels, `[batch, 784]`; both in row-major
    /// order.
    pub fn logits(&self, pixels: &[f32]) -> Vec<f32> {
        self.forward(SparseRows::new(pixels, PIXELS)).values()
    }

    /// The outputs of each hidden layer for one image of 784 values from 0 to 1.
    pub fn activations(&self, image: &[f32]) -> Vec<Vec<f32>> {
        let hidden = self.layers.split_last().map_or(&[][..], |(_, hidden)| hidden);
        let mut x = Input::images(SparseRows::new(image, PIXELS), false);
        let mut outputs = Vec::new();
        for layer in hidden {
            let y = layer.forward(x);
            outputs.push(y.values());
            x = y.into();
        }
        outputs
    }

    /// Takes a step of stochastic gradient descent without momentum, with the gradients of the last
    /// backward pass: w ← w − rate·∂w.
    pub fn descend(self, rate: f64) -> Self {
        let layers = self.layers.into_iter().map(|layer| layer.descend(rate as f32));
        Self { layers: layers.collect() }
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
    pub(crate) fn forward(&self, x: Input) -> Outputs {
        match self {
            Self::Dense(dense) => dense.forward(x),
            Self::Custom(custom) => custom.forward(x),
        }
    }

    fn descend(self, rate: f32) -> Self {
        match self {
            Self::Dense(dense) => Self::Dense(dense.descend(rate)),
            Self::Custom(custom) => Self::Custom(custom.descend(rate)),
        }
    }

    fn weights(&self) -> Vec<f32> {
        let tensors = match self {
            Self::Dense(Dense { weight, bias, .. }) => vec![weight, bias],
            Self::Custom(Custom { v, w, b, .. }) => vec![v, w, b],
        };
        tensors.into_iter().flat_map(Weights::values).collect()
    }
}
