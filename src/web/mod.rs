//! [`Session`] for JavaScript. Only this module names the browser; it translates and decides
//! nothing.

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;
use web_sys::WorkerGlobalScope;

use crate::{
    Error,
    adapter::{ModelKind, Session, messages::Request},
};

/// One model's worker, as `worker.js` drives it.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Worker {
    session: Session,
}

#[wasm_bindgen]
impl Worker {
    /// A worker for `model`: `custom`, `dense` or `control`.
    ///
    /// # Errors
    /// If there is no such model.
    #[wasm_bindgen(constructor)]
    pub fn new(model: &str) -> Result<Self, JsError> {
        console_error_panic_hook::set_once();
        let model = ModelKind::from_name(model).ok_or_else(|| {
            JsError::new(&format!("the model is {model:?}, expected custom, dense or control"))
        })?;
        Ok(Self { session: Session::new(model) })
    }

    /// Answers a `Request` with a `Reply`.
    ///
    /// # Errors
    /// If this is no request, or one that cannot be fulfilled: an `Error` with a sentence.
    pub fn handle(&mut self, request: JsValue) -> Result<JsValue, JsError> {
        let request: Request = serde_wasm_bindgen::from_value(request)
            .map_err(|e| JsError::new(&format!("this is not a request: {e}")))?;
        let reply = self.session.handle(request).map_err(js_error)?;
        to_js(&reply)
    }

    /// Works for about 10 ms and returns the `Event`s of that time.
    ///
    /// # Errors
    /// If training cannot go on: an `Error` with a sentence.
    pub fn step(&mut self) -> Result<JsValue, JsError> {
        to_js(&self.session.step(now).map_err(js_error)?)
    }

    /// Whether `step` has work to do.
    #[wasm_bindgen(getter)]
    pub fn busy(&self) -> bool {
        self.session.is_busy()
    }
}

/// Milliseconds since the worker began.
fn now() -> f64 {
    js_sys::global().unchecked_into::<WorkerGlobalScope>().performance().map_or(0.0, |p| p.now())
}

fn to_js(value: &impl Serialize) -> Result<JsValue, JsError> {
    Ok(value.serialize(
        &Serializer::new().serialize_missing_as_null(true).serialize_maps_as_objects(true),
    )?)
}

fn js_error(error: Error) -> JsError {
    JsError::new(&error.to_string())
}
