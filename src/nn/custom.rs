//! The custom layers: y = f(x)·V − x·W + b, of which the notebook's has f(x) = x³.

use burn::{
    module::{Module, Param},
    tensor::Tensor,
};
use rand::{Rng, prelude::Distribution};
use rand_distr::Normal;

use crate::{
    autodiff::{Inner, input, matrix, operation, parameter, values, vector},
    network::{LayerConfig, functions::Function},
    nn::kernels::{Matrix, column_sums, product},
};

/// Standard deviation of V, W and b at the start: Keras's `random_normal`.
const START_SD: f32 = 0.05;

/// A layer of the custom family.
#[derive(Module, Debug)]
pub struct Custom {
    /// V, of f(x): `[inputs, units]`.
    pub v: Param<Tensor<2>>,
    /// W, of x: `[inputs, units]`.
    pub w: Param<Tensor<2>>,
    /// b: `[units]`.
    pub b: Param<Tensor<1>>,
    /// f, element by element.
    #[module(skip)]
    pub function: &'static Function,
}

impl Custom {
    /// The layer with the next of these weights: V, W and then b.
    pub(crate) fn new(
        config: &LayerConfig,
        function: &'static Function,
        weights: &mut &[f32],
    ) -> Self {
        let shape = [config.inputs, config.units];
        let (v, w) = (parameter(weights, shape), parameter(weights, shape));
        Self { v, w, b: parameter(weights, [config.units]), function }
    }

    /// Draws first weights: V, W and b normal, with mean 0.
    pub(crate) fn start(config: &LayerConfig, rng: &mut impl Rng) -> Vec<f32> {
        // PANIC: the standard deviation is a finite constant, which is all that `new` checks.
        let distribution = Normal::new(0.0, START_SD).expect("a finite standard deviation");
        distribution.sample_iter(rng).take((2 * config.inputs + 1) * config.units).collect()
    }

    /// f(x)·V − x·W + b.
    ///
    /// # Shapes
    /// - `x`: `[batch, inputs]`
    /// - result: `[batch, units]`
    pub fn forward(&self, x: Tensor<2>) -> Tensor<2> {
        let [inputs, units] = self.v.dims();
        let function = self.function;
        let tensors = [input(x), input(self.v.val()), input(self.w.val()), input(self.b.val())];
        operation(tensors, |[x, v, w, b]| {
            let mut fx = values(&x).to_vec();
            (function.forward)(&mut fx);
            let mut y = product(Matrix::new(&fx, inputs), Matrix::new(values(&v), units));
            let linear = product(Matrix::new(values(&x), inputs), Matrix::new(values(&w), units));
            for (y, linear) in y.chunks_exact_mut(units).zip(linear.chunks_exact(units)) {
                for ((y, linear), b) in y.iter_mut().zip(linear).zip(values(&b)) {
                    *y += b - linear;
                }
            }

            // With G the gradient of y: ∂V = f(x)ᵀ·G, ∂W = −xᵀ·G, ∂b = the column sums of G,
            // ∂x = f′(x) ∘ (G·Vᵀ) − G·Wᵀ.
            let backward = move |gradient: Inner, [x_wanted, ..]: [bool; 4]| {
                let g = Matrix::new(values(&gradient), units);
                let of_x = x_wanted.then(|| {
                    let mut of_x = product(g, Matrix::new(values(&v), units).t());
                    (function.backward)(values(&x), &mut of_x);
                    let linear = product(g, Matrix::new(values(&w), units).t());
                    of_x.iter_mut().zip(linear).for_each(|(of_x, linear)| *of_x -= linear);
                    matrix(of_x, inputs)
                });
                let of_v = product(Matrix::new(&fx, inputs).t(), g);
                let mut of_w = product(Matrix::new(values(&x), inputs).t(), g);
                of_w.iter_mut().for_each(|of_w| *of_w = -*of_w);
                let of_b = vector(column_sums(g));
                [of_x, Some(matrix(of_v, units)), Some(matrix(of_w, units)), Some(of_b)]
            };
            (matrix(y, units), backward)
        })
    }
}
