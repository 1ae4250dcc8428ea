//! The custom network's scores taken apart, unit by unit of its cubic layer.

use crate::{
    data::PIXELS,
    model::{
        Cubic, Dense, Layer, Network,
        ops::{Activation, dense, from_values, into_values},
    },
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
    let image = from_values(image.to_vec(), [1, PIXELS]);
    let x = before.iter().fold(image, |x, layer| layer.forward(x)); // [1, inputs]
    let Cubic { v, w, b } = cubic;
    let Dense { weight, bias } = output;
    let [inputs, units] = v.dims();
    let x = into_values(x);
    // The products alone: dense layers without bias.
    let times = |x: Vec<f32>, weight| {
        let no_bias = from_values(vec![0.0; units], [units]);
        into_values(dense(
            from_values(x, [1, inputs]),
            weight,
            no_bias,
            Activation::Linear,
        ))
    };
    let by_cube = times(x.iter().map(|x| x * x * x).collect(), v.val());
    let by_line = times(x.iter().map(|x| -x).collect(), w.val());
    let by_bias = into_values(b.val());

    let [_, classes] = weight.dims();
    let weight = into_values(weight.val()); // [units, classes]
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
    let output_bias = into_values(bias.val());
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
