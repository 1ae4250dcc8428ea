//! What ties the networks to burn: an operation of our own as one node of burn's autodiff graph,
//! and burn's tensors as slices of f32. The backend is named here and nowhere else.

mod operation;
mod tensor;

pub(crate) use operation::{input, operation};
pub(crate) use tensor::{
    Inner, from_inner, into_inner, matrix, parameter, values, values_mut, vector,
};
pub use tensor::{from_values, into_values};
