//! A network's logits taken apart, unit by unit of the layer before its output.

use mnist::PIXELS;
use serde::Serialize;

use crate::nn::{
    Network, SparseRows, custom::Custom, kernels::Panels, layer::Input, network::Layer,
};

/// What each unit of the last hidden layer adds to each logit: `logit[k]` is `bias[k]` plus the sum
/// of `to_classes[k]` over all units and parts.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Contributions {
    /// Of a custom layer, what f(x)·V adds and what −x·W adds; of a dense layer, its whole output.
    pub parts: Vec<Added>,
    /// What the output layer's bias and a custom layer's b add to each logit.
    pub bias: Vec<f32>,
}

/// What a part of each unit's output adds.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Added {
    /// Which part it is.
    pub by: AddedBy,
    /// What it adds to each logit, unit by unit.
    pub to_classes: Vec<Vec<f32>>,
}

/// A part of a unit's output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum AddedBy {
    /// f(x)·V of a custom layer.
    Function,
    /// −x·W of a custom layer.
    Linear,
    /// All of a dense layer's output.
    Activation,
}

/// Takes apart the logits of an image, 784 values from 0 to 1; none without a hidden layer.
pub fn contributions(network: &Network, image: &[f32]) -> Option<Contributions> {
    let [before @ .., last, Layer::Dense(output)] = &network.layers[..] else {
        return None;
    };
    let image = Input::images(SparseRows::new(image, PIXELS), false);
    let x = before.iter().fold(image, |x, layer| layer.forward(x).into()); // [1, inputs]
    let [_, classes] = output.weight.shape();
    let weight = output.weight.values(); // [units, classes]
    let added = |units: &[f32]| -> Vec<Vec<f32>> {
        let of_class = |k| {
            let of_units = units.iter().enumerate();
            of_units.map(|(j, y)| y * weight[j * classes + k]).collect()
        };
        (0..classes).map(of_class).collect()
    };
    let mut bias = output.bias.values();
    let outputs = match last {
        Layer::Dense(_) => vec![(AddedBy::Activation, last.forward(x).values())],
        Layer::Custom(custom) => {
            let by_b = added(&custom.b.values());
            bias.iter_mut().zip(by_b).for_each(|(bias, by_b)| *bias += by_b.iter().sum::<f32>());
            outputs_of(custom, &x.rows).to_vec()
        }
    };
    let parts = outputs.iter().map(|(by, units)| Added { by: *by, to_classes: added(units) });
    Some(Contributions { parts: parts.collect(), bias })
}

/// f(x)·V and −x·W of a custom layer that reads one row.
fn outputs_of(custom: &Custom, x: &SparseRows) -> [(AddedBy, Vec<f32>); 2] {
    let [_, units] = custom.v.shape();
    let [function, linear] = custom.products(x).map(|y| Panels::new(&y, units).row_major());
    let minus_linear = linear.into_iter().map(|value| -value).collect();
    [(AddedBy::Function, function), (AddedBy::Linear, minus_linear)]
}
