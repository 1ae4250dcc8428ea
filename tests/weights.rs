//! Weight files: written, read back, and refused with the tensor's name.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

mod common;

use std::collections::HashMap;

use common::layers;
use half::f16;
use mnist_cubic::{
    network::{
        Architecture,
        safetensors::{Precision, read, read_start, write},
    },
    nn::{Network, init::start},
};
use safetensors::{Dtype, SafeTensors, tensor::TensorView};

const CUSTOM: &str = "relu150,relu100,cubic50";
const DIGITS: [u8; 3] = [0, 2, 5];

fn refusal(file: &[u8]) -> String {
    read(&layers(CUSTOM), file).unwrap_err().to_string()
}

/// A tensor of a file.
struct Stored {
    name: String,
    dtype: Dtype,
    shape: Vec<usize>,
    bytes: Vec<u8>,
}

/// A file of the custom network's start, each tensor of which `change` may replace, or leave out by
/// taking its name.
fn file(change: impl Fn(&mut Stored)) -> Vec<u8> {
    described_file(change, &[])
}

/// Such a file with these entries in its metadata.
fn described_file(change: impl Fn(&mut Stored), metadata: &[(&str, &str)]) -> Vec<u8> {
    let architecture = layers(CUSTOM);
    let weights = start(&architecture, 3, 1);
    let mut rest = &weights[..];
    let mut tensors = Vec::new();
    for tensor in architecture.tensors(3) {
        let (values, others) = rest.split_at(tensor.len());
        rest = others;
        let mut tensor = Stored {
            name: tensor.name,
            dtype: Dtype::F32,
            shape: tensor.shape,
            bytes: values.iter().flat_map(|v| v.to_le_bytes()).collect(),
        };
        change(&mut tensor);
        tensors.push(tensor);
    }
    let kept = tensors.iter().filter(|tensor| !tensor.name.is_empty());
    let views = kept.map(|tensor| {
        let view = TensorView::new(tensor.dtype, tensor.shape.clone(), &tensor.bytes);
        (&tensor.name, view.unwrap())
    });
    let metadata = metadata.iter().map(|&(key, value)| (key.to_owned(), value.to_owned()));
    let metadata: HashMap<_, _> = metadata.collect();
    safetensors::serialize(views, Some(metadata)).unwrap()
}

/// A file of the custom network, where `change` is for the tensor `name` alone.
fn file_with(name: &str, change: impl Fn(&mut Stored)) -> Vec<u8> {
    file(|tensor| {
        if tensor.name == name {
            change(tensor);
        }
    })
}

#[test]
fn weights_come_back_to_the_bit() {
    let others = ["relu7", "cubic20,square10,cubic5,sine3", "tanh512,zero2", "softsign1,linear1"];
    for text in common::NOTEBOOK.into_iter().chain(others) {
        for digits in [vec![3, 4], vec![0, 2, 5], (0..10).collect()] {
            let architecture = layers(text);
            let weights = start(&architecture, digits.len(), 1);
            let file = write(&architecture, &weights, &digits, Precision::Single).unwrap();
            let (read, known) = read(&architecture, &file).unwrap();
            let bits = |weights: &[f32]| weights.iter().map(|w| w.to_bits()).collect::<Vec<_>>();
            assert_eq!(bits(&read), bits(&weights), "{text}");
            assert_eq!(known, Some(digits.clone()), "{text}");
            let network = Network::new(&architecture, digits.len(), &weights);
            assert_eq!(network.weights(), weights, "{text}");
        }
    }
}

