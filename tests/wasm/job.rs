//! A worker's jobs.

use mnist::synthetic;
use mnist_cubic::{
    network::parse_layers,
    nn::init::start,
    train::{Order, Snapshots},
    web::{
        Images,
        job::{EvaluateJob, Job, Part, TrainJob},
    },
};
use tsify::{Ts, Tsify};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{DIGITS, add, bits, bytes, floats, get, js, json, number, ok, outputs, refusal, text};

const LAYERS: &str = "relu150,relu100,cubic50";

/// 100 images of each digit that the project draws itself, in each part; 240 train, 60 validate.
fn images() -> Images {
    let mut images = Images::new();
    for (part, seed) in [(Part::Train, 1), (Part::Test, 2)] {
        for digit in DIGITS {
            add(&mut images, part, digit, &synthetic::images(seed, digit, 100));
        }
    }
    images
}

fn training() -> TrainJob {
    TrainJob {
        digits: DIGITS.to_vec(),
        layers: LAYERS.to_owned(),
        learning_rate: 0.05,
        batch_size: 32,
        epochs: 3,
        seed: 1,
        order: Order::Shuffled,
        detail: Snapshots::Full,
    }
}

fn train(job: TrainJob) -> Vec<JsValue> {
    outputs(ok(Job::train(&images(), job.into_ts().unwrap(), 0, None)))
}

/// The snapshots at epochs' ends.
fn ends(outputs: Vec<JsValue>) -> Vec<JsValue> {
    let mut ends = outputs;
    ends.retain(|output| text(output, "type") == "snapshot" && !get(output, "epoch").is_null());
    ends
}

#[wasm_bindgen_test]
fn a_training_tells_snapshots_in_full() {
    let mut snapshots = train(training());
    snapshots.retain(|output| text(output, "type") == "snapshot");
    let moments: Vec<f64> = snapshots.iter().map(|s| number(s, "images_seen")).collect();
    // 8 batches to an epoch, of which the last has 16 images.
    assert_eq!(moments, [0.0, 32.0, 64.0, 128.0, 240.0, 480.0, 720.0]);
    let weights = start(&parse_layers(LAYERS).unwrap(), 3, 1);
    assert_eq!(bits(&floats(&snapshots[0], "weights")), bits(&weights));
    for (index, snapshot) in snapshots.iter().enumerate() {
        assert_eq!(floats(snapshot, "weights").len(), weights.len());
        assert_eq!(floats(snapshot, "log_odds").len(), 60);
        assert_eq!(bytes(snapshot, "answers").len(), 60);
        assert_eq!(get(snapshot, "epoch").is_null(), index < 4);
    }
    let last = get(&snapshots[6], "epoch");
    assert!(number(&last, "val_accuracy") > 0.6, "it learns: {}", json(&last));
    let wrong = 60.0 * (1.0 - number(&last, "val_accuracy"));
    assert!((number(&get(&last, "mistakes"), "count") - wrong).abs() < 1e-9);
}

#[wasm_bindgen_test]
fn the_same_job_gives_the_same_bits_however_it_is_told_and_wherever_it_begins() {
    let history = |outputs: Vec<JsValue>| -> Vec<(String, Vec<u32>)> {
        let ends = ends(outputs);
        ends.iter().map(|end| (json(&get(end, "epoch")), bits(&floats(end, "weights")))).collect()
    };
    let first = history(train(training()));
    assert_eq!(first.len(), 3);
    assert_eq!(first, history(train(training())));

    let quiet = TrainJob { detail: Snapshots::Epochs, ..training() };
    let told = train(quiet.clone());
    for output in told.iter().filter(|output| text(output, "type") == "snapshot") {
        assert!(get(output, "log_odds").is_null() && get(output, "answers").is_null());
    }
    let told = ends(told);
    let weights = floats(&told[1], "weights");
    assert_eq!(first, history(told));

    for job in [quiet, training()] {
        let again = Job::train(&images(), job.into_ts().unwrap(), 2, Some(weights.clone()));
        assert_eq!(first[2..], history(outputs(ok(again))));
    }
    let over = Job::train(&images(), training().into_ts().unwrap(), 3, Some(weights));
    assert!(ok(over).finished());
}

#[wasm_bindgen_test]
fn a_training_takes_one_batch_after_another() {
    for detail in [Snapshots::Full, Snapshots::Epochs] {
        let job = TrainJob { detail, ..training() };
        let mut job = ok(Job::train(&images(), job.into_ts().unwrap(), 0, None));
        let mut moments = Vec::new();
        for batch in 1..=3 {
            job.rest_at(Some(f64::from(32 * batch)));
            while !job.resting() {
                moments.extend(ok(job.step(0.0)).into_iter().map(JsValue::from));
            }
            assert!(ok(job.step(100.0)).is_empty(), "it rests");
        }
        let seen = moments.iter().map(|output| number(output, "images_seen"));
        let first = if detail == Snapshots::Full { vec![0.0] } else { vec![] };
        assert_eq!(seen.collect::<Vec<_>>(), [first, vec![32.0, 64.0, 96.0]].concat());
        job.rest_at(None);
        assert!(!job.resting());
    }
}

