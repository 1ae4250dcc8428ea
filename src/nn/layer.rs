//! A layer's input and output.

use burn::tensor::Tensor;

use crate::{
    autodiff::{Inner, Place, beginning, inner, open, values},
    nn::kernels::{Panels, SparseRows, WIDTH},
};

/// A layer's output for a batch: `[batch, units]`.
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

/// A layer's input for a batch: `[batch, inputs]`.
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
    /// Images; if `are_recorded`, they begin an autodiff graph.
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
