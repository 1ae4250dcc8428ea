//! A network's weights by name, and safetensors files of them.

use std::{borrow::Cow, collections::HashMap};

use half::f16;
use safetensors::{Dtype, SafeTensors, View, tensor::TensorView};

use crate::{
    Error, Result,
    model::{
        ModelKind,
        architecture::{LayerConfig, TensorConfig, layers},
    },
};

/// More than twice what any of the networks takes for ten classes; a larger file is not one of ours.
const MAX_BYTES: usize = 2_000_000;

/// The metadata key that holds the digits that a network knows, such as `0,2,5`.
const DIGITS: &str = "digits";

/// A network's weights, layer after layer, each in the order of [`LayerConfig::tensors`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Weights {
    tensors: Vec<(TensorConfig, Vec<f32>)>,
}

impl Weights {
    /// Adds a tensor at the end.
    pub fn insert(&mut self, tensor: TensorConfig, values: Vec<f32>) {
        debug_assert_eq!(tensor.shape.iter().product::<usize>(), values.len());
        self.tensors.push((tensor, values));
    }

    /// The tensors in order: name, shape and values in row-major order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[usize], &[f32])> {
        self.tensors
            .iter()
            .map(|(tensor, values)| (&*tensor.name, &*tensor.shape, &**values))
    }

    /// The values of the tensor called `name`, in row-major order.
    pub fn get(&self, name: &str) -> Option<&[f32]> {
        self.iter()
            .find(|&(tensor, ..)| tensor == name)
            .map(|(.., values)| values)
    }

    /// The number of classes that the network tells apart.
    pub fn classes(&self) -> usize {
        self.get("output.bias").map_or(0, <[f32]>::len)
    }

    /// Writes a safetensors file of f32.
    ///
    /// # Errors
    /// If a weight is not a finite number, as after a divergence: such a file could not be read.
    pub fn to_safetensors(&self, digits: &[u8]) -> Result<Vec<u8>> {
        self.serialize(digits, Dtype::F32, |values| {
            values
                .iter()
                .flat_map(|value| value.to_le_bytes())
                .collect()
        })
    }

    /// Writes a safetensors file of f16: half the size, for reading only.
    ///
    /// # Errors
    /// As [`Weights::to_safetensors`].
    pub fn to_safetensors_f16(&self, digits: &[u8]) -> Result<Vec<u8>> {
        let mut rounded = self.clone();
        for value in rounded.tensors.iter_mut().flat_map(|(_, values)| values) {
            *value = f16::from_f32(*value).to_f32(); // infinite beyond 65,504
        }
        rounded.serialize(digits, Dtype::F16, |values| {
            values
                .iter()
                .flat_map(|&value| f16::from_f32(value).to_le_bytes())
                .collect()
        })
    }

    fn serialize(
        &self,
        digits: &[u8],
        dtype: Dtype,
        bytes: impl Fn(&[f32]) -> Vec<u8>,
    ) -> Result<Vec<u8>> {
        for (name, _, values) in self.iter() {
            check_finite(values).map_err(|e| e.of(name))?;
        }
        let digits = digits
            .iter()
            .map(u8::to_string)
            .collect::<Vec<_>>()
            .join(",");
        let metadata = HashMap::from([(DIGITS.to_owned(), digits)]);
        let tensors = self.iter().map(|(name, shape, values)| {
            (
                name,
                Stored {
                    dtype,
                    shape,
                    bytes: bytes(values),
                },
            )
        });
        // PANIC: names are distinct and each tensor has the bytes of its shape, which is all that
        // serialising checks.
        #[allow(clippy::unwrap_used)]
        let file = safetensors::serialize(tensors, Some(metadata)).unwrap();
        Ok(file)
    }

    /// Reads a safetensors file of a network of kind `model`, f32 or f16, and the digits it knows,
    /// where the file tells. Other tensors in the file are ignored.
    ///
    /// # Errors
    /// If this is no such file, or a tensor is missing, of another shape or type, or holds a value
    /// that is not a finite number.
    pub fn from_safetensors(file: &[u8], model: ModelKind) -> Result<(Self, Option<Vec<u8>>)> {
        if file.len() > MAX_BYTES {
            return Err(Error::new(format!(
                "the file has {} bytes, expected at most {MAX_BYTES}",
                file.len()
            )));
        }
        let not_safetensors =
            |e: safetensors::SafeTensorError| Error::new(format!("not a safetensors file: {e}"));
        let stored = SafeTensors::deserialize(file).map_err(not_safetensors)?;
        let (_, header) = SafeTensors::read_metadata(file).map_err(not_safetensors)?;
        let digits = match header
            .metadata()
            .as_ref()
            .and_then(|entries| entries.get(DIGITS))
        {
            Some(list) => Some(parse_digits(list)?),
            None => None,
        };

        let classes = classes(&stored)?;
        if let Some(digits) = &digits
            && digits.len() != classes
        {
            return Err(Error::new(format!(
                "output.bias has {classes} values, but the file names {} digits",
                digits.len()
            )));
        }
        let mut weights = Self::default();
        for tensor in layers(model, classes).iter().flat_map(LayerConfig::tensors) {
            let view = stored.tensor(&tensor.name).map_err(|_| {
                Error::new(format!(
                    "{} is missing: this is not a file of the {model} network",
                    tensor.name
                ))
            })?;
            let values = values(&view, &tensor).map_err(|e| e.of(&tensor.name))?;
            weights.insert(tensor, values);
        }
        Ok((weights, digits))
    }

    /// Reads such a file to start training on `classes` digits from, whichever digits it knew.
    ///
    /// # Errors
    /// As [`Weights::from_safetensors`], or if the file has another number of classes.
    pub fn start(file: &[u8], model: ModelKind, classes: usize) -> Result<Self> {
        let (weights, _) = Self::from_safetensors(file, model)?;
        if weights.classes() != classes {
            return Err(Error::new(format!(
                "the start has {} classes, expected {classes}: one for each chosen digit",
                weights.classes()
            )));
        }
        Ok(weights)
    }
}

