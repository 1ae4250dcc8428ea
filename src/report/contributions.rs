//! A network's logits taken apart, unit by unit of the custom layer before its output.

use mnist::PIXELS;
use serde::Serialize;

use crate::{
    autodiff::{from_values, into_values},
    nn::{
        Network,
        kernels::{Matrix, product},
        network::Layer,
    },
};

/// What each unit of the layer y = f(x)·V − x·W + b adds to each logit:
/// `logit[k] = Σ_j function[k][j] + Σ_j linear[k][j] + bias[k]`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Contributions {
    /// What unit `j`'s f(x)·V adds to logit `k`.
    pub function: Vec<Vec<f32>>,
    /// What unit `j`'s −x·W adds to logit `k`.
    pub linear: Vec<Vec<f32>>,
    /// What b and the output layer's bias add to logit `k`.
    pub bias: Vec<f32>,
}

/// Takes apart the logits of an image, 784 values from 0 to 1; none if there is no custom layer
/// right before the output.
pub fn contributions(network: &Network, image: &[f32]) -> Option<Contributions> {
    let [before @ .., Layer::Custom(custom), Layer::Dense(output)] = &network.layers[..] else {
        return None;
    };
    let image = from_values(image.to_vec(), [1, PIXELS]);
    let x = before.iter().fold(image, |x, layer| layer.forward(x)); // [1, inputs]
    let x = into_values(x);
    let [inputs, units] = custom.v.dims();
    let times =
        |x: &[f32], matrix: Vec<f32>| product(Matrix::new(x, inputs), Matrix::new(&matrix, units));
    let fx: Vec<f32> = x.iter().map(|&x| custom.function.at(x)).collect();
    let by_function = times(&fx, into_values(custom.v.val()));
    let minus_x: Vec<f32> = x.iter().map(|x| -x).collect();
    let by_line = times(&minus_x, into_values(custom.w.val()));

    let [_, classes] = output.weight.dims();
    let weight = into_values(output.weight.val()); // [units, classes]
    let added = |units: &[f32]| -> Vec<Vec<f32>> {
        let of_class = |k| {
            let of_units = units.iter().enumerate();
            of_units.map(|(j, y)| y * weight[j * classes + k]).collect()
        };
        (0..classes).map(of_class).collect()
    };
    let by_b = added(&into_values(custom.b.val()));
    let output_bias = into_values(output.bias.val());
    let bias = by_b.iter().zip(output_bias);
    Some(Contributions {
        function: added(&by_function),
        linear: added(&by_line),
        bias: bias.map(|(by_b, output)| by_b.iter().sum::<f32>() + output).collect(),
    })
}
