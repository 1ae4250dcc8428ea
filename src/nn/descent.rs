//! Stochastic gradient descent, in place.

use burn::{
    module::{Module, ModuleMapper, Param},
    tensor::{Gradients, Tensor},
};

use crate::{
    autodiff::{from_inner, into_inner, values, values_mut},
    nn::Network,
};

/// Takes a step against the gradients: w ← w − rate·∂w for every weight.
///
/// It is what burn's `Sgd` without momentum does, in one pass over the weights, and without the
/// operations for every type of tensor that burn's optimisers bring into the download.
pub fn descend(network: Network, gradients: Gradients, rate: f64) -> Network {
    network.map(&mut Descent { gradients, rate: rate as f32 })
}

struct Descent {
    gradients: Gradients,
    rate: f32,
}

impl ModuleMapper for Descent {
    fn map_float<const D: usize>(&mut self, weights: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let (id, weights, mapper) = weights.consume();
        let Some(gradient) = weights.grad_remove(&mut self.gradients) else {
            return Param::from_mapped_value(id, weights, mapper); // The loss does not depend on it.
        };
        let gradient = into_inner(gradient);
        // Nobody else holds the weights by now, so that they are changed where they are.
        let mut weights = into_inner(weights.inner());
        for (weight, gradient) in values_mut(&mut weights).iter_mut().zip(values(&gradient)) {
            *weight -= self.rate * gradient;
        }
        let weights = Tensor::from_inner(from_inner(weights)).require_grad();
        Param::from_mapped_value(id, weights, mapper)
    }
}