/// The number of classes that a file is for.
fn classes(stored: &SafeTensors) -> Result<usize> {
    let bias = stored
        .tensor("output.bias")
        .map_err(|_| Error::new("output.bias is missing"))?;
    match *bias.shape() {
        [classes @ 2..=10] => Ok(classes),
        ref shape => Err(Error::new(format!(
            "output.bias: shape {shape:?}, expected [2] to [10]"
        ))),
    }
}

/// A tensor's values, checked.
fn values(view: &TensorView, expected: &TensorConfig) -> Result<Vec<f32>> {
    if view.shape() != expected.shape {
        return Err(Error::new(format!(
            "shape {:?}, expected {:?}",
            view.shape(),
            expected.shape
        )));
    }
    let bytes = view.data();
    let values: Vec<f32> = match view.dtype() {
        Dtype::F32 => bytes
            .chunks_exact(4)
            .map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]]))
            .collect(),
        Dtype::F16 => bytes
            .chunks_exact(2)
            .map(|b| f16::from_le_bytes([b[0], b[1]]).to_f32())
            .collect(),
        other => return Err(Error::new(format!("type {other:?}, expected F32 or F16"))),
    };
    check_finite(&values)?;
    Ok(values)
}

fn check_finite(values: &[f32]) -> Result<()> {
    match values.iter().position(|value| !value.is_finite()) {
        Some(at) => Err(Error::new(format!(
            "value {at} is {}, expected a finite number",
            values[at]
        ))),
        None => Ok(()),
    }
}

/// Digits as in `0,2,5`: ascending, from 0 to 9.
fn parse_digits(list: &str) -> Result<Vec<u8>> {
    let digits: Option<Vec<u8>> = list.split(',').map(|digit| digit.parse().ok()).collect();
    digits
        .filter(|digits| digits.is_sorted_by(|a, b| a < b) && digits.iter().all(|&d| d <= 9))
        .ok_or_else(|| {
            let shown: String = list.chars().take(40).collect();
            Error::new(format!(
                "the file's digits are {shown:?}, expected a list such as \"0,2,5\""
            ))
        })
}

/// A tensor on its way into a file.
struct Stored<'a> {
    dtype: Dtype,
    shape: &'a [usize],
    bytes: Vec<u8>,
}

impl View for Stored<'_> {
    fn dtype(&self) -> Dtype {
        self.dtype
    }

    fn shape(&self) -> &[usize] {
        self.shape
    }

    fn data(&self) -> Cow<'_, [u8]> {
        Cow::Borrowed(&self.bytes)
    }

    fn data_len(&self) -> usize {
        self.bytes.len()
    }
}
