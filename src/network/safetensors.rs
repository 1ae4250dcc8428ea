//! A network's weights as a safetensors file: <https://github.com/huggingface/safetensors>.

use std::{borrow::Cow, collections::HashMap};

use half::f16;
use safetensors::{Dtype, SafeTensors, View, tensor::TensorView};

use crate::{
    Error, Result,
    network::{
        Architecture,
        architecture::TensorConfig,
        text::{parse_layers, shown, whole},
    },
};

/// The metadata key that holds the digits that a network knows, such as `0,2,5`.
const DIGITS: &str = "digits";
/// The metadata key that holds the network's layers, such as `relu100,relu50`.
const LAYERS: &str = "layers";
/// Bytes before the metadata's first entry: the header's length, then `{"__metadata__":{`.
const HEADER_START: usize = 8 + 17;
/// What a file may have besides the values it needs: header, and some tensors that are ignored.
const SPARE_BYTES: usize = 1_000_000;

/// How values are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// f32: nothing is lost.
    Single,
    /// f16: half the size, for classifying only.
    Half,
}

/// Writes the weights of a network that tells `digits` apart.
///
/// # Errors
/// If a weight is not a finite number in this precision, as after a divergence: such a file could
/// not be read.
///
/// # Panics
/// If there are not as many weights as the network has.
pub fn write(
    architecture: &Architecture,
    weights: &[f32],
    digits: &[u8],
    precision: Precision,
) -> Result<Vec<u8>> {
    let expected = architecture.parameters(digits.len());
    assert_eq!(weights.len(), expected, "weights");
    let mut rest = weights;
    let mut tensors = Vec::new();
    for tensor in architecture.tensors(digits.len()) {
        let (values, others) = rest.split_at(tensor.len());
        rest = others;
        let values: Vec<f32> = match precision {
            Precision::Single => values.to_vec(),
            // Infinite beyond 65,504.
            Precision::Half => values.iter().map(|&v| f16::from_f32(v).to_f32()).collect(),
        };
        check_finite(&values).map_err(|e| e.of(&tensor.name))?;
        tensors.push((tensor.name.clone(), Stored::new(tensor, &values, precision)));
    }
    let digits: Vec<String> = digits.iter().map(u8::to_string).collect();
    let metadata = [(DIGITS, digits.join(",")), (LAYERS, architecture.to_string())];
    let [first, second] = metadata.each_ref().map(|(key, value)| format!("\"{key}\":\"{value}\""));
    let metadata = metadata.map(|(key, value)| (key.to_owned(), value));
    // PANIC: names are distinct and each tensor has the bytes of its shape, which is all that
    // serialising checks.
    let mut file = safetensors::serialize(tensors, Some(HashMap::from(metadata)))
        .expect("tensors of their shapes");
    // A map has no order, but the same weights should give the same bytes.
    let swapped = format!("{second},{first}");
    let header = &mut file[..HEADER_START + swapped.len()];
    if header.ends_with(swapped.as_bytes()) {
        header[HEADER_START..].copy_from_slice(format!("{first},{second}").as_bytes());
    }
    Ok(file)
}

/// Reads the weights of a network with these layers, f32 or f16, and the digits it knows, where the
/// file tells. Other tensors in the file are ignored.
///
/// # Errors
/// If this is no such file, it names other layers, or a tensor is missing, of another shape or type,
/// or holds a value that is not a finite number.
pub fn read(architecture: &Architecture, file: &[u8]) -> Result<(Vec<f32>, Option<Vec<u8>>)> {
    let most = 4 * architecture.parameters(10) + SPARE_BYTES;
    if file.len() > most {
        return Err(Error::new(format!(
            "the file has {} bytes, expected at most {most}",
            file.len()
        )));
    }
    let not_safetensors =
        |e: safetensors::SafeTensorError| Error::new(format!("not a safetensors file: {e}"));
    let stored = SafeTensors::deserialize(file).map_err(not_safetensors)?;
    let (_, header) = SafeTensors::read_metadata(file).map_err(not_safetensors)?;
    let metadata = header.metadata().as_ref();
    let digits = metadata.and_then(|entries| entries.get(DIGITS));
    let digits = digits.map(|list| parse_digits(list)).transpose()?;

    // Shapes alone do not tell relu100 from tanh100.
    if let Some(layers) = metadata.and_then(|entries| entries.get(LAYERS))
        && !parse_layers(layers).is_ok_and(|layers| layers == *architecture)
    {
        return Err(Error::new(format!(
            "the file is of a network with the layers {}, expected {architecture}",
            shown(layers)
        )));
    }
    let classes = classes(&stored)?;
    if let Some(digits) = &digits
        && digits.len() != classes
    {
        return Err(Error::new(format!(
            "output.bias has {classes} values, but the file names {} digits",
            digits.len()
        )));
    }
    let mut weights = Vec::with_capacity(architecture.parameters(classes));
    for tensor in architecture.tensors(classes) {
        let view = stored.tensor(&tensor.name).map_err(|_| {
            Error::new(format!(
                "{} is missing: this is not a file of a network with the layers {architecture}",
                tensor.name
            ))
        })?;
        weights.extend(values(&view, &tensor).map_err(|e| e.of(&tensor.name))?);
    }
    Ok((weights, digits))
}

