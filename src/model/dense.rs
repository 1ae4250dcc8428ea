//! The plain layer: y = relu(x·W + b), or without the relu.

use burn::{
    module::{Module, Param},
    tensor::{Tensor, activation::relu},
};

/// A fully connected layer, Keras's `Dense`.
#[derive(Module, Debug)]
pub struct Dense {
    /// W: `[inputs, units]`.
    pub weight: Param<Tensor<2>>,
    /// b: `[units]`.
    pub bias: Param<Tensor<1>>,
}

impl Dense {
    /// x·W + b.
    ///
    /// # Shapes
    /// - `x`: `[batch, inputs]`
    /// - result: `[batch, units]`
    pub fn forward(&self, x: Tensor<2>) -> Tensor<2> {
        x.matmul(self.weight.val()) + self.bias.val().unsqueeze()
    }

    /// relu(x·W + b), with the shapes of [`Dense::forward`].
    pub fn forward_relu(&self, x: Tensor<2>) -> Tensor<2> {
        relu(self.forward(x))
    }
}
