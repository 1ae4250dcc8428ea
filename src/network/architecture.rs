//! A network's layers as data: what each computes, its sizes, and the names of its tensors.

use mnist::PIXELS;

use crate::network::functions::{ACTIVATIONS, CUSTOM_FUNCTIONS, Function};

/// What a layer computes from its input x.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// activation(x·W + b).
    Dense(&'static Function),
    /// f(x)·V − x·W + b.
    Custom(&'static Function),
}

/// The output layer computes the logits, of which softmax makes probabilities.
const OUTPUT: Kind = Kind::Dense(&ACTIVATIONS[2]);

/// The hidden layers of a network, first to last: what each computes, and its units. Before them
/// come the 784 pixels, after them a dense layer with a unit for each class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Architecture(pub Vec<(Kind, usize)>);

/// A layer in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayerConfig {
    /// The layer's name in weight files: `dense1`, `dense2`, … for dense layers, the word of a
    /// custom layer (a second one `cubic2`), and `output`.
    pub name: String,
    /// What it computes.
    pub kind: Kind,
    /// Values in.
    pub inputs: usize,
    /// Values out.
    pub units: usize,
}

/// A tensor of weights: its name in weight files and its shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TensorConfig {
    /// Such as `dense1.weight` or `cubic.v`.
    pub name: String,
    /// `[inputs, units]`, or `[units]`.
    pub shape: Vec<usize>,
}

impl Kind {
    /// Every kind, activations first.
    pub fn all() -> impl Iterator<Item = Self> {
        let dense = ACTIVATIONS.iter().map(Self::Dense);
        dense.chain(CUSTOM_FUNCTIONS.iter().map(Self::Custom))
    }

    /// The word in a network's text.
    pub fn word(self) -> &'static str {
        match self {
            Self::Dense(function) | Self::Custom(function) => function.word,
        }
    }
}

impl Architecture {
    /// All layers of a network for `classes` classes, the output included.
    pub fn layers(&self, classes: usize) -> Vec<LayerConfig> {
        let word = |kind| match kind {
            Kind::Dense(_) => "dense",
            Kind::Custom(function) => function.word,
        };
        let mut inputs = PIXELS;
        let mut layers = Vec::new();
        for (place, &(kind, units)) in self.0.iter().enumerate() {
            let same = self.0[..=place].iter().filter(|(other, _)| word(*other) == word(kind));
            let name = match (kind, same.count()) {
                (Kind::Custom(_), 1) => word(kind).to_owned(),
                (_, number) => format!("{}{number}", word(kind)),
            };
            layers.push(LayerConfig { name, kind, inputs, units });
            inputs = units;
        }
        layers.push(LayerConfig {
            name: "output".to_owned(),
            kind: OUTPUT,
            inputs,
            units: classes,
        });
        layers
    }

    /// The tensors of all layers, in the order in which a network's weights hold their values.
    pub fn tensors(&self, classes: usize) -> Vec<TensorConfig> {
        let layers = self.layers(classes);
        layers.iter().flat_map(LayerConfig::tensors).collect()
    }

    /// The number of weights, Keras's `count_params()`.
    pub fn parameters(&self, classes: usize) -> usize {
        self.tensors(classes).iter().map(TensorConfig::len).sum()
    }
}

impl LayerConfig {
    /// The layer's tensors, in the order in which the layer holds them.
    pub fn tensors(&self) -> Vec<TensorConfig> {
        let (matrices, vector): (&[&str], _) = match self.kind {
            Kind::Dense(_) => (&["weight"], "bias"),
            Kind::Custom(_) => (&["v", "w"], "b"),
        };
        let tensor = |part: &str, shape: &[usize]| TensorConfig {
            name: format!("{}.{part}", self.name),
            shape: shape.to_vec(),
        };
        let matrices = matrices.iter().map(|part| tensor(part, &[self.inputs, self.units]));
        matrices.chain([tensor(vector, &[self.units])]).collect()
    }
}

impl TensorConfig {
    /// The number of values.
    #[allow(clippy::len_without_is_empty)] // No tensor is empty.
    pub fn len(&self) -> usize {
        self.shape.iter().product()
    }
}
