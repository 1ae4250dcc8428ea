//! Weight files: written, read back, and refused with the tensor's name.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

use mnist_cubic::model::{ModelKind, Network, Weights, architecture::layers, initial_weights};
use proptest::prelude::*;
use safetensors::{Dtype, tensor::TensorView};

fn start() -> Weights {
    initial_weights(ModelKind::Custom, 3, 1)
}

fn refusal(file: &[u8]) -> String {
    Weights::from_safetensors(file, ModelKind::Custom)
        .unwrap_err()
        .to_string()
}

/// A file of the start's tensors, each of which `change` may replace: type, shape and bytes.
fn file(change: impl Fn(&str, &mut Dtype, &mut Vec<usize>, &mut Vec<u8>)) -> Vec<u8> {
    let mut tensors = Vec::new();
    for (name, shape, values) in start().iter() {
        let mut bytes: Vec<u8> = values.iter().flat_map(|v| v.to_le_bytes()).collect();
        let (mut dtype, mut shape) = (Dtype::F32, shape.to_vec());
        change(name, &mut dtype, &mut shape, &mut bytes);
        tensors.push((name.to_owned(), dtype, shape, bytes));
    }
    let views =
        tensors
            .iter()
            .filter(|tensor| !tensor.3.is_empty())
            .map(|(name, dtype, shape, bytes)| {
                (name, TensorView::new(*dtype, shape.clone(), bytes).unwrap())
            });
    safetensors::serialize(views, None).unwrap()
}

#[test]
fn weights_come_back_to_the_bit() {
    for model in ModelKind::ALL {
        for digits in [vec![3, 4], vec![0, 2, 5], (0..10).collect()] {
            let weights = initial_weights(model, digits.len(), 1);
            let file = weights.to_safetensors(&digits).unwrap();
            let read = Weights::from_safetensors(&file, model).unwrap();
            assert_eq!(read, (weights.clone(), Some(digits.clone())), "{model}");
            let network = Network::new(model, digits.len(), &weights);
            assert_eq!(network.weights(model, digits.len()), weights, "{model}");
        }
    }
}

#[test]
fn half_precision_keeps_eleven_bits() {
    let weights = start();
    let half = weights.to_safetensors_f16(&[0, 2, 5]).unwrap();
    let (read, _) = Weights::from_safetensors(&half, ModelKind::Custom).unwrap();
    for ((name, _, exact), (.., rounded)) in weights.iter().zip(read.iter()) {
        for (exact, rounded) in exact.iter().zip(rounded) {
            // Below 2⁻¹⁴ half precision is subnormal: evenly spaced by 2⁻²⁴.
            let bound = (exact.abs() / 2048.0).max(1.0 / (1 << 25) as f32);
            assert!(
                (exact - rounded).abs() <= bound,
                "{name}: {exact} {rounded}"
            );
        }
    }
}

#[test]
fn bad_files_are_refused_with_the_tensors_name() {
    let good = file(|_, _, _, _| {});
    assert!(Weights::from_safetensors(&good, ModelKind::Custom).is_ok());
    assert!(refusal(b"").starts_with("not a safetensors file: "));
    assert!(refusal(&good[..good.len() - 1]).starts_with("not a safetensors file: "));
    assert!(refusal(&[0xff; 64]).starts_with("not a safetensors file: "));
    assert_eq!(
        refusal(&vec![0; 2_000_001]),
        "the file has 2000001 bytes, expected at most 2000000"
    );
    assert_eq!(
        refusal(&file(|name, _, _, bytes| if name == "cubic.v" {
            bytes.clear()
        })),
        "cubic.v is missing: this is not a file of the custom network"
    );
    assert_eq!(
        refusal(&file(|name, _, shape, _| if name == "cubic.v" {
            shape.reverse()
        })),
        "cubic.v: shape [50, 100], expected [100, 50]"
    );
    assert_eq!(
        refusal(&file(|name, dtype, _, _| if name == "dense2.bias" {
            *dtype = Dtype::I32
        })),
        "dense2.bias: type I32, expected F32 or F16"
    );
    for (value, text) in [(f32::NAN, "NaN"), (f32::INFINITY, "inf")] {
        let poisoned = file(|name, _, _, bytes| {
            if name == "dense1.weight" {
                bytes[8..12].copy_from_slice(&value.to_le_bytes());
            }
        });
        assert_eq!(
            refusal(&poisoned),
            format!("dense1.weight: value 2 is {text}, expected a finite number")
        );
    }
    assert_eq!(
        refusal(&file(|name, _, shape, bytes| {
            if name == "output.bias" {
                *shape = vec![11];
                bytes.resize(44, 0);
            }
        })),
        "output.bias: shape [11], expected [2] to [10]"
    );
}

/// What is written can be read: weights of a network that diverged are not written.
#[test]
fn weights_that_are_no_numbers_are_not_written() {
    let with = |value| {
        let mut weights = Weights::default();
        for layer in layers(ModelKind::Dense, 3) {
            for tensor in layer.tensors() {
                let mut values = vec![0.5; tensor.shape.iter().product()];
                if tensor.name == "dense2.bias" {
                    values[7] = value;
                }
                weights.insert(tensor, values);
            }
        }
        weights
    };
    let refusal =
        |value: &str| format!("dense2.bias: value 7 is {value}, expected a finite number");
    for (value, text) in [(f32::NAN, "NaN"), (f32::NEG_INFINITY, "-inf")] {
        let weights = with(value);
        for file in [
            weights.to_safetensors(&[0, 2, 5]),
            weights.to_safetensors_f16(&[0, 2, 5]),
        ] {
            assert_eq!(file.unwrap_err().to_string(), refusal(text));
        }
    }
    let large = with(1e6);
    assert!(large.to_safetensors(&[0, 2, 5]).is_ok());
    let halved = large.to_safetensors_f16(&[0, 2, 5]).unwrap_err();
    assert_eq!(halved.to_string(), refusal("inf"));
}

#[test]
fn a_start_has_a_class_for_each_digit() {
    let file = start().to_safetensors(&[0, 2, 5]).unwrap();
    assert_eq!(
        Weights::start(&file, ModelKind::Custom, 3).unwrap(),
        start()
    );
    assert_eq!(
        Weights::start(&file, ModelKind::Custom, 4)
            .unwrap_err()
            .to_string(),
        "the start has 3 classes, expected 4: one for each chosen digit"
    );
}

#[test]
fn digits_that_do_not_fit_are_refused() {
    assert_eq!(
        refusal(&start().to_safetensors(&[0, 2]).unwrap()),
        "output.bias has 3 values, but the file names 2 digits"
    );
    assert_eq!(
        refusal(&start().to_safetensors(&[0, 5, 2]).unwrap()),
        "the file's digits are \"0,5,2\", expected a list such as \"0,2,5\""
    );
}

proptest! {
    /// A damaged file is refused or read, and never panics.
    #[test]
    fn damage_never_panics(at in 0_usize..1200, byte: u8, length in 0_usize..573_000) {
        let mut damaged = file(|_, _, _, _| {});
        damaged[at] = byte;
        damaged.truncate(length.max(at + 1));
        let _ = Weights::from_safetensors(&damaged, ModelKind::Custom);
    }
}
