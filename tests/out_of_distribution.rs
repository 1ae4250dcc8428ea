//! How often images are found unlike their training digits, and rightly: MNIST's other seven digits,
//! the chosen ones, and scribbles.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

mod common;

use std::{collections::BTreeMap, f32::consts::TAU, rc::Rc};

use common::DIGITS;
use mnist::{Dataset, DigitImages, PIXELS};
use mnist_cubic::{
    drawing::{DigitFeatures, FeatureJob, hog_features, image_of_strokes, is_unlike, is_unsure},
    nn::loss::softmax,
};

/// The features of a digit's images by a job that is run to its end.
fn features(images: &Rc<DigitImages>) -> Vec<u8> {
    let mut job = FeatureJob::new(images).unwrap();
    std::iter::repeat_with(|| job.step()).find_map(|features| features).unwrap()
}

fn chosen_features(train: &BTreeMap<u8, Rc<DigitImages>>) -> [DigitFeatures; 3] {
    DIGITS.map(|digit| DigitFeatures::new(digit, features(&train[&digit])).unwrap())
}

/// Doubts about the chosen digits and about others.
#[derive(Default)]
struct Rates {
    /// Images that were doubted, and all; others first, chosen second.
    counts: [(u32, u32); 2],
}

impl Rates {
    fn add(&mut self, is_chosen: bool, is_doubted: bool) {
        let (doubted, all) = &mut self.counts[usize::from(is_chosen)];
        *doubted += u32::from(is_doubted);
        *all += 1;
    }

    /// The percentage of others that was doubted, and of chosen ones.
    fn percentages(&self) -> [f64; 2] {
        self.counts.map(|(doubted, all)| 100.0 * f64::from(doubted) / f64::from(all))
    }

    fn print(&self, name: &str) {
        let [others, chosen] = self.percentages();
        println!("{name}: {others:.1} % of the other digits, {chosen:.1} % of the chosen ones");
    }
}

/// Whether a percentage is the one stated, to 0.1 percentage points.
fn agree(measured: f64, stated: f64) -> bool {
    (measured - stated).abs() < 0.1
}

#[test]
#[ignore = "reads MNIST, which MNIST_DIR names"]
fn other_digits_are_unlike_the_chosen_ones_at_the_stated_rates() {
    let mnist = common::mnist();
    let features = chosen_features(&mnist.train);
    let known = features.each_ref();
    let networks = ["custom", "dense"].map(|name| (name, common::first_network(name)));
    let mut unlike = Rates::default();
    let mut unsure = [Rates::default(), Rates::default()];
    let mut either = [Rates::default(), Rates::default()];
    let mut by_digit = BTreeMap::new();
    for (&digit, source) in &mnist.test {
        let images = Dataset::choose(&[digit], &mnist.test).unwrap();
        let is_chosen = DIGITS.contains(&digit);
        let mut of_digit = Rates::default();
        for i in 0..source.file_indices.len() {
            let image = common::image(&images, i);
            let is_unlike = is_unlike(&hog_features(&image), &known);
            unlike.add(is_chosen, is_unlike);
            of_digit.add(is_chosen, is_unlike);
            for (k, (_, network)) in networks.iter().enumerate() {
                let is_unsure = is_unsure(&softmax(&network.logits(&image)));
                unsure[k].add(is_chosen, is_unsure);
                either[k].add(is_chosen, is_unlike || is_unsure);
            }
        }
        let rate = of_digit.percentages()[usize::from(is_chosen)];
        println!("{digit}: {rate:.1} % are unlike 0, 2 and 5");
        by_digit.insert(digit, rate);
    }
    unlike.print("unlike");
    // These depend on the ready-made weights.
    for (k, (model, _)) in networks.iter().enumerate() {
        unsure[k].print(&format!("{model} unsure"));
        either[k].print(&format!("unlike, or {model} unsure"));
    }
    // The figures of src/drawing/out_of_distribution.rs and of docs/drawing.md.
    let [others, chosen] = unlike.percentages();
    assert!(agree(others, 90.4), "{others}");
    assert!(agree(chosen, 2.4), "{chosen}");
    by_digit.retain(|digit, _| !DIGITS.contains(digit));
    assert!(agree(by_digit[&8], 80.6), "{}", by_digit[&8]);
    assert!(agree(by_digit[&4], 100.0), "{}", by_digit[&4]);
    assert!(by_digit.values().all(|&rate| rate >= by_digit[&8]));
}

/// How many of a digit's reference images are unlike it when compared with the others: each in turn
/// is taken out by setting its features to 0.
fn unlike_the_other_references(digit: u8, features: &[u8]) -> usize {
    let mut bytes = features.to_vec();
    let references = features.as_chunks().0;
    (0..references.len())
        .filter(|&i| {
            let own = i * references[i].len()..(i + 1) * references[i].len();
            bytes[own.clone()].fill(0);
            let others = DigitFeatures::new(digit, bytes.clone()).unwrap();
            bytes[own].copy_from_slice(&references[i]);
            is_unlike(&references[i], &[&others])
        })
        .count()
}

/// A part of the whole in percent.
fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole as f64
}

