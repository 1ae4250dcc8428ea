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
    matrix::{Matrix, column_sums, product},
    sparse::Sparse,
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
        return from_inner(layer.forward(&layer.rows(x), &weight, &bias));
    }
    let (x, weight, bias) = (into_recorded(x), into_recorded(weight), into_recorded(bias));
    let prepared = layer
        .prepare::<NoCheckpointing>([x.node(), weight.node(), bias.node()])
        .compute_bound()
        .stateful();
    let x = layer.rows(x.into_primitive());
    let (weight, bias) = (weight.into_primitive(), bias.into_primitive());
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
    fn rows(self, x: Inner) -> Rows {
        match Sparse::new(values(&x), self.inputs, self.units) {
            Some(sparse) => Rows::Sparse(sparse),
            None => Rows::Dense(x),
        }
    }

    fn forward(self, x: &Rows, weight: &Inner, bias: &Inner) -> Inner {
        let mut y = match x {
            Rows::Sparse(x) => x.product(values(weight), values(bias)),
            Rows::Dense(x) => {
                let x = Matrix::new(values(x), self.inputs);
                let mut y = product(x, Matrix::new(values(weight), self.units));
                for y in y.chunks_exact_mut(self.units) {
                    for (y, bias) in y.iter_mut().zip(values(bias)) {
                        *y += bias;
                    }
                }
                y
            }
        };
        if self.activation == Activation::Relu {
            // Not `max`, which would make a number of NaN and hide that training diverged.
            for y in &mut y {
                *y = if *y < 0.0 { 0.0 } else { *y };
            }
        }
        let rows = y.len() / self.units;
        inner(y, [rows, self.units])
    }
}

/// A layer's input, `[batch, inputs]`, as it is quickest to multiply.
#[derive(Clone, Debug)]
enum Rows {
    Sparse(Sparse),
    Dense(Inner),
}

impl Backward<NdArray, 3> for Layer {
    /// x, W and y.
    type State = (Rows, Inner, Inner);

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
                *gradient = if y <= 0.0 { 0.0 } else { *gradient };
            }
        }
        let g = Matrix::new(values(&gradient), self.units);
        if let Some(node) = of_weight {
            let product = match x {
                Rows::Sparse(x) => x.t().product(values(&gradient), &vec![0.0; self.units]),
                Rows::Dense(x) => product(Matrix::new(values(&x), self.inputs).t(), g),
            };
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
