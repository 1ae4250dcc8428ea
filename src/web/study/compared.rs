//! Two networks compared image by image.

use tsify::Ts;
use wasm_bindgen::prelude::*;

use super::Study;
use crate::{
    ensure,
    report::mcnemar::McNemar,
    web::{JsResult, to_ts},
};

#[wasm_bindgen]
impl Study {
    /// McNemar's test of two networks, from the right class of each image, each network's answers
    /// and the number of comparisons.
    ///
    /// # Errors
    /// If a network does not have one answer per image.
    pub fn mcnemar(
        &self,
        classes: &[u8],
        first: &[u8],
        second: &[u8],
        comparisons: u32,
    ) -> JsResult<Ts<McNemar>> {
        let (images, answers) = (classes.len(), [first.len(), second.len()]);
        ensure!(
            answers == [images, images],
            "there are {} and {} answers, expected {images} of each network",
            answers[0],
            answers[1]
        );
        to_ts(&McNemar::of(classes, first, second, comparisons))
    }
}
