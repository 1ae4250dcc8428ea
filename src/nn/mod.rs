//! Neural networks on burn, the part to learn from. In reading order:
//!
//! - [`network`]: layers, one after another, as a burn module; [`init`]: their first weights;
//! - [`layer`] and [`weights`]: what goes into a layer, and what it holds;
//! - [`dense`] and [`custom`]: one file a layer, its forward pass beside its backward pass;
//! - [`loss`]: what is learned from; `sgd`: the step against its gradients;
//! - `kernels`: matrix products.
//!
//! burn composes a layer from general operations; that copies transposed matrices, makes a tensor
//! for every intermediate and visits each. Here a layer is one operation of the graph, written out
//! over matrix products, forward and backward. `examples/plain.rs` is the same network without any of it.

pub mod network;
pub mod init;
pub mod layer;
pub mod weights;
pub mod dense;
pub mod custom;
pub mod loss;
mod sgd;
pub(crate) mod kernels;

pub use kernels::{SparseImages, SparseRows, scaled};
pub use network::Network;