/// The thresholds hold for every digit: as many of its training images are unlike it as
/// src/drawing/out_of_distribution.rs says.
#[test]
#[ignore = "reads MNIST, which MNIST_DIR names"]
fn two_percent_of_each_digits_training_images_are_unlike_it() {
    let mnist = common::mnist();
    let (mut references, mut others) = (Vec::new(), Vec::new());
    let (mut unlike_in_all, mut all_others) = (0, 0);
    for digit in 0..10 {
        let features = features(&mnist.train[&digit]);
        references.push(percent(unlike_the_other_references(digit, &features), 3000));
        let features = DigitFeatures::new(digit, features).unwrap();
        let images = Dataset::choose(&[digit], &mnist.train).unwrap();
        let compared: Vec<usize> = (0..3000).map(|k| k * images.len() / 3000).collect();
        let unlike = (0..images.len())
            .filter(|i| compared.binary_search(i).is_err())
            .filter(|&i| is_unlike(&hog_features(&common::image(&images, i)), &[&features]))
            .count();
        others.push(percent(unlike, images.len() - 3000));
        unlike_in_all += unlike;
        all_others += images.len() - 3000;
    }
    let in_all = percent(unlike_in_all, all_others);
    println!("unlike their digit, in percent, by digit:");
    println!("  reference images {references:.2?}");
    println!("  others           {others:.2?}, in all {in_all:.2}");
    let range = |rates: &[f64]| {
        let least = rates.iter().copied().fold(f64::INFINITY, f64::min);
        (least, rates.iter().copied().fold(0.0, f64::max))
    };
    let (least, most) = range(&references);
    assert!(agree(least, 1.8) && agree(most, 2.3), "{least}, {most}");
    let (least, most) = range(&others);
    assert!(agree(least, 1.3) && agree(most, 2.3), "{least}, {most}");
    assert!(agree(in_all, 1.8), "{in_all}");
}

/// One stroke.
fn line(points: &[[f32; 2]]) -> Vec<Vec<[f32; 2]>> {
    vec![points.to_vec()]
}

/// The point of the pad so many turns around its middle.
fn around(turns: f32, radius: f32) -> [f32; 2] {
    let (sin, cos) = (turns * TAU).sin_cos();
    [0.5 + radius * cos, 0.5 + radius * sin]
}

#[test]
#[ignore = "reads MNIST, which MNIST_DIR names"]
fn scribbles_are_unlike_digits() {
    let mnist = common::mnist();
    let features = chosen_features(&mnist.train);
    let star: Vec<[f32; 2]> = (0..6).map(|i| around(i as f32 * 0.4, 0.4)).collect();
    let spiral: Vec<[f32; 2]> =
        (0..100).map(|i| around(i as f32 * 0.03, i as f32 * 0.004)).collect();
    let cross = [line(&[[0.1, 0.1], [0.9, 0.9]]), line(&[[0.9, 0.1], [0.1, 0.9]])].concat();
    let zigzag: Vec<[f32; 2]> =
        (0..6).map(|i| [0.1 + 0.8 * (i % 2) as f32, 0.1 + 0.15 * i as f32]).collect();
    let drawings = [
        ("a star", line(&star)),
        ("a spiral", line(&spiral)),
        ("a cross", cross),
        ("a zigzag", line(&zigzag)),
        ("a line", line(&[[0.1, 0.5], [0.9, 0.5]])),
        ("a triangle", line(&[[0.5, 0.1], [0.9, 0.9], [0.1, 0.9], [0.5, 0.1]])),
        ("a square", line(&[[0.1, 0.1], [0.9, 0.1], [0.9, 0.9], [0.1, 0.9], [0.1, 0.1]])),
    ];
    let is_unlike = |strokes: &[Vec<[f32; 2]>]| {
        let image = image_of_strokes(strokes).unwrap();
        is_unlike(&hog_features(&image), &features.each_ref())
    };
    for (name, strokes) in drawings {
        assert!(is_unlike(&strokes), "{name}");
    }
    let circle: Vec<[f32; 2]> = (0..41).map(|i| around(i as f32 / 40.0, 0.4)).collect();
    assert!(!is_unlike(&line(&circle)), "a circle is a good 0");
}

/// `count` grey images, all different.
fn made_up(count: usize) -> Rc<DigitImages> {
    let pixel = |i: usize| (i / PIXELS * (i % PIXELS) % 251) as u8;
    Rc::new(DigitImages {
        pixels: (0..count * PIXELS).map(pixel).collect(),
        file_indices: (0..count as u32).collect(),
    })
}

#[test]
fn a_job_is_done_after_30_bounded_steps() {
    let mut job = FeatureJob::new(&made_up(3001)).unwrap();
    assert!((1..30).all(|_| job.step().is_none()));
    assert!(job.step().is_some());
}

#[test]
fn too_few_images_are_not_compared_with() {
    assert!(FeatureJob::new(&made_up(2999)).is_none());
}

#[test]
fn wrong_bytes_are_refused_with_a_sentence() {
    let error = |digit, count| {
        let features = DigitFeatures::new(digit, vec![0; count]);
        features.unwrap_err().to_string()
    };
    assert_eq!(error(3, 17), "the features of digit 3 have 17 bytes: expected 1176000");
    assert_eq!(error(12, 1_176_000), "there is no digit 12: expected 0 to 9");
}

#[test]
fn a_network_is_unsure_below_90_percent() {
    assert!(!is_unsure(&[0.05, 0.9, 0.05]));
    assert!(is_unsure(&[0.1, 0.35, 0.55]));
    assert!(is_unsure(&[0.89, 0.0, 0.11]));
}
