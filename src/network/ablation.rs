//! A network without a part of its custom layers.

use serde::{Deserialize, Serialize};

use crate::network::{Architecture, Kind, architecture::TensorConfig};

/// A part of a custom layer y = f(x)·V − x·W + b that can be taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum CustomPart {
    /// f(x)·V.
    Function,
    /// −x·W.
    Linear,
}

impl Architecture {
    /// The weights without this part of each custom layer: V, or W, is zero.
    ///
    /// # Panics
    /// If there are not as many weights as the network has.
    pub fn without(&self, part: CustomPart, classes: usize, weights: &[f32]) -> Vec<f32> {
        assert_eq!(weights.len(), self.parameters(classes), "weights");
        let place = match part {
            CustomPart::Function => 0,
            CustomPart::Linear => 1,
        };
        let mut weights = weights.to_vec();
        let mut start = 0;
        for layer in self.layers(classes) {
            let tensors = layer.tensors();
            if let Kind::Custom(_) = layer.kind {
                let before: usize = tensors[..place].iter().map(TensorConfig::len).sum();
                weights[start + before..][..tensors[place].len()].fill(0.0);
            }
            start += tensors.iter().map(TensorConfig::len).sum::<usize>();
        }
        weights
    }
}
