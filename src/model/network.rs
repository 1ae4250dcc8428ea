//! A network: layers, one after another.

use burn::{
    module::{Module, Param},
    tensor::Tensor,
};

use crate::model::{
    Cubic, Dense, ModelKind,
    architecture::{LayerConfig, LayerKind, layers},
    ops::{Activation, from_values, into_values},
    weights::Weights,
};

/// A layer with its weights.
#[derive(Module, Debug)]
pub enum Layer {
    /// Dense with relu.
    Relu(Dense),
    /// The custom layer.
    Cubic(Cubic),
    /// Dense without activation: the scores.
    Scores(Dense),
}

/// Layers, one after another: Keras's `Sequential`.
#[derive(Module, Debug)]
pub struct Network {
    /// First to last.
    pub layers: Vec<Layer>,
}

impl Network {
    /// The network of kind `model` with these weights, on the plain device: for classifying, and
    /// after [`Module::train`] for training.
    pub fn new(model: ModelKind, classes: usize, weights: &Weights) -> Self {
        let layers = layers(model, classes)
            .iter()
            .map(|config| Layer::new(config, weights))
            .collect();
        Self { layers }
    }

    /// The scores (logits) of each class; softmax of them gives the probabilities.
    ///
    /// # Shapes
    /// - `images`: `[batch, 784]`, values 0 to 1
    /// - result: `[batch, classes]`
    pub fn forward(&self, images: Tensor<2>) -> Tensor<2> {
        self.layers.iter().fold(images, |x, layer| layer.forward(x))
    }

    /// The weights of this network, which is of kind `model` and has `classes` classes.
    pub fn weights(&self, model: ModelKind, classes: usize) -> Weights {
        let mut weights = Weights::default();
        for (config, layer) in layers(model, classes).iter().zip(&self.layers) {
            for (tensor, values) in config.tensors().into_iter().zip(layer.values()) {
                weights.insert(tensor, values);
            }
        }
        weights
    }
}

impl Layer {
    fn new(config: &LayerConfig, weights: &Weights) -> Self {
        let mut tensors = config.tensors().into_iter().map(|tensor| {
            // PANIC: `weights` are those of this network, whoever made them.
            let values = weights.get(&tensor.name);
            values.expect("a network's weights are complete").to_vec()
        });
        let mut next = || {
            tensors
                .next()
                .expect("a layer has as many tensors as it says")
        };
        let shape = [config.inputs, config.units];
        let matrix = |values| Param::from_tensor(from_values(values, shape));
        let vector = |values| Param::from_tensor(from_values(values, [config.units]));
        let dense = |weight, bias| Dense {
            weight: matrix(weight),
            bias: vector(bias),
        };
        match config.kind {
            LayerKind::Relu => Self::Relu(dense(next(), next())),
            LayerKind::Scores => Self::Scores(dense(next(), next())),
            LayerKind::Cubic => Self::Cubic(Cubic {
                v: matrix(next()),
                w: matrix(next()),
                b: vector(next()),
            }),
        }
    }

    /// The layer's output, `[batch, units]`, for `x` of shape `[batch, inputs]`.
    pub fn forward(&self, x: Tensor<2>) -> Tensor<2> {
        match self {
            Self::Relu(dense) => dense.forward(x, Activation::Relu),
            Self::Cubic(cubic) => cubic.forward(x),
            Self::Scores(dense) => dense.forward(x, Activation::Linear),
        }
    }

    /// The layer's weights, in the order of [`LayerConfig::tensors`], each in row-major order.
    fn values(&self) -> Vec<Vec<f32>> {
        match self {
            Self::Relu(Dense { weight, bias }) | Self::Scores(Dense { weight, bias }) => {
                vec![into_values(weight.val()), into_values(bias.val())]
            }
            Self::Cubic(Cubic { v, w, b }) => {
                vec![
                    into_values(v.val()),
                    into_values(w.val()),
                    into_values(b.val()),
                ]
            }
        }
    }
}
