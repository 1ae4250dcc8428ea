//! The three networks, layer by layer.

use crate::{data::PIXELS, model::ModelKind};

/// What a layer computes from its input x.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LayerKind {
    /// relu(x·W + b).
    Relu,
    /// x³·V − x·W + b.
    Cubic,
    /// x·W + b: the scores (logits) that softmax turns into probabilities.
    Scores,
}

/// A layer and its sizes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LayerConfig {
    /// The layer's name in weight files.
    pub name: &'static str,
    /// What it computes.
    pub kind: LayerKind,
    /// Values in.
    pub inputs: usize,
    /// Values out.
    pub units: usize,
}

/// A tensor of weights: its name in weight files and its shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TensorConfig {
    /// Such as `dense1.weight`.
    pub name: String,
    /// `[inputs, units]`, or `[units]`.
    pub shape: Vec<usize>,
}

/// The layers of a network for `classes` classes, first to last.
pub fn layers(model: ModelKind, classes: usize) -> Vec<LayerConfig> {
    use LayerKind::{Cubic, Relu, Scores};
    let plan: &[(&'static str, LayerKind, usize)] = match model {
        ModelKind::Custom => &[
            ("dense1", Relu, 150),
            ("dense2", Relu, 100),
            ("cubic", Cubic, 50),
        ],
        ModelKind::Dense => &[("dense1", Relu, 100), ("dense2", Relu, 50)],
        ModelKind::Control => &[
            ("dense1", Relu, 150),
            ("dense2", Relu, 100),
            ("dense3", Relu, 50),
        ],
    };
    let mut inputs = PIXELS;
    plan.iter()
        .chain(&[("output", Scores, classes)])
        .map(|&(name, kind, units)| {
            let layer = LayerConfig {
                name,
                kind,
                inputs,
                units,
            };
            inputs = units;
            layer
        })
        .collect()
}

impl LayerConfig {
    /// The layer's tensors, in the order in which the layer holds them.
    pub fn tensors(&self) -> Vec<TensorConfig> {
        let tensor = |part: &str, shape: &[usize]| TensorConfig {
            name: format!("{}.{part}", self.name),
            shape: shape.to_vec(),
        };
        let matrix = [self.inputs, self.units];
        match self.kind {
            LayerKind::Cubic => {
                vec![
                    tensor("v", &matrix),
                    tensor("w", &matrix),
                    tensor("b", &[self.units]),
                ]
            }
            LayerKind::Relu | LayerKind::Scores => {
                vec![tensor("weight", &matrix), tensor("bias", &[self.units])]
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Parameters as Keras's `model.count_params()` gives them for the notebook's two models.
    #[test]
    fn parameters_are_those_of_the_notebook() {
        for (model, expected) in [(ModelKind::Custom, 143_053), (ModelKind::Dense, 83_703)] {
            let parameters: usize = layers(model, 3)
                .iter()
                .flat_map(LayerConfig::tensors)
                .map(|tensor| tensor.shape.iter().product::<usize>())
                .sum();
            assert_eq!(parameters, expected, "{model}");
        }
    }
}