/// Read with the safetensors crate alone.
#[test]
fn tensors_have_the_documented_names_and_shapes() {
    let names = |text: &str| -> Vec<(String, Vec<usize>)> {
        let architecture = layers(text);
        let weights = start(&architecture, 3, 1);
        let file = write(&architecture, &weights, &DIGITS, Precision::Single).unwrap();
        let stored = SafeTensors::deserialize(&file).unwrap();
        let tensors = stored.tensors();
        let shapes = tensors.into_iter().map(|(name, view)| (name, view.shape().to_vec()));
        let mut shapes: Vec<_> = shapes.collect();
        shapes.sort();
        shapes
    };
    let expected = |list: &[(&str, &[usize])]| -> Vec<(String, Vec<usize>)> {
        list.iter().map(|&(name, shape)| (name.to_owned(), shape.to_vec())).collect()
    };
    assert_eq!(
        names(CUSTOM),
        expected(&[
            ("cubic.b", &[50]),
            ("cubic.v", &[100, 50]),
            ("cubic.w", &[100, 50]),
            ("dense1.bias", &[150]),
            ("dense1.weight", &[784, 150]),
            ("dense2.bias", &[100]),
            ("dense2.weight", &[150, 100]),
            ("output.bias", &[3]),
            ("output.weight", &[50, 3]),
        ])
    );
    // Dense layers count together, whatever their activation; custom ones each by its word.
    assert_eq!(
        names("tanh9,cubic8,sine7,relu6,cubic5,cubic4"),
        expected(&[
            ("cubic.b", &[8]),
            ("cubic.v", &[9, 8]),
            ("cubic.w", &[9, 8]),
            ("cubic2.b", &[5]),
            ("cubic2.v", &[6, 5]),
            ("cubic2.w", &[6, 5]),
            ("cubic3.b", &[4]),
            ("cubic3.v", &[5, 4]),
            ("cubic3.w", &[5, 4]),
            ("dense1.bias", &[9]),
            ("dense1.weight", &[784, 9]),
            ("dense2.bias", &[6]),
            ("dense2.weight", &[7, 6]),
            ("output.bias", &[3]),
            ("output.weight", &[4, 3]),
            ("sine.b", &[7]),
            ("sine.v", &[8, 7]),
            ("sine.w", &[8, 7]),
        ])
    );
}

/// As F16, which other programs write.
#[test]
fn half_precision_is_read() {
    let architecture = layers(CUSTOM);
    let exact = start(&architecture, 3, 1);
    let half = file(|tensor| {
        let values = tensor.bytes.as_chunks().0.iter().map(|&bytes| f32::from_le_bytes(bytes));
        tensor.bytes = values.flat_map(|value| f16::from_f32(value).to_le_bytes()).collect();
        tensor.dtype = Dtype::F16;
    });
    let (read, _) = read(&architecture, &half).unwrap();
    let rounded: Vec<f32> = exact.iter().map(|&value| f16::from_f32(value).to_f32()).collect();
    assert_eq!(read, rounded);
    assert_ne!(read, exact);
}

/// Every weight is within half a step of its column, of which the largest has 63.
#[test]
fn int8_keeps_seven_bits_of_each_column() {
    let architecture = layers(CUSTOM);
    let mut exact = start(&architecture, 3, 1);
    // The weights into the first unit are all 0, those into the second large.
    for row in exact[..784 * 150].chunks_exact_mut(150) {
        row[0] = 0.0;
        row[1] *= 1000.0;
    }
    let single = write(&architecture, &exact, &DIGITS, Precision::Single).unwrap();
    let bytes = write(&architecture, &exact, &DIGITS, Precision::Int8).unwrap();
    assert!(bytes.len() < single.len() / 4 + 5000);
    let (read, digits) = read(&architecture, &bytes).unwrap();
    assert_eq!(digits, Some(DIGITS.to_vec()));
    assert_eq!(read.len(), exact.len());

    let mut begin = 0;
    for tensor in architecture.tensors(3) {
        let [exact, read] = [&exact, &read].map(|all| &all[begin..][..tensor.len()]);
        begin += tensor.len();
        let &[_, columns] = &tensor.shape[..] else {
            assert_eq!(read, exact, "{}", tensor.name);
            continue;
        };
        for column in 0..columns {
            let of = |values: &[f32]| -> Vec<f32> {
                values[column..].iter().step_by(columns).copied().collect()
            };
            let (exact, read) = (of(exact), of(read));
            let largest = exact.iter().fold(0.0, |most: f32, value| most.max(value.abs()));
            let bound = largest / 63.0 * 0.5001;
            for (exact, read) in exact.iter().zip(&read) {
                assert!((exact - read).abs() <= bound, "{}: {exact} {read}", tensor.name);
            }
        }
    }
}

#[test]
fn what_is_no_file_of_weights_is_refused() {
    let good = file(|_| {});
    assert_eq!(read(&layers(CUSTOM), &good), Ok((start(&layers(CUSTOM), 3, 1), None)));
    for (bad, reason) in [
        (&b""[..], "header too small"),
        (&good[..good.len() - 1], "incomplete metadata, file not fully covered"),
        (&[0xff; 64], "header too large"),
    ] {
        assert_eq!(refusal(bad), format!("not a safetensors file: {reason}"));
    }
    let most = 4 * layers(CUSTOM).parameters(10) + 1_000_000;
    assert_eq!(
        refusal(&vec![0; most + 1]),
        format!("the file has {} bytes, expected at most {most}", most + 1)
    );
}

