//! A layer's input as it is quickest to multiply.

use super::{Matrix, Sparse, product};
use crate::autodiff::{Inner, values};

/// A batch, `[batch, inputs]`.
#[derive(Clone)]
pub(crate) enum Rows {
    /// Images, of which most pixels are zero.
    Sparse(Sparse),
    /// All values, and the number of inputs.
    Dense(Inner, usize),
}

impl Rows {
    /// The batch x, of rows of `inputs` values, for products with matrices of `units` columns.
    pub(crate) fn new(x: Inner, inputs: usize, units: usize) -> Self {
        match Sparse::new(values(&x), inputs, units) {
            Some(sparse) => Self::Sparse(sparse),
            None => Self::Dense(x, inputs),
        }
    }

    /// x·W + b.
    pub(crate) fn times(&self, weight: &[f32], bias: &[f32]) -> Vec<f32> {
        match self {
            Self::Sparse(x) => x.product(weight, bias),
            Self::Dense(x, inputs) => {
                let x = Matrix::new(values(x), *inputs);
                let mut y = product(x, Matrix::new(weight, bias.len()));
                for row in y.chunks_exact_mut(bias.len()) {
                    row.iter_mut().zip(bias).for_each(|(y, bias)| *y += bias);
                }
                y
            }
        }
    }

    /// xᵀ·G.
    pub(crate) fn transposed_times(&self, g: Matrix) -> Vec<f32> {
        match self {
            Self::Sparse(x) => x.t().product(g.values(), &vec![0.0; g.columns()]),
            Self::Dense(x, inputs) => product(Matrix::new(values(x), *inputs).t(), g),
        }
    }
}
