//! A tensor of weights, as a parameter in panels.

use burn::{
    module::{Module, Param},
    tensor::Tensor,
};

use crate::{
    autodiff::{Inner, change, from_inner, into_inner, values},
    nn::{
        kernels::{Panels, into_panels},
        layer::in_panels,
    },
};

/// A matrix of weights, `[inputs, units]`, or a bias, `[1, units]`.
#[derive(Module, Debug)]
pub struct Weights {
    /// In panels: `[panels, inputs, 52]`.
    panels: Param<Tensor<3>>,
    units: usize,
}

impl Weights {
    /// Takes values, in row-major order, from the front of `weights`.
    ///
    /// # Panics
    /// If there are fewer.
    pub(crate) fn new(weights: &mut &[f32], inputs: usize, units: usize) -> Self {
        let (values, rest) = weights.split_at(inputs * units);
        *weights = rest;
        let panels = in_panels(into_panels(values, units), inputs);
        Self { panels: Param::from_tensor(from_inner(panels)), units }
    }

    /// The values in panels.
    pub(crate) fn panels(&self) -> Inner {
        into_inner(self.panels.val())
    }

    /// Their sizes: inputs and units.
    pub(crate) fn shape(&self) -> [usize; 2] {
        let [_, inputs, _] = self.panels.dims();
        [inputs, self.units]
    }

    /// The values in row-major order.
    pub fn values(&self) -> Vec<f32> {
        Panels::new(values(&self.panels()), self.units).row_major()
    }

    /// Changes the values, in panels, in place.
    pub(crate) fn change(self, by: impl FnOnce(&mut [f32])) -> Self {
        Self { panels: change(self.panels, by), ..self }
    }
}
