//! From a drawing to answers, and what goes on inside the networks that give them: fast enough for
//! the pointer event's own turn.

use js_sys::Float32Array;
use mnist::PIXELS;
use serde::Serialize;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use super::Study;
use crate::{
    Result,
    drawing::{Blank, DigitFeatures, Image, hog_features, image_of_strokes, is_unlike, is_unsure},
    ensure, error,
    nn::{
        Network,
        loss::{likeliest, softmax},
    },
    report::{contributions::contributions, patches::patches},
    web::{Floats, JsResult, check_digits, network, to_js, to_ts},
};

/// A network that answers, and the digit of each of its classes.
#[derive(Clone, Debug)]
pub(super) struct Answerer {
    network: Network,
    digits: Vec<u8>,
}

/// What a drawing is to a network.
#[derive(Clone, Debug, PartialEq, Serialize, Tsify)]
#[tsify(missing_as_null)]
pub struct DrawnImage {
    /// 28 × 28 values from 0 to 1.
    pub image: Option<Floats>,
    /// Why there is no image.
    pub blank: Option<Blank>,
}

/// What a network answers.
#[derive(Clone, Debug, PartialEq, Serialize, Tsify)]
pub struct Answer {
    /// The probability of each class.
    pub probabilities: Vec<f32>,
    /// The likeliest class.
    pub class: usize,
    /// Its digit.
    pub digit: u8,
    /// Whether no class is likely enough.
    pub is_unsure: bool,
    /// Whether the network has diverged, so that all of this says nothing.
    pub diverged: bool,
}

#[wasm_bindgen]
impl Study {
    /// The image that strokes make: x and y of each point, in units of the pad's side from its top
    /// left corner, and how many points each stroke has.
    ///
    /// # Errors
    /// If there are not as many points as the lengths say.
    pub fn image(&self, points: &[f32], lengths: &[u32]) -> JsResult<Ts<DrawnImage>> {
        let strokes = strokes(points, lengths)?;
        to_ts(&match image_of_strokes(&strokes) {
            Ok(image) => DrawnImage { image: Some(Floats(image.to_vec())), blank: None },
            Err(blank) => DrawnImage { image: None, blank: Some(blank) },
        })
    }

    /// Sets the network that answers in a slot.
    ///
    /// # Errors
    /// If layers, digits or weights are bad, or do not fit; the slot is then as it was.
    pub fn set_network(
        &mut self,
        slot: u32,
        layers: &str,
        digits: &[u8],
        weights: &[f32],
    ) -> JsResult<()> {
        let network = network(layers, digits, weights)?;
        self.answerers.insert(slot, Answerer { network, digits: digits.to_vec() });
        Ok(())
    }

    /// Removes the network of a slot.
    pub fn clear_network(&mut self, slot: u32) {
        self.answerers.remove(&slot);
    }

    /// What the network in a slot answers; `null` if there is none.
    #[wasm_bindgen(unchecked_return_type = "Answer | null")]
    pub fn answer(&self, slot: u32, image: &[f32]) -> JsResult<JsValue> {
        let image = image_of(image)?;
        to_js(&self.answerers.get(&slot).map(|answerer| answerer.answer(image)))
    }

    /// The outputs of each hidden layer of the network in a slot; none if there is no network.
    pub fn activations(&self, slot: u32, image: &[f32]) -> JsResult<Vec<Float32Array>> {
        let image = image_of(image)?;
        let answerer = self.answerers.get(&slot).into_iter();
        let layers = answerer.flat_map(|answerer| answerer.network.activations(image));
        Ok(layers.map(|layer| Float32Array::from(&layer[..])).collect())
    }

    /// What each unit of the last hidden layer of the network in a slot adds; `null` if there is no
    /// network.
    #[wasm_bindgen(unchecked_return_type = "Contributions | null")]
    pub fn contributions(&self, slot: u32, image: &[f32]) -> JsResult<JsValue> {
        let image = image_of(image)?;
        let answerer = self.answerers.get(&slot);
        to_js(&answerer.and_then(|answerer| contributions(&answerer.network, image)))
    }

    /// What each pixel, at its full value 1, adds to the first units of the first layer of the
    /// network in a slot: 784 values a unit; none if there is no network.
    pub fn patches(&self, slot: u32, most_units: usize) -> Vec<f32> {
        let answerer = self.answerers.get(&slot);
        answerer.map(|answerer| patches(&answerer.network, most_units)).unwrap_or_default()
    }

    /// Takes a digit's features, as a job made them.
    ///
    /// # Errors
    /// If they are bad.
    pub fn set_features(&mut self, digit: u8, features: Vec<u8>) -> JsResult<()> {
        self.features.insert(digit, DigitFeatures::new(digit, features)?);
        Ok(())
    }

    /// Whether an image is unlike all training images of these digits; `null` as long as features
    /// of one are missing.
    ///
    /// # Errors
    /// If the digits or the image are bad.
    #[wasm_bindgen(unchecked_return_type = "boolean | null")]
    pub fn is_unlike(&self, digits: &[u8], image: &[f32]) -> JsResult<JsValue> {
        check_digits(digits)?;
        let image = image_of(image)?;
        let features: Option<Vec<&DigitFeatures>> =
            digits.iter().map(|digit| self.features.get(digit)).collect();
        to_js(&features.map(|features| is_unlike(&hog_features(image), &features)))
    }
}

impl Answerer {
    fn answer(&self, image: &Image) -> Answer {
        let logits = self.network.logits(image);
        let probabilities = softmax(&logits);
        let class = likeliest(&logits);
        Answer {
            class,
            digit: self.digits[class],
            is_unsure: is_unsure(&probabilities),
            diverged: !probabilities.iter().all(|p| p.is_finite()),
            probabilities,
        }
    }
}

fn strokes(points: &[f32], lengths: &[u32]) -> Result<Vec<Vec<[f32; 2]>>> {
    let (mut rest, odd) = points.as_chunks::<2>();
    let expected = lengths.iter().map(|&length| u64::from(length)).sum::<u64>();
    ensure!(
        odd.is_empty() && rest.len() as u64 == expected,
        "there are {} coordinates, expected 2 for each of {expected} points",
        points.len()
    );
    let stroke = |&length: &u32| {
        let (stroke, others) = rest.split_at(length as usize);
        rest = others;
        stroke.to_vec()
    };
    Ok(lengths.iter().map(stroke).collect())
}

fn image_of(values: &[f32]) -> Result<&Image> {
    let refusal = |_| error!("the image has {} values, expected {PIXELS}", values.len());
    values.try_into().map_err(refusal)
}
