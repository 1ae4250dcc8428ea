//! What the page knows, and everything that is not a job: settings, the experiment that is shown,
//! and the networks that answer to a drawing.

pub mod settings;
pub mod experiment;
pub mod answers;
pub mod compared;
pub mod weights;

use std::collections::BTreeMap;

use wasm_bindgen::prelude::*;

use self::{answers::Answerer, experiment::Shown};
use crate::{drawing::DigitFeatures, report::Reference};

/// What the page knows.
///
/// # Errors
/// Methods fail for an image without 784 values, for digits, layers and weights that do not fit
/// together, and where they need an experiment before one has begun.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Study {
    /// The experiment that is shown.
    shown: Option<Shown>,
    /// Ten runs, for the spread over seeds.
    reference: Option<Reference>,
    /// The networks that answer, by their slots.
    answerers: BTreeMap<u32, Answerer>,
    /// Of the digits whose features are there.
    features: BTreeMap<u8, DigitFeatures>,
}

#[wasm_bindgen]
impl Study {
    /// Nothing is known yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        console_error_panic_hook::set_once();
        Self::default()
    }
}
