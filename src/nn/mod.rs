//! Neural networks on burn, the part to learn from. In reading order:
//!
//! - [`network`]: layers with their weights, as a burn module; [`start`]: their first values;
//! - [`dense`] and [`custom`]: one file a layer, its forward pass beside its backward pass;
//! - [`loss`] and [`descent`]: what training does with the outputs;
//! - `kernels`: matrix products, and all `unsafe` of the project.
//!
//! burn composes a layer from general operations; that copies transposed matrices, makes a tensor
//! for every intermediate and visits each. Here a layer is one operation of the graph, written out
//! over matrix products, forward and backward. `examples/plain.rs` is the same network without any of it.

pub mod network;
pub mod start;
pub mod dense;
pub mod custom;
pub mod loss;
pub mod descent;
pub(crate) mod kernels;

pub use network::Network;
