//! Stochastic gradient descent without momentum, w ← w − rate·∂w: where a layer's backward pass
//! leaves its gradients, and the step against them.

use std::sync::{Arc, Mutex, PoisonError};

use crate::{
    autodiff::Inner,
    nn::{
        kernels::{Panels, SparseRows, column_sums, descend},
        weights::Weights,
    },
};

/// The gradients of a layer's weights, not multiplied out. With G the gradient of x·W + b, that of
/// W is xᵀ·G, and that of b the column sums of G.
///
/// Descent subtracts the products from the weights in place: it stores no gradient, and skips the
/// rows of W whose inputs are zero in the whole batch.
#[derive(Clone, Debug)]
pub(crate) struct Factors {
    /// x, `[batch, inputs]`.
    pub(crate) x: SparseRows,
    /// G, `[batch, units]`, in panels.
    pub(crate) g: Inner,
}

/// Where a layer's backward pass leaves gradients for its descent.
#[derive(Clone, Debug, Default)]
pub(crate) struct Gradients(Arc<Mutex<Option<Factors>>>);

impl Gradients {
    /// Leaves them, in place of any before.
    pub(crate) fn leave(&self, factors: Factors) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(factors);
    }

    /// Takes them; there are none without a backward pass.
    pub(crate) fn take(&self) -> Option<Factors> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl Weights {
    /// A step against the gradient xᵀ·g of a matrix of weights, where `transposed` is xᵀ.
    pub(crate) fn descend(self, transposed: &SparseRows, g: Panels, rate: f32) -> Self {
        self.change(|weights| descend(weights, transposed, g, rate))
    }

    /// A step against the gradient of a bias, the sums of g's columns.
    pub(crate) fn descend_sums(self, g: Panels, rate: f32) -> Self {
        self.change(|bias| {
            bias.iter_mut().zip(column_sums(g)).for_each(|(bias, sum)| *bias -= rate * sum);
        })
    }
}
