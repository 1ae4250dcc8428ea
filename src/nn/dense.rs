//! The dense layer: y = activation(x·W + b).

use burn::{
    module::{Module, Param},
    tensor::Tensor,
};
use rand::{Rng, distr::Uniform, prelude::Distribution};

use crate::{
    autodiff::{Inner, input, matrix, operation, parameter, values, values_mut, vector},
    network::{LayerConfig, functions::Function},
    nn::kernels::{Matrix, Rows, column_sums, product},
};

/// A fully connected layer, Keras's `Dense`.
#[derive(Module, Debug)]
pub struct Dense {
    /// W: `[inputs, units]`.
    pub weight: Param<Tensor<2>>,
    /// b: `[units]`.
    pub bias: Param<Tensor<1>>,
    #[module(skip)]
    activation: &'static Function,
}

impl Dense {
    /// The layer with the next of these weights, W and then b.
    pub(crate) fn new(
        config: &LayerConfig,
        activation: &'static Function,
        weights: &mut &[f32],
    ) -> Self {
        let weight = parameter(weights, [config.inputs, config.units]);
        Self { weight, bias: parameter(weights, [config.units]), activation }
    }

    /// Draws first weights: W uniform within ±√(6 / (inputs + units)), b zero.
    ///
    /// Glorot and Bengio 2010, <https://proceedings.mlr.press/v9/glorot10a.html>, equation 16;
    /// Keras's default for Dense.
    pub(crate) fn start(config: &LayerConfig, rng: &mut impl Rng) -> Vec<f32> {
        let limit = (6.0 / (config.inputs + config.units) as f32).sqrt();
        // PANIC: the limit is finite and above 0, which is all that `new` checks.
        let distribution = Uniform::new(-limit, limit).expect("a finite range");
        let weight = distribution.sample_iter(rng).take(config.inputs * config.units);
        weight.chain(vec![0.0; config.units]).collect()
    }

    /// activation(x·W + b).
    ///
    /// # Shapes
    /// - `x`: `[batch, inputs]`
    /// - result: `[batch, units]`
    pub fn forward(&self, x: Tensor<2>) -> Tensor<2> {
        let [inputs, units] = self.weight.dims();
        let activation = self.activation;
        let tensors = [input(x), input(self.weight.val()), input(self.bias.val())];
        operation(tensors, |[x, weight, bias]| {
            let x = Rows::new(x, inputs, units);
            let mut y = x.times(values(&weight), values(&bias));
            (activation.forward)(&mut y);
            let y = matrix(y, units);
            let result = y.clone();

            // With G the gradient of x·W + b: ∂W = xᵀ·G, ∂b = the column sums of G, ∂x = G·Wᵀ.
            let backward = move |mut gradient: Inner, [x_wanted, ..]: [bool; 3]| {
                (activation.backward)(values(&y), values_mut(&mut gradient));
                let g = Matrix::new(values(&gradient), units);
                let weights = Matrix::new(values(&weight), units);
                let of_x = x_wanted.then(|| matrix(product(g, weights.t()), inputs));
                let of_weight = matrix(x.transposed_times(g), units);
                [of_x, Some(of_weight), Some(vector(column_sums(g)))]
            };
            (result, backward)
        })
    }
}
