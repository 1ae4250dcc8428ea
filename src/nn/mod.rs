//! Neural networks on burn, the part to learn from. In reading order:
//!
//! - [`network`]: layers, one after another, as a burn module; [`init`]: their first weights;
//! - [`layer`] and [`weights`]: what goes into a layer, and what it holds;
//! - [`dense`] and [`custom`]: one file a layer, its forward pass beside its backward pass;
//! - [`loss`]: what is learned from; `sgd`: the step against its gradients;
//! - `kernels`: matrix products.
//!
//! burn composes a layer from general operations, which copies transposed matrices, and makes and
//! traverses a tensor for every intermediate. Here a layer is one node of the autodiff graph, its
//! forward and backward pass hand-written. `examples/plain.rs` is the same network in plain burn.

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
