//! A network's weights as a safetensors file: <https://github.com/huggingface/safetensors>.

use std::collections::HashMap;

use half::f16;
use safetensors::{Dtype, SafeTensors, tensor::TensorView};

use crate::{
    Result, ensure, error,
    network::{
        Architecture,
        architecture::TensorConfig,
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

/// The int8 value of a unit's largest weight. With 127, the ready-made weights would be an eighth
/// larger to download, and their networks would answer the same.
const MOST_STEPS: f32 = 63.0;

/// How values are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// f32: nothing is lost.
    Single,
    /// Matrices as int8, with a scale for each column, which holds the weights into one unit. The
    /// scales are a tensor of their own: `dense1.weight.scale`. For inference only.
    Int8,
}

/// A tensor as it is stored.
struct Stored {
    name: String,
    dtype: Dtype,
    shape: Vec<usize>,
    bytes: Vec<u8>,
}

/// Writes the weights of a network that tells `digits` apart.
///
/// # Errors
/// If a weight is not a finite number, as after a divergence: such a file could not be read.
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
    let mut rest = weights;
    let mut tensors = Vec::new();
    for TensorConfig { name, shape } in architecture.tensors(digits.len()) {
        let (values, others) = rest.split_at(shape.iter().product());
        rest = others;
        check_finite(values).map_err(|e| e.of(&name))?;
        match (precision, &shape[..]) {
            (Precision::Int8, &[_, columns]) => {
                let (steps, scales) = in_steps(values, columns);
                tensors.push(single(scale_of(&name), vec![columns], &scales));
                tensors.push(Stored { name, dtype: Dtype::I8, shape, bytes: steps });
            }
            _ => tensors.push(single(name, shape, values)),
        }
    }
    let views = tensors.iter().map(|Stored { name, dtype, shape, bytes }| {
        // PANIC: the bytes are those of the shape.
        (name, TensorView::new(*dtype, shape.clone(), bytes).expect("a tensor of its shape"))
    });
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

/// Reads the weights of a network with these layers, f32 or f16, matrices also as int8 with scales,
/// and the digits it knows, where the file tells. Other tensors in the file are ignored.
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
        let name = &tensor.name;
        let view = stored.tensor(name).map_err(|_| {
            error!(
                "{name} is missing: this is not a file of a network with the layers {architecture}"
            )
        })?;
        check_shape(name, &view, &tensor.shape)?;
        let values = match (view.dtype(), &tensor.shape[..]) {
            (Dtype::I8, &[_, columns]) => of_steps(view.data(), &scales(&stored, name, columns)?),
            _ => values(name, &view)?,
        };
        check_finite(&values).map_err(|e| e.of(name))?;
        weights.extend(values);
    }
    Ok((weights, digits))
}

/// Reads such a file as initial weights for `classes` digits, whichever it knew.
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

/// A tensor as f32.
fn single(name: String, shape: Vec<usize>, values: &[f32]) -> Stored {
    let bytes = values.iter().flat_map(|value| value.to_le_bytes()).collect();
    Stored { name, dtype: Dtype::F32, shape, bytes }
}

/// The values of a tensor that is no int8.
fn values(name: &str, view: &TensorView) -> Result<Vec<f32>> {
    let bytes = view.data();
    match view.dtype() {
        Dtype::F32 => Ok(bytes.as_chunks().0.iter().map(|&b| f32::from_le_bytes(b)).collect()),
        Dtype::F16 => {
            Ok(bytes.as_chunks().0.iter().map(|&b| f16::from_le_bytes(b).to_f32()).collect())
        }
        other if view.shape().len() == 1 => {
            Err(error!("{name}: type {other:?}, expected F32 or F16"))
        }
        other => Err(error!("{name}: type {other:?}, expected F32, F16 or I8")),
    }
}

/// Quantises a row-major matrix to int8; returns it and each column's scale.
fn in_steps(values: &[f32], columns: usize) -> (Vec<u8>, Vec<f32>) {
    let mut scales = vec![0.0_f32; columns];
    for row in values.chunks_exact(columns) {
        for (scale, value) in scales.iter_mut().zip(row) {
            *scale = scale.max(value.abs() / MOST_STEPS);
        }
    }
    // A column of zeros has scale 0: 0 / 0 is NaN, which `as i8` turns into 0.
    let step = |(value, scale): (&f32, &f32)| ((value / scale).round() as i8).cast_unsigned();
    (values.iter().zip(scales.iter().cycle()).map(step).collect(), scales)
}

/// Undoes [`in_steps`].
fn of_steps(steps: &[u8], scales: &[f32]) -> Vec<f32> {
    let value = |(step, scale): (&u8, &f32)| f32::from(step.cast_signed()) * scale;
    steps.iter().zip(scales.iter().cycle()).map(value).collect()
}

/// The scales of an int8 matrix.
fn scales(stored: &SafeTensors, matrix: &str, columns: usize) -> Result<Vec<f32>> {
    let name = &scale_of(matrix);
    let view = stored
        .tensor(name)
        .map_err(|_| error!("{name} is missing: {matrix} is I8, so each column needs a scale"))?;
    check_shape(name, &view, &[columns])?;
    let scales = values(name, &view)?;
    check_finite(&scales).map_err(|e| e.of(name))?;
    Ok(scales)
}

fn scale_of(matrix: &str) -> String {
    format!("{matrix}.scale")
}

fn check_shape(name: &str, view: &TensorView, expected: &[usize]) -> Result<()> {
    let shape = view.shape();
    ensure!(shape == expected, "{name}: shape {shape:?}, expected {expected:?}");
    Ok(())
}

fn check_finite(values: &[f32]) -> Result<()> {
    for (at, value) in values.iter().enumerate() {
        ensure!(value.is_finite(), "value {at} is {value}, expected a finite number");
    }
    Ok(())
}

/// Digits as in `0,2,5`.
fn ascending_digits(list: &str) -> Result<Vec<u8>> {
    let digits = parse_digits(list).filter(|digits| digits.is_sorted_by(|a, b| a < b));
    digits.ok_or_else(|| {
        let list = shown(list);
        error!("the file's digits are “{list}”, expected a list such as “0,2,5”")
    })
}
