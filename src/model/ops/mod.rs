//! The few operations that training spends its time in: each layer and the loss as one node of
//! burn's autodiff graph, and the step of the optimiser.
//!
//! burn composes a layer from general operations; that copies transposed matrices, makes a tensor
//! for every intermediate and visits each. Here a layer's forward and backward pass are written
//! out over matrix products. `tests/gradients.rs` holds them against finite differences.

// burn-ndarray is deprecated in favour of burn's Flex; this project is built on it.
#![allow(deprecated)]

mod cross_entropy;
mod cubic;
mod dense;
mod matrix;
mod sgd;
mod sparse;
mod tensor;
#[cfg(test)]
mod tests;

pub use cross_entropy::{cross_entropy, negative_log_likelihood, softmax};
pub use cubic::cubic;
pub use dense::{Activation, dense};
pub use sgd::Sgd;
pub use tensor::{from_values, into_values};
