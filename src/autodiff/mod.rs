//! What ties the networks to burn: an operation of our own as a node of burn's autodiff graph, and
//! burn's tensors as slices of f32. The backend is named here and nowhere else.

mod operation;
mod tensor;

pub(crate) use operation::{Place, beginning, open, operation};
pub(crate) use tensor::{Inner, change, from_inner, inner, into_inner, values, values_mut};
