//! The custom layers: y = f(x)·V − x·W + b, of which the notebook's has f(x) = x³.

use burn::module::Module;

use crate::{
    autodiff::{Inner, operation, values},
    network::{LayerConfig, functions::Function},
    nn::{
        kernels::{Panels, Row, SparseRows, product, product_transposed},
        layer::{Input, Outputs, in_panels},
        sgd::{Factors, Gradients},
        weights::Weights,
    },
};

/// A layer of the custom family.
#[derive(Module, Debug)]
pub struct Custom {
    /// V, of f(x): `[inputs, units]`.
    pub v: Weights,
    /// W, of x: `[inputs, units]`.
    pub w: Weights,
    /// b: `[1, units]`.
    pub b: Weights,
    /// f, element by element.
    #[module(skip)]
    pub function: &'static Function,
    #[module(skip)]
    gradients: Gradients,
}

impl Custom {
    /// The layer with the next of these weights: V, W and then b.
    pub(crate) fn new(
        config: &LayerConfig,
        function: &'static Function,
        weights: &mut &[f32],
    ) -> Self {
        let mut next = |inputs| Weights::new(weights, inputs, config.units);
        let (v, w, b) = (next(config.inputs), next(config.inputs), next(1));
        Self { v, w, b, function, gradients: Gradients::default() }
    }

    /// f(x)·V − x·W + b.
    pub(crate) fn forward(&self, x: Input) -> Outputs {
        let [_, units] = self.v.shape();
        let (v, w, b) = (self.v.panels(), self.w.panels(), self.b.panels());
        let (function, gradients) = (self.function, self.gradients.clone());
        let Input { rows: x, values: before, place } = x;
        let batch = x.height();

        let [mut y, linear] = self.products(&x);
        let bias = Panels::new(values(&b), units);
        let (sums, _): (&mut [Row], _) = y.as_chunks_mut();
        let panels = sums.chunks_exact_mut(batch).zip(Panels::new(&linear, units).panels());
        for ((y, linear), b) in panels.zip(bias.panels()) {
            for (y, linear) in y.iter_mut().zip(linear) {
                for ((y, linear), b) in y.iter_mut().zip(linear).zip(&b[0]) {
                    *y += b - linear;
                }
            }
        }

        // As for a dense layer. With G the gradient of y: ∂x = f′(x) ∘ (G·Vᵀ) − G·Wᵀ.
        let backward = move |gradient: Inner| {
            let of_x = before.map(|before| {
                let g = SparseRows::of_panels(Panels::new(values(&gradient), units));
                let mut of_x = product_transposed(&g, Panels::new(values(&v), units));
                (function.backward)(values(&before), &mut of_x);
                let linear = product_transposed(&g, Panels::new(values(&w), units));
                of_x.iter_mut().zip(linear).for_each(|(of_x, linear)| *of_x -= linear);
                in_panels(of_x, batch)
            });
            gradients.leave(Factors { x, g: gradient });
            of_x
        };
        Outputs { tensor: operation(place, in_panels(y, batch), backward), units }
    }

    /// f(x)·V and x·W, in panels.
    pub(crate) fn products(&self, x: &SparseRows) -> [Vec<f32>; 2] {
        let times = |x: &SparseRows, weights: &Weights| {
            product(x, Panels::new(values(&weights.panels()), weights.shape()[1]))
        };
        [times(&x.map(self.function.forward), &self.v), times(x, &self.w)]
    }

    /// Takes a step against the gradients of the last backward pass: ∂V = f(x)ᵀ·G, ∂W = −xᵀ·G, and
    /// ∂b the sums of G's columns.
    pub(crate) fn descend(self, rate: f32) -> Self {
        let Some(Factors { x, g }) = self.gradients.take() else {
            return self;
        };
        let g = Panels::new(values(&g), self.v.shape()[1]);
        let transposed = x.transposed(&g.rows_with_values());
        let fx = transposed.map(self.function.forward);
        Self {
            v: self.v.descend(&fx, g, rate),
            w: self.w.descend(&transposed, g, -rate),
            b: self.b.descend_sums(g, rate),
            ..self
        }
    }
}
