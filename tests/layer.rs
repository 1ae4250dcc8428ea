//! A look into the layers: logits taken apart, weights without a part, and what the first layer
//! looks for, against networks computed in f64 from their formulas.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

mod common;

use common::{layers, reference::Reference};
use mnist_cubic::{
    network::CustomPart,
    nn::{Network, init::start},
    report::{
        contributions::{AddedBy, contributions},
        patches::patches,
        tensors::tensors,
    },
};

/// With custom layers first, last, in the middle and alone, and with none.
const NETWORKS: [&str; 6] = [
    "relu20,cubic9",
    "relu20,relu9",
    "sine12",
    "square7,tanh6",
    "relu8,softsign7,zero5",
    "linear4",
];
const CLASSES: usize = 3;

/// Something like a picture.
fn image() -> Vec<f32> {
    (0..784).map(|i| if i % 5 == 0 { (i % 28) as f32 / 28.0 } else { 0.0 }).collect()
}

fn in_f64(values: &[f32]) -> Vec<f64> {
    values.iter().copied().map(f64::from).collect()
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-4 * (1.0 + a.abs())
}

#[test]
fn what_units_add_makes_up_the_logits() {
    for text in NETWORKS {
        let architecture = layers(text);
        let weights = start(&architecture, CLASSES, 7);
        let network = Network::new(&architecture, CLASSES, &weights);
        let logits = Reference::new(&architecture, CLASSES, &weights).logits(&in_f64(&image()));
        let told = contributions(&network, &image()).unwrap();
        let by: Vec<AddedBy> = told.parts.iter().map(|part| part.by).collect();
        match text {
            "relu20,cubic9" | "sine12" | "relu8,softsign7,zero5" => {
                assert_eq!(by, [AddedBy::Function, AddedBy::Linear]);
            }
            _ => assert_eq!(by, [AddedBy::Activation]),
        }
        let units = architecture.0.last().unwrap().1;
        for (class, logit) in logits.iter().enumerate() {
            let mut sum = f64::from(told.bias[class]);
            for part in &told.parts {
                assert_eq!(part.to_classes[class].len(), units);
                sum += in_f64(&part.to_classes[class]).iter().sum::<f64>();
            }
            assert!(close(sum, *logit), "{text}: {sum} and {logit}");
        }
    }
}

/// A part is what the logits lose without it, where the layer is right before the output.
#[test]
fn a_part_is_what_is_lost_without_it() {
    for text in ["relu20,cubic9", "sine12", "relu8,softsign7,zero5"] {
        let architecture = layers(text);
        let weights = start(&architecture, CLASSES, 3);
        // Of the last custom layer alone: any before it is made good again.
        let last = tensors(&architecture, CLASSES, &weights);
        let [.., v, w, _, _, _] = &last[..] else { panic!("{text}") };
        for (part, gone, by) in
            [(CustomPart::Function, v, AddedBy::Function), (CustomPart::Linear, w, AddedBy::Linear)]
        {
            let zeroed = architecture.without(part, CLASSES, &weights);
            let mut changed = weights.clone();
            let place = gone.start..gone.start + gone.shape.iter().product::<usize>();
            assert!(zeroed[place.clone()].iter().all(|&weight| weight == 0.0));
            changed[place.clone()].copy_from_slice(&zeroed[place]);
            let logits = |weights: &[f32]| {
                Reference::new(&architecture, CLASSES, weights).logits(&in_f64(&image()))
            };
            let (whole, without) = (logits(&weights), logits(&changed));
            let network = Network::new(&architecture, CLASSES, &weights);
            let told = contributions(&network, &image()).unwrap();
            let part = told.parts.iter().find(|part| part.by == by).unwrap();
            for class in 0..CLASSES {
                let sum: f64 = in_f64(&part.to_classes[class]).iter().sum();
                assert!(close(sum, whole[class] - without[class]), "{text}, {by:?}");
            }
        }
    }
}

#[test]
fn only_the_part_is_taken_away_and_of_every_custom_layer() {
    for text in NETWORKS {
        let architecture = layers(text);
        let weights = start(&architecture, CLASSES, 5);
        for (part, suffix) in [(CustomPart::Function, ".v"), (CustomPart::Linear, ".w")] {
            let without = architecture.without(part, CLASSES, &weights);
            for tensor in tensors(&architecture, CLASSES, &weights) {
                let place = tensor.start..tensor.start + tensor.shape.iter().product::<usize>();
                if tensor.name.ends_with(suffix) {
                    assert!(without[place].iter().all(|&weight| weight == 0.0), "{}", tensor.name);
                } else {
                    assert_eq!(without[place.clone()], weights[place], "{}", tensor.name);
                }
            }
        }
    }
}

/// Against what a picture of one pixel makes of a network without biases.
#[test]
fn a_patch_is_what_single_pixels_add() {
    for text in ["linear6", "cubic6", "sine6", "zero6"] {
        let architecture = layers(text);
        let mut weights = start(&architecture, 2, 1);
        // The output takes the first two units as they are, and adds nothing.
        let [.., bias, output, output_bias] = &tensors(&architecture, 2, &weights)[..] else {
            panic!("{text}")
        };
        for tensor in [bias, output, output_bias] {
            weights[tensor.start..][..tensor.shape.iter().product()].fill(0.0);
        }
        weights[output.start] = 1.0;
        weights[output.start + 3] = 1.0;
        let reference = Reference::new(&architecture, 2, &weights);
        let network = Network::new(&architecture, 2, &weights);
        assert_eq!(patches(&network, 10).len(), 6 * 784);
        let two = patches(&network, 2);
        assert_eq!(two.len(), 2 * 784);
        for pixel in [0, 1, 405, 783] {
            let mut image = vec![0.0; 784];
            image[pixel] = 1.0;
            for (unit, logit) in reference.logits(&image).into_iter().enumerate() {
                let told = f64::from(two[784 * unit + pixel]);
                assert!((told - logit).abs() < 1e-6, "{text}: {told} and {logit}");
            }
        }
    }
}

#[test]
fn tensors_are_told_in_brief() {
    let architecture = layers("cubic2");
    let mut weights = vec![0.0; architecture.parameters(2)];
    weights[..4].copy_from_slice(&[3.0, -1.0, 2.0, 0.5]);
    let told = tensors(&architecture, 2, &weights);
    let names: Vec<&str> = told.iter().map(|tensor| &tensor.name[..]).collect();
    assert_eq!(names, ["cubic.v", "cubic.w", "cubic.b", "output.weight", "output.bias"]);
    assert_eq!(told[0].shape, [784, 2]);
    assert_eq!(told[1].start, 1568);
    assert_eq!((told[0].least, told[0].most), (-1.0, 3.0));
    // The sum is 4.5 and that of squares 14.25, of 1568 values.
    let (mean, square) = (4.5 / 1568.0, 14.25 / 1568.0);
    assert!((told[0].sd - f64::sqrt(square - mean * mean)).abs() < 1e-12);
    weights[2] = f32::NAN;
    let told = tensors(&architecture, 2, &weights);
    assert!(told[0].least.is_nan() && told[0].most.is_nan() && told[0].sd.is_nan());
    assert_eq!((told[1].least, told[1].most), (0.0, 0.0));
}
