//! What goes into a layer, what comes out, and where its backward pass leaves the gradients.

use std::sync::{Arc, Mutex, PoisonError};

use burn::tensor::Tensor;

use crate::{
    autodiff::{Inner, Place, beginning, inner, open, values},
    nn::kernels::{Panels, SparseRows, WIDTH},
};

/// What a layer makes of a batch: `[batch, units]`.
#[derive(Clone, Debug)]
pub struct Outputs {
    /// In panels: `[panels, batch, 52]`.
    pub(crate) tensor: Tensor<3>,
    pub(crate) units: usize,
}

impl Outputs {
    /// The values in row-major order.
    pub fn values(&self) -> Vec<f32> {
        let (inner, _) = open(self.tensor.clone());
        Panels::new(values(&inner), self.units).row_major()
    }
}

/// What a layer reads of a batch: `[batch, inputs]`.
#[derive(Debug)]
pub(crate) struct Input {
    /// Without zeros.
    pub(crate) rows: SparseRows,
    /// In panels, as the layer before made them; none of images.
    pub(crate) values: Option<Inner>,
    /// Their place in burn's graph.
    pub(crate) place: Place,
}

impl Input {
    /// Images; if they are to be learned from, a graph begins at them.
    pub(crate) fn images(rows: SparseRows, are_recorded: bool) -> Self {
        Self { rows, values: None, place: if are_recorded { beginning() } else { None } }
    }
}

impl From<Outputs> for Input {
    fn from(Outputs { tensor, units }: Outputs) -> Self {
        let (inner, place) = open(tensor);
        let rows = SparseRows::of_panels(Panels::new(values(&inner), units));
        Self { rows, values: Some(inner), place }
    }
}

/// A matrix of so many rows whose values are in panels.
pub(crate) fn in_panels(values: Vec<f32>, rows: usize) -> Inner {
    let panels = values.len() / (rows * WIDTH);
    inner(values, [panels, rows, WIDTH])
}

/// The gradients of a layer's weights, not multiplied out. With G the gradient of its sums
/// x·W + b, that of W is xᵀ·G, and that of b the sums of G's columns.
///
/// Descent multiplies them out where the weights lie: it stores no gradient, and passes over the
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
