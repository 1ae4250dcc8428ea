//! Trains small networks on handwritten digits, in the browser or natively, and reports the
//! results. Modules depend only on those above them:
//!
//! - [`network`]: a network as data, its text, and its weights as files;
//! - `autodiff`: ties our layers to burn;
//! - [`nn`] and [`train`]: networks on burn and how they are trained, the part to learn from;
//! - [`drawing`]: from a drawing to a network's input;
//! - [`settings`]: what the user can choose;
//! - [`report`]: what the runs say;
//! - `web`: the only place that names JavaScript.
//!
//! The images come from the crate `mnist`, which knows nothing of networks.

pub mod network;
mod autodiff;
pub mod nn;
pub mod train;
pub mod drawing;
pub mod settings;
pub mod report;
#[cfg(target_arch = "wasm32")]
pub mod web;

pub use mnist::{Error, Result};
use mnist::{ensure, error};

#[cfg(all(target_arch = "wasm32", not(target_feature = "simd128")))]
compile_error!(
    "training needs simd128: RUSTFLAGS is set and hides the flags of .cargo/config.toml; unset it"
);
