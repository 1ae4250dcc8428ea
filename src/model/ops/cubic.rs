//! The custom layer: y = x³·V − x·W + b.

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
    tensor::{
        Inner, from_inner, from_recorded, inner, into_inner, into_recorded, is_recorded, values,
    },
};

/// x³·V − x·W + b, where x³ is taken element by element.
///
/// # Shapes
/// - `x`: `[batch, inputs]`
/// - `v` and `w`: `[inputs, units]`
/// - `b`: `[units]`
/// - result: `[batch, units]`
pub fn cubic(x: Tensor<2>, v: Tensor<2>, w: Tensor<2>, b: Tensor<1>) -> Tensor<2> {
    let [inputs, units] = v.dims();
    let layer = Layer { inputs, units };
    if !is_recorded(&v) {
        let (x, v, w, b) = (into_inner(x), into_inner(v), into_inner(w), into_inner(b));
        let cube = cube(&x);
        return from_inner(layer.forward(&x, &cube, &v, &w, &b));
    }
    let (x, v, w, b) = (
        into_recorded(x),
        into_recorded(v),
        into_recorded(w),
        into_recorded(b),
    );
    let prepared = layer
        .prepare::<NoCheckpointing>([x.node(), v.node(), w.node(), b.node()])
        .compute_bound()
        .stateful();
    let (x, v) = (x.into_primitive(), v.into_primitive());
    let (w, b) = (w.into_primitive(), b.into_primitive());
    let cube = cube(&x);
    let y = layer.forward(&x, &cube, &v, &w, &b);
    from_recorded(match prepared {
        OpsKind::Tracked(prepared) => prepared.finish(State { x, cube, v, w }, y),
        OpsKind::UnTracked(prepared) => prepared.finish(y),
    })
}

/// x³, element by element, in row-major order.
fn cube(x: &Inner) -> Vec<f32> {
    values(x).iter().map(|x| x * x * x).collect()
}

/// A layer's sizes.
#[derive(Clone, Copy, Debug)]
struct Layer {
    inputs: usize,
    units: usize,
}

/// What the backward pass needs of the forward pass.
#[derive(Clone, Debug)]
struct State {
    x: Inner,
    cube: Vec<f32>,
    v: Inner,
    w: Inner,
}

impl Layer {
    fn forward(self, x: &Inner, cube: &[f32], v: &Inner, w: &Inner, b: &Inner) -> Inner {
        let x = Matrix::new(values(x), self.inputs);
        let mut y = product(
            Matrix::new(cube, self.inputs),
            Matrix::new(values(v), self.units),
        );
        let linear = product(x, Matrix::new(values(w), self.units));
        for (y, linear) in y
            .chunks_exact_mut(self.units)
            .zip(linear.chunks_exact(self.units))
        {
            for ((y, linear), b) in y.iter_mut().zip(linear).zip(values(b)) {
                *y += b - linear;
            }
        }
        inner(y, [x.rows(), self.units])
    }
}

impl Backward<NdArray, 4> for Layer {
    type State = State;

    /// With G the gradient of y: ∂V = (x³)ᵀ·G, ∂W = −xᵀ·G, ∂b = the column sums of G,
    /// ∂x = 3x² ∘ (G·Vᵀ) − G·Wᵀ.
    fn backward(
        self,
        ops: Ops<State, 4>,
        gradients: &mut Gradients,
        _checkpointer: &mut Checkpointer,
    ) {
        let gradient = gradients.consume::<NdArray>(&ops.node);
        let g = Matrix::new(values(&gradient), self.units);
        let State { x, cube, v, w } = ops.state;
        let [of_x, of_v, of_w, of_b] = ops.parents;
        let shape = [self.inputs, self.units];
        if let Some(node) = of_v {
            let product = product(Matrix::new(&cube, self.inputs).t(), g);
            gradients.register::<NdArray>(node.id, inner(product, shape));
        }
        if let Some(node) = of_w {
            let mut product = product(Matrix::new(values(&x), self.inputs).t(), g);
            for product in &mut product {
                *product = -*product;
            }
            gradients.register::<NdArray>(node.id, inner(product, shape));
        }
        if let Some(node) = of_b {
            let sums = column_sums(values(&gradient), self.units);
            gradients.register::<NdArray>(node.id, inner(sums, [self.units]));
        }
        if let Some(node) = of_x {
            let linear = product(g, Matrix::new(values(&w), self.units).t());
            let mut product = product(g, Matrix::new(values(&v), self.units).t());
            for ((product, linear), x) in product.iter_mut().zip(linear).zip(values(&x)) {
                *product = 3.0 * x * x * *product - linear;
            }
            gradients.register::<NdArray>(node.id, inner(product, [g.rows(), self.inputs]));
        }
    }
}