#[test]
fn bad_tensors_are_refused_by_name() {
    assert_eq!(
        refusal(&file_with("cubic.v", |tensor| tensor.name.clear())),
        format!("cubic.v is missing: this is not a file of a network with the layers {CUSTOM}")
    );
    assert_eq!(
        refusal(&file_with("output.bias", |tensor| tensor.name.clear())),
        "output.bias is missing"
    );
    assert_eq!(
        refusal(&file_with("cubic.v", |tensor| tensor.shape.reverse())),
        "cubic.v: shape [50, 100], expected [100, 50]"
    );
    assert_eq!(
        refusal(&file_with("dense2.bias", |tensor| tensor.dtype = Dtype::I32)),
        "dense2.bias: type I32, expected F32 or F16"
    );
    assert_eq!(
        refusal(&file_with("dense2.weight", |tensor| tensor.dtype = Dtype::I32)),
        "dense2.weight: type I32, expected F32, F16 or I8"
    );
    for (value, text) in [(f32::NAN, "NaN"), (f32::INFINITY, "inf"), (f32::NEG_INFINITY, "-inf")] {
        let poisoned = file_with("dense1.weight", |tensor| {
            tensor.bytes[8..12].copy_from_slice(&value.to_le_bytes());
        });
        assert_eq!(
            refusal(&poisoned),
            format!("dense1.weight: value 2 is {text}, expected a finite number")
        );
    }
    for classes in [0, 1, 11] {
        let output = file_with("output.bias", |tensor| {
            tensor.shape = vec![classes];
            tensor.bytes.resize(4 * classes, 0);
        });
        assert_eq!(
            refusal(&output),
            format!("output.bias: shape [{classes}], expected [2] to [10]")
        );
    }
    let square = file_with("output.bias", |tensor| tensor.shape = vec![3, 1]);
    assert_eq!(refusal(&square), "output.bias: shape [3, 1], expected [2] to [10]");
    let four = file_with("output.bias", |tensor| {
        tensor.shape = vec![4];
        tensor.bytes.resize(16, 0);
    });
    assert_eq!(refusal(&four), "output.weight: shape [50, 3], expected [50, 4]");
}

/// An int8 matrix needs a scale for each of its columns, and what comes of them must be numbers.
#[test]
fn bad_scales_are_refused_by_name() {
    let with_scales = |scales: Option<(Dtype, Vec<usize>, Vec<u8>)>| {
        let architecture = layers(CUSTOM);
        let good = write(&architecture, &start(&architecture, 3, 1), &DIGITS, Precision::Int8);
        let good = good.unwrap();
        let stored = SafeTensors::deserialize(&good).unwrap();
        let others = stored.tensors().into_iter().filter(|(name, _)| name != "cubic.v.scale");
        let scales = scales.as_ref().map(|(dtype, shape, bytes)| {
            let view = TensorView::new(*dtype, shape.clone(), bytes).unwrap();
            ("cubic.v.scale".to_owned(), view)
        });
        safetensors::serialize(others.chain(scales), None).unwrap()
    };
    let all = |value: f32| {
        let bytes = [value; 50].iter().flat_map(|scale| scale.to_le_bytes()).collect();
        Some((Dtype::F32, vec![50], bytes))
    };
    assert!(read(&layers(CUSTOM), &with_scales(all(0.01))).is_ok());
    assert_eq!(
        refusal(&with_scales(None)),
        "cubic.v.scale is missing: cubic.v is I8, so each column needs a scale"
    );
    assert_eq!(
        refusal(&with_scales(Some((Dtype::F32, vec![100], vec![0; 400])))),
        "cubic.v.scale: shape [100], expected [50]"
    );
    assert_eq!(
        refusal(&with_scales(Some((Dtype::I8, vec![50], vec![0; 50])))),
        "cubic.v.scale: type I8, expected F32 or F16"
    );
    assert_eq!(
        refusal(&with_scales(all(f32::NAN))),
        "cubic.v.scale: value 0 is NaN, expected a finite number"
    );
    let refused = refusal(&with_scales(all(f32::MAX)));
    assert!(refused.starts_with("cubic.v: value "), "{refused}");
    assert!(refused.ends_with("inf, expected a finite number"), "{refused}");

    // Vectors have no columns.
    let vector = file_with("cubic.b", |tensor| {
        tensor.dtype = Dtype::I8;
        tensor.bytes.truncate(50);
    });
    assert_eq!(refusal(&vector), "cubic.b: type I8, expected F32 or F16");
}

