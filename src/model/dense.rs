//! The plain layer: y = relu(x·W + b), or x·W + b.

use burn::{
    module::{Module, Param},
    tensor::Tensor,
};

use crate::model::ops::{self, Activation};

/// A fully connected layer, Keras's `Dense`.
#[derive(Module, Debug)]
pub struct Dense {
    /// W: `[inputs, units]`.
    pub weight: Param<Tensor<2>>,
    /// b: `[units]`.
    pub bias: Param<Tensor<1>>,
}

impl Dense {
    /// activation(x·W + b).
    ///
    /// # Shapes
    /// - `x`: `[batch, inputs]`
    /// - result: `[batch, units]`
    pub fn forward(&self, x: Tensor<2>, activation: Activation) -> Tensor<2> {
        ops::dense(x, self.weight.val(), self.bias.val(), activation)
    }
}
