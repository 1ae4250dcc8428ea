//! A network's weights as a safetensors file: <https://github.com/huggingface/safetensors>.

use std::collections::HashMap;

use half::f16;
use safetensors::{Dtype, SafeTensors, tensor::TensorView};

use crate::{
    Result, ensure, error,
    network::{
        Architecture,
        text::{parse_digits, parse_layers, print_digits, shown},
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
    assert_eq!(weights.len(), architecture.parameters(digits.len()), "weights");
    let half = |&value: &f32| f16::from_f32(value).to_le_bytes(); // infinite beyond 65,504
    let (dtype, bytes): (_, Vec<u8>) = match precision {
        Precision::Single => (Dtype::F32, weights.iter().flat_map(|v| v.to_le_bytes()).collect()),
        Precision::Half => (Dtype::F16, weights.iter().flat_map(half).collect()),
    };
    let mut rest = &bytes[..];
    let mut views = Vec::new();
    for tensor in architecture.tensors(digits.len()) {
        let (bytes, others) = rest.split_at(bytes.len() / weights.len() * tensor.len());
        rest = others;
        values(dtype, bytes).map_err(|e| e.of(&tensor.name))?;
        // PANIC: the bytes are those of the shape.
        let view = TensorView::new(dtype, tensor.shape, bytes).expect("a tensor of its shape");
        views.push((tensor.name, view));
    }
    let metadata = [(DIGITS, print_digits(digits)), (LAYERS, architecture.to_string())];
    let [first, second] = metadata.each_ref().map(|(key, value)| format!("\"{key}\":\"{value}\""));
    let metadata = metadata.map(|(key, value)| (key.to_owned(), value));
    // PANIC: names are distinct, which is all that serialising checks.
    let mut file =
        safetensors::serialize(views, Some(HashMap::from(metadata))).expect("distinct names");
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
    ensure!(file.len() <= most, "the file has {} bytes, expected at most {most}", file.len());
    let not_safetensors = |e: safetensors::SafeTensorError| error!("not a safetensors file: {e}");
    let stored = SafeTensors::deserialize(file).map_err(not_safetensors)?;
    let (_, header) = SafeTensors::read_metadata(file).map_err(not_safetensors)?;
    let metadata = header.metadata().as_ref();
    let entry = |key| metadata.and_then(|entries| entries.get(key));
    let digits = entry(DIGITS).map(|list| ascending_digits(list)).transpose()?;

    // Shapes alone do not tell relu100 from tanh100.
    if let Some(layers) = entry(LAYERS) {
        ensure!(
            parse_layers(layers).is_ok_and(|layers| layers == *architecture),
            "the file is of a network with the layers {}, expected {architecture}",
            shown(layers)
        );
    }
    let classes = classes(&stored)?;
    if let Some(count) = digits.as_ref().map(Vec::len) {
        ensure!(
            count == classes,
            "output.bias has {classes} values, but the file names {count} digits"
        );
    }
    let mut weights = Vec::with_capacity(architecture.parameters(classes));
    for tensor in architecture.tensors(classes) {
        let (name, expected) = (&tensor.name, &tensor.shape[..]);
        let view = stored.tensor(name).map_err(|_| {
            error!(
                "{name} is missing: this is not a file of a network with the layers {architecture}"
            )
        })?;
        let shape = view.shape();
        ensure!(shape == expected, "{name}: shape {shape:?}, expected {expected:?}");
        weights.extend(values(view.dtype(), view.data()).map_err(|e| e.of(name))?);
    }
    Ok((weights, digits))
}

/// Reads such a file to train on `classes` digits from, whichever digits it knew.
///
/// # Errors
/// As [`read`], or if the file has another number of classes.
pub fn read_start(architecture: &Architecture, file: &[u8], classes: usize) -> Result<Vec<f32>> {
    let (weights, _) = read(architecture, file)?;
    ensure!(
        weights.len() == architecture.parameters(classes),
        "the start is not for {classes} classes, expected one for each chosen digit"
    );
    Ok(weights)
}

/// The number of classes that a file is for.
fn classes(stored: &SafeTensors) -> Result<usize> {
    let bias = stored.tensor("output.bias").map_err(|_| error!("output.bias is missing"))?;
    match *bias.shape() {
        [classes @ 2..=10] => Ok(classes),
        ref shape => Err(error!("output.bias: shape {shape:?}, expected [2] to [10]")),
    }
}

/// A tensor's values, checked.
fn values(dtype: Dtype, bytes: &[u8]) -> Result<Vec<f32>> {
    let values: Vec<f32> = match dtype {
        Dtype::F32 => bytes.as_chunks().0.iter().map(|&b| f32::from_le_bytes(b)).collect(),
        Dtype::F16 => bytes.as_chunks().0.iter().map(|&b| f16::from_le_bytes(b).to_f32()).collect(),
        other => return Err(error!("type {other:?}, expected F32 or F16")),
    };
    for (at, value) in values.iter().enumerate() {
        ensure!(value.is_finite(), "value {at} is {value}, expected a finite number");
    }
    Ok(values)
}

/// Digits as in `0,2,5`.
fn ascending_digits(list: &str) -> Result<Vec<u8>> {
    let digits = parse_digits(list).filter(|digits| digits.is_sorted_by(|a, b| a < b));
    digits.ok_or_else(|| {
        let list = shown(list);
        error!("the file's digits are “{list}”, expected a list such as “0,2,5”")
    })
}