#[test]
fn tensors_that_nobody_asks_for_are_ignored() {
    let weights = start(&layers("relu150,relu100"), 3, 1);
    let other = file(|tensor| {
        if tensor.name == "output.weight" {
            tensor.shape = vec![100, 3];
            tensor.bytes.resize(4 * 300, 0);
        }
    });
    let (read, digits) = read(&layers("relu150,relu100"), &other).unwrap();
    // The first two layers are those of the same start.
    let shared = 784 * 150 + 150 + 150 * 100 + 100;
    assert_eq!((&read[..shared], digits), (&weights[..shared], None));
}

/// Their shapes are alike, and only the file can tell.
#[test]
fn a_file_of_other_layers_is_refused() {
    let relu = layers("relu100,relu50");
    let weights = start(&relu, 3, 1);
    let file = write(&relu, &weights, &DIGITS, Precision::Single).unwrap();
    let sentence = "the file is of a network with the layers relu100,relu50, expected \
                    relu100,tanh50";
    let refused = read(&layers("relu100,tanh50"), &file).unwrap_err();
    assert_eq!(refused.to_string(), sentence);
    let refused = read_start(&layers("relu100,tanh50"), &file, 3).unwrap_err();
    assert_eq!(refused.to_string(), sentence);

    let spaced = described_file(|_| {}, &[("layers", "relu150, relu100, cubic50")]);
    assert!(read(&layers(CUSTOM), &spaced).is_ok());
    assert_eq!(
        refusal(&described_file(|_| {}, &[("layers", "\n")])),
        format!("the file is of a network with the layers \\n, expected {CUSTOM}")
    );
}

#[test]
fn a_start_has_a_class_for_each_digit() {
    let architecture = layers(CUSTOM);
    let weights = start(&architecture, 3, 1);
    let file = write(&architecture, &weights, &DIGITS, Precision::Single).unwrap();
    assert_eq!(read_start(&architecture, &file, 3), Ok(weights));
    for classes in [2, 4] {
        let refused = read_start(&architecture, &file, classes).unwrap_err();
        assert_eq!(
            refused.to_string(),
            format!("the start is not for {classes} classes, expected one for each chosen digit")
        );
    }
}

#[test]
fn digits_that_do_not_fit_are_refused() {
    let with_digits = |digits| described_file(|_| {}, &[("digits", digits)]);
    assert_eq!(
        refusal(&with_digits("0,2")),
        "output.bias has 3 values, but the file names 2 digits"
    );
    for digits in ["0,5,2", "0,2,2", "0,2,10", "0,2,+5", "0, 2,5", "", "x"] {
        assert_eq!(
            refusal(&with_digits(digits)),
            format!("the file's digits are “{digits}”, expected a list such as “0,2,5”")
        );
    }
}

/// What is written can be read: weights of a network that diverged are not written.
#[test]
fn weights_that_are_no_numbers_are_not_written() {
    let architecture: Architecture = layers("relu100,relu50");
    let place = 784 * 100 + 100 + 100 * 50 + 7;
    let written = |value: f32, precision| {
        let mut weights = vec![0.5; architecture.parameters(3)];
        weights[place] = value;
        write(&architecture, &weights, &DIGITS, precision)
    };
    for (value, precision, text) in [
        (f32::NAN, Precision::Single, "NaN"),
        (f32::NAN, Precision::Int8, "NaN"),
        (f32::NEG_INFINITY, Precision::Single, "-inf"),
        (f32::NEG_INFINITY, Precision::Int8, "-inf"),
    ] {
        assert_eq!(
            written(value, precision).unwrap_err().to_string(),
            format!("dense2.bias: value 7 is {text}, expected a finite number")
        );
    }
    assert!(written(1e6, Precision::Single).is_ok());
    assert!(written(1e6, Precision::Int8).is_ok());
}
