//! The core's interface for JavaScript, which only this module names; it translates and decides
//! nothing.
//!
//! - [`job`]: [`Job`], which a worker runs on its [`Images`];
//! - [`study`]: [`Study`], what the page knows and asks;
//!
//! Names are as in Rust, and TypeScript's types are derived from Rust's. A few numbers are passed
//! one by one, many as a typed array; `None` is `null`. Bad input, and values that cannot be
//! converted to JavaScript, throw an `Error` with a sentence.

pub mod job;
pub mod study;

pub use job::{Images, Job};
pub use study::Study;

use js_sys::{Float32Array, Float64Array, Uint8Array, Uint32Array};
use serde::{Serialize, de::DeserializeOwned};
use serde_wasm_bindgen::{Serializer, preserve};
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;
use web_sys::WorkerGlobalScope;

use crate::{
    Result, ensure, error,
    network::{Architecture, parse_layers},
    nn::Network,
    settings::Settings,
};

/// A list of numbers that crosses as a typed array.
macro_rules! typed_array {
    ($(#[$doc:meta])* $name:ident, $number:ty, $array:ident, $typescript:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Tsify)]
        #[tsify(type = $typescript)]
        pub struct $name(pub Vec<$number>);

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(
                &self,
                serializer: S,
            ) -> std::result::Result<S::Ok, S::Error> {
                preserve::serialize(&$array::from(&self.0[..]), serializer)
            }
        }
    };
}

typed_array!(
    /// Weights, pixels and the like.
    Floats, f32, Float32Array, "Float32Array"
);
typed_array!(
    /// Metrics.
    Doubles, f64, Float64Array, "Float64Array"
);
typed_array!(
    /// Classes, features, files.
    Bytes, u8, Uint8Array, "Uint8Array"
);
typed_array!(
    /// Counts.
    Counts, u32, Uint32Array, "Uint32Array"
);

/// What JavaScript gets: a value, or an `Error` that is thrown.
pub type JsResult<T> = std::result::Result<T, JsError>;

/// Milliseconds since the worker or the page began; without such a clock, since 1970.
fn now() -> f64 {
    // A page's window has the same property, and so has Node.
    let global = js_sys::global().unchecked_into::<WorkerGlobalScope>();
    global.performance().map_or_else(js_sys::Date::now, |performance| performance.now())
}

fn to_js(value: &impl Serialize) -> JsResult<JsValue> {
    Ok(value.serialize(
        &Serializer::new().serialize_missing_as_null(true).serialize_maps_as_objects(true),
    )?)
}

/// A value whose TypeScript is derived from it.
fn to_ts<T: Tsify + Serialize>(value: &T) -> JsResult<Ts<T>> {
    to_js(value).map(Ts::new_unchecked)
}

/// A value that JavaScript made, which may be anything.
fn from_ts<T: Tsify + DeserializeOwned>(what: &str, value: &Ts<T>) -> Result<T> {
    serde_wasm_bindgen::from_value(value.js_value()).map_err(|error| {
        // It is a JavaScript error already, whose text begins so.
        let error = error.to_string();
        let reason = error.strip_prefix("Error: ").unwrap_or(&error);
        error!("this is not {what}: {reason}")
    })
}

/// A network that tells `digits` apart, with these layers and weights.
fn network(layers: &str, digits: &[u8], weights: &[f32]) -> Result<Network> {
    let architecture = parse_layers(layers)?;
    check_weights(&architecture, digits, weights)?;
    Ok(Network::new(&architecture, digits.len(), weights))
}

/// Checks that weights are as many as a network that tells `digits` apart has.
fn check_weights(architecture: &Architecture, digits: &[u8], weights: &[f32]) -> Result<()> {
    check_digits(digits)?;
    let (given, classes) = (weights.len(), digits.len());
    let expected = architecture.parameters(classes);
    ensure!(
        given == expected,
        "there are {given} weights, expected {expected} for {architecture} and {classes} digits"
    );
    Ok(())
}

fn check_digits(digits: &[u8]) -> Result<()> {
    Settings { digits: digits.to_vec(), ..Settings::default() }.check()
}

/// A step of training allocates some hundred times. With the standard library's allocator it takes
/// 4 % longer in Chromium.
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
