//! Trains two small networks on handwritten digits, in the browser or natively: one with a cubic
//! layer, one plain. Read [`data`], [`model`] and [`training`] in this order; [`session`] puts them
//! to work behind messages, and `web` translates these for JavaScript.

pub mod data;
pub mod model;
pub mod random;
pub mod session;
pub mod training;
#[cfg(target_arch = "wasm32")]
pub mod web;

#[cfg(all(target_arch = "wasm32", not(target_feature = "simd128")))]
compile_error!(
    "training needs simd128: RUSTFLAGS is set and hides the flags of .cargo/config.toml; unset it"
);

pub use mnist::{Error, Result};
