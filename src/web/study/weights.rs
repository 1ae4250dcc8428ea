//! Weights, from and to files, and at the start.

use serde::Serialize;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use super::Study;
use crate::{
    error,
    network::{
        CustomPart, Kind, parse_layers,
        safetensors::{self, Precision},
    },
    nn::init::start,
    report::tensors::{TensorSummary, tensors},
    web::{Floats, JsResult, check_digits, check_weights, from_ts, to_ts},
};

/// What a file of weights holds.
#[derive(Clone, Debug, PartialEq, Serialize, Tsify)]
#[tsify(missing_as_null)]
pub struct WeightsRead {
    /// The weights.
    pub weights: Floats,
    /// The digits that the network tells apart, where the file says so.
    pub digits: Option<Vec<u8>>,
}

#[wasm_bindgen]
impl Study {
    /// Reads the weights of a network with these layers.
    ///
    /// # Errors
    /// If the file is not of such a network.
    pub fn read_weights(&self, layers: &str, file: &[u8]) -> JsResult<Ts<WeightsRead>> {
        let (weights, digits) = safetensors::read(&parse_layers(layers)?, file)?;
        to_ts(&WeightsRead { weights: Floats(weights), digits })
    }

    /// Writes the weights of a network that tells `digits` apart.
    ///
    /// # Errors
    /// If layers, digits or weights are bad, or the network has diverged.
    pub fn write_weights(&self, layers: &str, digits: &[u8], weights: &[f32]) -> JsResult<Vec<u8>> {
        let architecture = parse_layers(layers)?;
        check_weights(&architecture, digits, weights)?;
        let file = safetensors::write(&architecture, weights, digits, Precision::Single);
        let diverged = "the network has diverged, so its weights cannot be saved";
        Ok(file.map_err(|e| e.of(diverged))?)
    }

    /// The weights of a network before the first step of the run with `seed`.
    ///
    /// # Errors
    /// If layers or digits are bad.
    pub fn start_weights(&self, layers: &str, digits: &[u8], seed: u32) -> JsResult<Vec<f32>> {
        check_digits(digits)?;
        Ok(start(&parse_layers(layers)?, digits.len(), seed))
    }

    /// The weights without a part of each custom layer.
    ///
    /// # Errors
    /// If layers, digits, weights or the part are bad.
    pub fn without(
        &self,
        layers: &str,
        digits: &[u8],
        weights: &[f32],
        part: Ts<CustomPart>,
    ) -> JsResult<Vec<f32>> {
        let architecture = parse_layers(layers)?;
        check_weights(&architecture, digits, weights)?;
        let part: CustomPart = from_ts("a part of a custom layer", &part)?;
        Ok(architecture.without(part, digits.len(), weights))
    }

    /// Where the weights' tensors lie, and how large they are.
    ///
    /// # Errors
    /// If layers, digits or weights are bad.
    pub fn tensors(
        &self,
        layers: &str,
        digits: &[u8],
        weights: &[f32],
    ) -> JsResult<Vec<Ts<TensorSummary>>> {
        let architecture = parse_layers(layers)?;
        check_weights(&architecture, digits, weights)?;
        tensors(&architecture, digits.len(), weights).iter().map(to_ts).collect()
    }

    /// What the function of a kind of layer makes of each value.
    ///
    /// # Errors
    /// If there is no layer of this word.
    pub fn function_values(&self, word: &str, values: &[f32]) -> JsResult<Vec<f32>> {
        let kind = Kind::all().find(|kind| kind.word() == word);
        let (Kind::Dense(function) | Kind::Custom(function)) =
            kind.ok_or_else(|| error!("“{word}” is no layer"))?;
        Ok(values.iter().map(|&x| function.at(x)).collect())
    }
}
