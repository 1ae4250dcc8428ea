//! What JavaScript sees, in a real browser: `wasm-pack test --headless --firefox`.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used)]

mod job;
mod study;

use js_sys::{Float32Array, JSON, Reflect, Uint8Array};
use mnist::{DigitImages, idx};
use mnist_cubic::web::{
    Images, JsResult,
    job::{Job, Part},
};
use tsify::{Ts, Tsify};
use wasm_bindgen::{JsCast, JsError, JsValue};
use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_dedicated_worker);

const DIGITS: [u8; 3] = [0, 2, 5];

fn js(json: &str) -> JsValue {
    JSON::parse(json).unwrap()
}

fn get(object: &JsValue, key: &str) -> JsValue {
    Reflect::get(object, &key.into()).unwrap()
}

fn text(object: &JsValue, key: &str) -> String {
    get(object, key).as_string().unwrap()
}

fn number(object: &JsValue, key: &str) -> f64 {
    get(object, key).as_f64().unwrap()
}

fn message(error: JsError) -> String {
    text(&error.into(), "message")
}

/// What a refusal says.
fn refusal<T>(result: JsResult<T>) -> String {
    message(result.err().unwrap())
}

fn ok<T>(result: JsResult<T>) -> T {
    result.map_err(message).unwrap()
}

fn json(value: &JsValue) -> String {
    JSON::stringify(value).unwrap().into()
}

/// A value with types as JSON.
fn json_of<T: Tsify>(value: JsResult<Ts<T>>) -> String {
    json(&ok(value).into())
}

/// A list of numbers, which must be a typed array.
fn floats(object: &JsValue, key: &str) -> Vec<f32> {
    get(object, key).dyn_into::<Float32Array>().unwrap().to_vec()
}

fn bytes(object: &JsValue, key: &str) -> Vec<u8> {
    get(object, key).dyn_into::<Uint8Array>().unwrap().to_vec()
}

fn bits(values: &[f32]) -> Vec<u32> {
    values.iter().map(|value| value.to_bits()).collect()
}

fn add(images: &mut Images, part: Part, digit: u8, drawn: &DigitImages) {
    let files = (idx::write_images(&drawn.pixels), idx::write_positions(&drawn.file_indices));
    ok(images.add(part.into_ts().unwrap(), digit, &files.0, &files.1));
}

/// All that a job tells.
fn outputs(mut job: Job) -> Vec<JsValue> {
    let mut outputs = Vec::new();
    while !job.finished() {
        outputs.extend(ok(job.step(10.0)).into_iter().map(JsValue::from));
    }
    outputs
}
