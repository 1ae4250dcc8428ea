//! The custom layer: y = x³·V − x·W + b.

use burn::{
    module::{Module, Param},
    tensor::Tensor,
};

use crate::model::ops;

/// The notebook's custom layer.
#[derive(Module, Debug)]
pub struct Cubic {
    /// V, of the cubed inputs: `[inputs, units]`.
    pub v: Param<Tensor<2>>,
    /// W, of the plain inputs: `[inputs, units]`.
    pub w: Param<Tensor<2>>,
    /// b: `[units]`.
    pub b: Param<Tensor<1>>,
}

impl Cubic {
    /// x³·V − x·W + b, where x³ is taken element by element.
    ///
    /// # Shapes
    /// - `x`: `[batch, inputs]`
    /// - result: `[batch, units]`
    pub fn forward(&self, x: Tensor<2>) -> Tensor<2> {
        ops::cubic(x, self.v.val(), self.w.val(), self.b.val())
    }
}
