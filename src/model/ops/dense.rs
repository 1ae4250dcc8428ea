//! The plain layer: y = relu(x·W + b), or x·W + b.

use burn::{
    backend::autodiff::{
        checkpoint::{base::Checkpointer, strategy::NoCheckpointing},
        grads::Gradients,
        ops::{Backward, Ops, OpsKind},
    },
    tensor::Tensor,
};
use burn_ndarray::NdArray;

use super::{
    gemm::{Matrix, column_sums, gemm, product, repeat_row},
    tensor::{
        Inner, from_inner, from_recorded, inner, into_inner, into_recorded, is_recorded, values,
        values_mut,
    },
};

/// What is applied to x·W + b.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activation {
    /// max(0, ·).
    Relu,
    /// Nothing.
    Linear,
}

/// activation(x·W + b).
///
/// # Shapes
/// - `x`: `[batch, inputs]`
/// - `weight`, W: `[inputs, units]`
/// - `bias`, b: `[units]`
/// - result: `[batch, units]`
pub fn dense(
    x: Tensor<2>,
    weight: Tensor<2>,
    bias: Tensor<1>,
    activation: Activation,
) -> Tensor<2> {
    let [inputs, units] = weight.dims();
    let layer = Layer {
        inputs,
        units,
        activation,
    };
    if !is_recorded(&weight) {
        let (x, weight, bias) = (into_inner(x), into_inner(weight), into_inner(bias));
        return from_inner(layer.forward(&x, &weight, &bias));
    }
    let (x, weight, bias) = (into_recorded(x), into_recorded(weight), into_recorded(bias));
    let prepared = layer
        .prepare::<NoCheckpointing>([x.node(), weight.node(), bias.node()])
        .compute_bound()
        .stateful();
    let (x, weight, bias) = (
        x.into_primitive(),
        weight.into_primitive(),
        bias.into_primitive(),
    );
    let y = layer.forward(&x, &weight, &bias);
    from_recorded(match prepared {
        OpsKind::Tracked(prepared) => prepared.finish((x, weight, y.clone()), y),
        OpsKind::UnTracked(prepared) => prepared.finish(y),
    })
}

/// A layer's sizes and activation.
#[derive(Clone, Copy, Debug)]
struct Layer {
    inputs: usize,
    units: usize,
    activation: Activation,
}

impl Layer {
    fn forward(self, x: &Inner, weight: &Inner, bias: &Inner) -> Inner {
        let x = Matrix::new(values(x), self.inputs);
        let mut y = repeat_row(values(bias), x.rows());
        gemm(1.0, x, Matrix::new(values(weight), self.units), 1.0, &mut y);
        if self.activation == Activation::Relu {
            for y in &mut y {
                *y = y.max(0.0);
            }
        }
        inner(y, [x.rows(), self.units])
    }
}

impl Backward<NdArray, 3> for Layer {
    /// x, W and y.
    type State = (Inner, Inner, Inner);

    /// With G the gradient of x·W + b: ∂W = xᵀ·G, ∂b = the column sums of G, ∂x = G·Wᵀ.
    fn backward(
        self,
        ops: Ops<Self::State, 3>,
        gradients: &mut Gradients,
        _checkpointer: &mut Checkpointer,
    ) {
        let mut gradient = gradients.consume::<NdArray>(&ops.node);
        let (x, weight, y) = ops.state;
        let [of_x, of_weight, of_bias] = ops.parents;
        if self.activation == Activation::Relu {
            for (gradient, &y) in values_mut(&mut gradient).iter_mut().zip(values(&y)) {
                if y <= 0.0 {
                    *gradient = 0.0;
                }
            }
        }
        let g = Matrix::new(values(&gradient), self.units);
        if let Some(node) = of_weight {
            let product = product(Matrix::new(values(&x), self.inputs).t(), g);
            gradients.register::<NdArray>(node.id, inner(product, [self.inputs, self.units]));
        }
        if let Some(node) = of_bias {
            let sums = column_sums(values(&gradient), self.units);
            gradients.register::<NdArray>(node.id, inner(sums, [self.units]));
        }
        if let Some(node) = of_x {
            let product = product(g, Matrix::new(values(&weight), self.units).t());
            gradients.register::<NdArray>(node.id, inner(product, [g.rows(), self.inputs]));
        }
    }
}
