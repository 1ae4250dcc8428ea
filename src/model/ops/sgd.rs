//! Stochastic gradient descent, in place.

use burn::{
    optim::{LearningRate, Optimizer},
    tensor::{Device, Tensor},
};

use super::tensor::{from_inner, into_inner, values, values_mut};

/// w ← w − lr·∂w: burn's `Sgd` without momentum, in one pass over the weights and without a
/// tensor for lr·∂w.
#[derive(Clone, Copy, Debug)]
pub struct Sgd;

impl Optimizer for Sgd {
    type State<const D: usize> = ();

    fn step<const D: usize>(
        &self,
        lr: LearningRate,
        weights: Tensor<D>,
        gradient: Tensor<D>,
        _state: Option<()>,
    ) -> (Tensor<D>, Option<()>) {
        let lr = lr as f32;
        let mut weights = into_inner(weights);
        let gradient = into_inner(gradient);
        for (weight, gradient) in values_mut(&mut weights).iter_mut().zip(values(&gradient)) {
            *weight -= lr * gradient;
        }
        (from_inner(weights), None)
    }

    fn to_device<const D: usize>(_state: (), _device: &Device) {}
}