#[wasm_bindgen_test]
fn a_long_epoch_tells_how_far_it_is() {
    let mut images = Images::new();
    for digit in DIGITS {
        add(&mut images, Part::Train, digit, &synthetic::images(1, digit, 1500));
    }
    let layers = ["relu512"; 6].join(",");
    let job = TrainJob { layers, batch_size: 1, detail: Snapshots::Epochs, ..training() };
    let mut job = ok(Job::train(&images, job.into_ts().unwrap(), 0, None));
    let told: Vec<JsValue> = ok(job.step(300.0)).into_iter().map(JsValue::from).collect();
    assert_eq!(text(&told[0], "type"), "progress");
    assert!(number(&told[0], "images_seen") > 0.0);
    assert_eq!(ok(job.step(0.0)).len(), 0);
}

#[wasm_bindgen_test]
fn what_diverges_ends() {
    let told = ends(train(TrainJob { learning_rate: 10.0, epochs: 50, ..training() }));
    assert!(told.len() < 50);
    assert!(!number(&get(told.last().unwrap(), "epoch"), "loss").is_finite());
}

#[wasm_bindgen_test]
fn weights_are_tried_on_the_test_images() {
    let weights = floats(ends(train(training())).last().unwrap(), "weights");
    let config = EvaluateJob { digits: DIGITS.to_vec(), layers: LAYERS.to_owned() };
    let told = outputs(ok(Job::evaluate(&images(), config.into_ts().unwrap(), &weights)));
    let [evaluated] = &told[..] else { panic!("{} outputs", told.len()) };
    assert_eq!(text(evaluated, "type"), "evaluated");
    let (log_odds, answers) = (floats(evaluated, "log_odds"), bytes(evaluated, "answers"));
    assert_eq!((log_odds.len(), answers.len()), (300, 300));
    let test = get(evaluated, "test");
    let wrong = number(&get(&test, "mistakes"), "count");
    assert!((number(&test, "accuracy") - (1.0 - wrong / 300.0)).abs() < 1e-12, "{}", json(&test));
    assert!(number(&test, "loss").is_finite());
}

#[wasm_bindgen_test]
fn features_want_enough_images() {
    let told = outputs(ok(Job::features(&images(), 2)));
    assert_eq!(json(&told[0]), r#"{"type":"features","digit":2,"features":null}"#);
    let mut images = Images::new();
    add(&mut images, Part::Train, 2, &synthetic::images(1, 2, 3000));
    let told = outputs(ok(Job::features(&images, 2)));
    assert_eq!(bytes(&told[0], "features").len(), 3000 * 392);
}

#[wasm_bindgen_test]
fn images_are_told_by_part_and_digit() {
    let mut images = Images::new();
    add(&mut images, Part::Test, 2, &synthetic::images(1, 2, 3));
    let has = |part: Part, digit| ok(images.has(part.into_ts().unwrap(), digit));
    assert!(has(Part::Test, 2) && !has(Part::Test, 0) && !has(Part::Train, 2));
}

#[wasm_bindgen_test]
fn what_cannot_be_is_refused_with_a_sentence() {
    let train = |job: TrainJob, epoch, weights| {
        refusal(Job::train(&images(), job.into_ts().unwrap(), epoch, weights))
    };
    for (said, job) in [
        ("“lr=-1” cannot be used", TrainJob { learning_rate: -1.0, ..training() }),
        ("“batch=0” cannot be used", TrainJob { batch_size: 0, ..training() }),
        ("“digits=5,2” cannot be used", TrainJob { digits: vec![5, 2], ..training() }),
        ("“dance” is not a kind of", TrainJob { layers: "dance20".to_owned(), ..training() }),
        ("the images of digit 1 are not", TrainJob { digits: vec![0, 1], ..training() }),
    ] {
        let refusal = train(job, 0, None);
        assert!(refusal.starts_with(said), "{refusal}");
    }
    assert_eq!(train(training(), 2, None), "the weights after epoch 2 are not there");
    assert_eq!(train(training(), 4, None), "epoch 4 is none of 3");
    assert!(train(training(), 0, Some(vec![0.0])).starts_with("the state has 1 weights"));

    let nothing = Job::train(&images(), Ts::new_unchecked(js("{}")), 0, None);
    assert_eq!(refusal(nothing), "this is not a training: missing field `digits`");
    let config = EvaluateJob { digits: DIGITS.to_vec(), layers: LAYERS.to_owned() };
    let evaluate = Job::evaluate(&images(), config.into_ts().unwrap(), &[0.0]);
    assert_eq!(
        refusal(evaluate),
        "there are 1 weights, expected 143053 for relu150,relu100,cubic50 and 3 digits"
    );
    assert_eq!(refusal(Job::features(&images(), 7)), "the images of digit 7 are not there");

    let mut images = Images::new();
    let part = || Part::Train.into_ts().unwrap();
    assert_eq!(refusal(images.add(part(), 10, &[], &[])), "the digit is 10, expected 0 to 9");
    let refusal = refusal(images.add(part(), 1, &[], &[]));
    assert!(refusal.starts_with("the images of digit 1: images: the file ends"), "{refusal}");
}
