//! The dense layer: y = activation(x·W + b).

use burn::module::Module;

use crate::{
    autodiff::{Inner, operation, values, values_mut},
    network::{LayerConfig, functions::Function},
    nn::{
        kernels::{Panels, Row, SparseRows, WIDTH, product, product_from, product_transposed},
        layer::{Input, Outputs, in_panels},
        sgd::{Factors, Gradients},
        weights::Weights,
    },
};

/// A fully connected layer, Keras's `Dense`.
#[derive(Module, Debug)]
pub struct Dense {
    /// W: `[inputs, units]`.
    pub weight: Weights,
    /// b: `[1, units]`.
    pub bias: Weights,
    #[module(skip)]
    activation: &'static Function,
    #[module(skip)]
    gradients: Gradients,
}

impl Dense {
    /// The layer with the next of these weights, W and then b.
    pub(crate) fn new(
        config: &LayerConfig,
        activation: &'static Function,
        weights: &mut &[f32],
    ) -> Self {
        let weight = Weights::new(weights, config.inputs, config.units);
        let bias = Weights::new(weights, 1, config.units);
        Self { weight, bias, activation, gradients: Gradients::default() }
    }

    /// activation(x·W + b).
    pub(crate) fn forward(&self, x: Input) -> Outputs {
        let [_, units] = self.weight.shape();
        let (weight, bias) = (self.weight.panels(), self.bias.panels());
        let (activation, gradients) = (self.activation, self.gradients.clone());
        let Input { rows: x, values: before, place } = x;
        let batch = x.height();

        let mut y =
            affine(&x, Panels::new(values(&weight), units), Panels::new(values(&bias), units));
        (activation.forward)(&mut y);
        let y = in_panels(y, batch);
        let outputs = y.clone();

        // With G the gradient of x·W + b: ∂x = G·Wᵀ.
        let backward = move |mut gradient: Inner| {
            (activation.backward)(values(&y), values_mut(&mut gradient));
            let g = Panels::new(values(&gradient), units);
            let of_x = before.is_some().then(|| {
                let weight = Panels::new(values(&weight), units);
                in_panels(product_transposed(&SparseRows::of_panels(g), weight), batch)
            });
            gradients.leave(Factors { x, g: gradient });
            of_x
        };
        Outputs { tensor: operation(place, outputs, backward), units }
    }

    /// Takes a step against the gradients of the last backward pass: w ← w − rate·∂w.
    pub(crate) fn descend(self, rate: f32) -> Self {
        let Some(Factors { x, g }) = self.gradients.take() else {
            return self;
        };
        let g = Panels::new(values(&g), self.weight.shape()[1]);
        let transposed = x.transposed(&g.rows_with_values());
        Self {
            weight: self.weight.descend(&transposed, g, rate),
            bias: self.bias.descend_sums(g, rate),
            ..self
        }
    }
}

/// x·W + b, in panels.
///
/// In a wide layer with sparse inputs, sums begin with b; elsewhere b is added at the end. The two
/// differ in the last bit; tests with the histories of earlier versions pin the choice.
fn affine(x: &SparseRows, weight: Panels, bias: Panels) -> Vec<f32> {
    if weight.columns() >= WIDTH && 3 * x.count() <= x.height() * x.columns() {
        return product_from(bias, x, weight);
    }
    let mut y = product(x, weight);
    let (rows, _): (&mut [Row], _) = y.as_chunks_mut();
    for (y, bias) in rows.chunks_exact_mut(x.height()).zip(bias.panels()) {
        for y in y {
            y.iter_mut().zip(&bias[0]).for_each(|(y, bias)| *y += bias);
        }
    }
    y
}