/// Reads such a file to train on `classes` digits from, whichever digits it knew.
///
/// # Errors
/// As [`read`], or if the file has another number of classes.
pub fn read_start(architecture: &Architecture, file: &[u8], classes: usize) -> Result<Vec<f32>> {
    let (weights, _) = read(architecture, file)?;
    if weights.len() != architecture.parameters(classes) {
        return Err(Error::new(format!(
            "the start is not for {classes} classes, expected one for each chosen digit"
        )));
    }
    Ok(weights)
}

/// The number of classes that a file is for.
fn classes(stored: &SafeTensors) -> Result<usize> {
    let bias = stored.tensor("output.bias").map_err(|_| Error::new("output.bias is missing"))?;
    match *bias.shape() {
        [classes @ 2..=10] => Ok(classes),
        ref shape => Err(Error::new(format!("output.bias: shape {shape:?}, expected [2] to [10]"))),
    }
}

/// A tensor's values, checked.
fn values(view: &TensorView, expected: &TensorConfig) -> Result<Vec<f32>> {
    if view.shape() != expected.shape {
        return Err(Error::new(format!("shape {:?}, expected {:?}", view.shape(), expected.shape)));
    }
    let bytes = view.data();
    let values: Vec<f32> = match view.dtype() {
        Dtype::F32 => {
            bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect()
        }
        Dtype::F16 => {
            bytes.chunks_exact(2).map(|b| f16::from_le_bytes([b[0], b[1]]).to_f32()).collect()
        }
        other => return Err(Error::new(format!("type {other:?}, expected F32 or F16"))),
    };
    check_finite(&values)?;
    Ok(values)
}

fn check_finite(values: &[f32]) -> Result<()> {
    match values.iter().position(|value| !value.is_finite()) {
        Some(at) => {
            Err(Error::new(format!("value {at} is {}, expected a finite number", values[at])))
        }
        None => Ok(()),
    }
}

/// Digits as in `0,2,5`: ascending, from 0 to 9.
fn parse_digits(list: &str) -> Result<Vec<u8>> {
    let digits: Option<Vec<u8>> = list.split(',').map(whole).collect();
    digits
        .filter(|digits| digits.is_sorted_by(|a, b| a < b) && digits.iter().all(|&d| d <= 9))
        .ok_or_else(|| {
            Error::new(format!(
                "the file's digits are “{}”, expected a list such as “0,2,5”",
                shown(list)
            ))
        })
}

/// A tensor on its way into a file.
struct Stored {
    dtype: Dtype,
    shape: Vec<usize>,
    bytes: Vec<u8>,
}

impl Stored {
    fn new(tensor: TensorConfig, values: &[f32], precision: Precision) -> Self {
        let (dtype, bytes) = match precision {
            Precision::Single => {
                (Dtype::F32, values.iter().flat_map(|v| v.to_le_bytes()).collect())
            }
            Precision::Half => {
                let bytes = values.iter().map(|&v| f16::from_f32(v).to_le_bytes());
                (Dtype::F16, bytes.flatten().collect())
            }
        };
        Self { dtype, shape: tensor.shape, bytes }
    }
}

impl View for Stored {
    fn dtype(&self) -> Dtype {
        self.dtype
    }

    fn shape(&self) -> &[usize] {
        &self.shape
    }

    fn data(&self) -> Cow<'_, [u8]> {
        Cow::Borrowed(&self.bytes)
    }

    fn data_len(&self) -> usize {
        self.bytes.len()
    }
}
