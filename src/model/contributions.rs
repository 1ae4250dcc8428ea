//! The custom network's scores taken apart, unit by unit of its cubic layer.

use burn::tensor::{Tensor, TensorData};

use crate::{
    data::PIXELS,
    model::{Cubic, Dense, Layer, Network, device, values},
};

/// What each unit of the cubic layer y = x³·V − x·W + b adds to each score:
/// `score[k] = Σ_j cubic[k][j] + Σ_j linear[k][j] + bias[k]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Contributions {
    /// What unit `j`'s x³·V adds to score `k`.
    pub cubic: Vec<Vec<f32>>,
    /// What unit `j`'s −x·W adds to score `k`.
    pub linear: Vec<Vec<f32>>,
    /// What b and the output layer's bias add to score `k`.
    pub bias: Vec<f32>,
}

/// Takes apart the scores of an image, 784 values from 0 to 1; none if the network has no cubic
/// layer before its output.
pub fn contributions(network: &Network, image: &[f32]) -> Option<Contributions> {
    let [before @ .., Layer::Cubic(cubic), Layer::Scores(output)] = &network.layers[..] else {
        return None;
    };
    let image = Tensor::<2>::from_data(TensorData::new(image.to_vec(), [1, PIXELS]), &device());
    let x = before.iter().fold(image, |x, layer| layer.forward(x)); // [1, inputs]
    let Cubic { v, w, b } = cubic;
    let Dense { weight, bias } = output;
    let cube = x.clone() * x.clone() * x.clone();
    let by_cube = values(cube.matmul(v.val()));
    let by_line = values(-x.matmul(w.val()));
    let by_bias = values(b.val());

    let [_, classes] = weight.dims();
    let weight = values(weight.val()); // [units, classes]
    let added = |units: &[f32]| -> Vec<Vec<f32>> {
        (0..classes)
            .map(|k| {
                units
                    .iter()
                    .enumerate()
                    .map(|(j, y)| y * weight[j * classes + k])
                    .collect()
            })
            .collect()
    };
    let output_bias = values(bias.val());
    let bias = added(&by_bias)
        .iter()
        .zip(output_bias)
        .map(|(added, output)| added.iter().sum::<f32>() + output)
        .collect();
    Some(Contributions {
        cubic: added(&by_cube),
        linear: added(&by_line),
        bias,
    })
}
