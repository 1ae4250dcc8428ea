//! What the page knows.

use js_sys::{Array, Float64Array, Uint32Array};
use mnist::synthetic;
use mnist_cubic::{
    network::parse_layers,
    nn::init::start,
    web::{
        Images, Study,
        job::{Job, Part},
    },
};
use tsify::Ts;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{
    DIGITS, add, bits, bytes, floats, get, js, json, json_of, number, ok, outputs, refusal, text,
};

const DEFAULT: &str = "digits=0,2,5&epochs=50&batch=32&lr=0.01&seed=1&runs=1";
const CUSTOM: &str = "relu150,relu100,cubic50";

#[wasm_bindgen_test]
fn images_are_split_as_keras_splits_them() {
    // int(n * (1 - 0.2)) in Python.
    let expected = [(17302, 13841), (2, 1), (5, 4), (1005, 804), (60000, 48000)];
    for (images, training) in expected {
        assert_eq!(Study::new().training_images(images), training);
    }
}

#[wasm_bindgen_test]
fn a_hash_is_read() {
    let study = Study::new();
    let read: JsValue = ok(study.read_hash("#epochs=3&lr=fast&control=1")).into();
    let hash = "digits=0,2,5&epochs=3&batch=32&lr=0.01&seed=1&runs=1&control=1";
    assert_eq!(text(&read, "hash"), hash);
    let values: Array = get(&read, "values").unchecked_into();
    let values: Vec<String> =
        values.iter().map(|v| format!("{}={}", text(&v, "key"), text(&v, "text"))).collect();
    assert_eq!(
        values.join("&"),
        "digits=0,2,5&epochs=3&batch=32&lr=0.01&seed=1&runs=1\
         &networks=custom:relu150,relu100,cubic50;dense:relu100,relu50&control=1"
    );
    let problems: Array = get(&read, "problems").unchecked_into();
    assert_eq!(problems.length(), 1);
    assert_eq!(text(&problems.get(0), "key"), "lr");
    let networks: Array = get(&read, "networks").unchecked_into();
    assert_eq!(
        json(&networks.get(2)),
        r#"{"name":"control","layers":"relu150,relu100,relu50","learning_rate":null,"text":"control:relu150,relu100,relu50","parameters":138053}"#
    );
}

#[wasm_bindgen_test]
fn values_are_set_one_by_one() {
    let study = Study::new();
    let with = |hash: &str, key: &str, text: &str| ok(study.with_value(hash, key, text));
    assert_eq!(with("", "epochs", "50"), DEFAULT);
    assert_eq!(with(DEFAULT, "digits", "7,1"), DEFAULT.replace("0,2,5", "1,7"));
    let control = format!("{DEFAULT}&control=1");
    for hash in [DEFAULT, &control] {
        assert_eq!(with(hash, "control", "1"), control);
        assert_eq!(with(hash, "control", "0"), DEFAULT);
        assert_eq!(
            with(hash, "networks", "a:sine5@0.1"),
            format!("{DEFAULT}&networks=a:sine5@0.1")
        );
    }
    let other = format!("{DEFAULT}&networks=a:sine5");
    assert_eq!(with(&other, "control", "0"), other);
    assert_eq!(
        refusal(study.with_value(&other, "control", "1")),
        "control must be 0, or 1 where networks is left out"
    );
    assert_eq!(
        refusal(study.with_value("", "epochs", "0")),
        "the number of epochs must be a whole number from 1 to 1000"
    );
    assert_eq!(refusal(study.with_value("", "speed", "9")), "“speed” is not a setting");
    assert!(refusal(study.with_value("lr=0", "seed", "9")).starts_with("“lr=0” cannot be used"));
}

#[wasm_bindgen_test]
fn the_form_derives_from_rows_and_words() {
    let study = Study::new();
    let rows: Vec<JsValue> = ok(study.rows()).into_iter().map(JsValue::from).collect();
    let inputs: Vec<String> = rows.iter().map(|row| json(&get(row, "input"))).collect();
    assert_eq!(inputs[0], r#"{"type":"digits"}"#);
    assert_eq!(inputs[1], r#"{"type":"whole","least":1,"most":1000}"#);
    assert_eq!(inputs[4], r#"{"type":"whole","least":0,"most":4294967295}"#);
    assert_eq!(text(&rows[1], "default_text"), "50");
    let words: Vec<JsValue> = ok(study.layer_words()).into_iter().map(JsValue::from).collect();
    assert_eq!(json(&words[0]), r#"{"word":"relu","formula":"max(0, x)","family":"dense"}"#);
    assert_eq!(json(&words[3]), r#"{"word":"cubic","formula":"x³","family":"custom"}"#);
}

#[wasm_bindgen_test]
fn a_plan_has_a_job_for_each_network_in_each_run() {
    let study = Study::new();
    let hash = "runs=2&seed=4294967295&networks=a:relu5@0.5;b:relu500";
    let plan: JsValue = ok(study.plan(hash)).into();
    assert_eq!(json(&get(&plan, "seeds")), "[4294967295,0]");
    let jobs: Array = get(&plan, "jobs").unchecked_into();
    let places: Vec<(f64, f64)> =
        jobs.iter().map(|job| (number(&job, "run"), number(&job, "network"))).collect();
    assert_eq!(places, [(0.0, 1.0), (1.0, 1.0), (0.0, 0.0), (1.0, 0.0)]);
    assert_eq!(
        json(&get(&jobs.get(3), "train")),
        r#"{"digits":[0,2,5],"layers":"relu5","learning_rate":0.5,"batch_size":32,"epochs":50,"seed":0,"order":"shuffled","detail":"epochs"}"#
    );
    assert_eq!(text(&get(&jobs.get(0), "train"), "detail"), "full");
    let read = |job: JsValue| Job::train(&Images::new(), Ts::new_unchecked(job), 0, None);
    let refusal = refusal(read(get(&jobs.get(0), "train")));
    assert_eq!(refusal, "the images of digit 0 are not there");
}

const EPOCH: &str = r#"{"loss":0.5,"accuracy":0.25,"val_loss":1,"val_accuracy":0.75,"mistakes":{"count":15,"truth":0.125,"loss_share":null}}"#;

fn record(study: &mut Study, run: u32, network: usize, number: Option<u32>) {
    ok(study.record_epoch(run, network, Ts::new_unchecked(js(EPOCH)), number));
}

fn epochs(study: &Study, run: u32, network: usize) -> usize {
    ok(study.history(run, network)).len()
}

#[wasm_bindgen_test]
fn histories_grow_epoch_by_epoch() {
    let mut study = Study::new();
    assert_eq!(refusal(study.csv()), "no training has begun");
    assert_eq!(epochs(&study, 0, 0), 0);
    ok(study.begin("epochs=2", 240, 60));
    record(&mut study, 0, 1, None);
    record(&mut study, 0, 1, Some(1));
    assert_eq!(epochs(&study, 0, 1), 1);
    let mut refused = |network, number: Option<u32>| {
        refusal(study.record_epoch(0, network, Ts::new_unchecked(js(EPOCH)), number))
    };
    assert_eq!(refused(0, Some(2)), "this is epoch 2 of network 0 in run 0, expected 1");
    assert_eq!(refused(2, None), "there is no network 2 in run 0");
    record(&mut study, 0, 1, Some(2));
    assert_eq!(
        refusal(study.record_epoch(0, 1, Ts::new_unchecked(js(EPOCH)), None)),
        "this is epoch 3 of network 1 in run 0, expected 2"
    );

    assert_eq!(json(&ok(study.history(0, 1)).remove(1).into()), EPOCH);
    let columns: JsValue = ok(study.history_columns(0, 1)).into();
    let loss: Float64Array = get(&columns, "loss").dyn_into().unwrap();
    let mistakes: Uint32Array = get(&columns, "mistakes").dyn_into().unwrap();
    assert_eq!((loss.to_vec(), mistakes.to_vec()), (vec![0.5; 2], vec![15; 2]));
    let csv = ok(study.csv());
    assert_eq!(csv.lines().nth(1), Some("1,1,dense,1,0.5,0.25,1,0.75"));
    assert!(ok(study.json()).starts_with(r#"{"params":{"digits":[0,2,5],"epochs":2,"#));
    study.reset();
    assert_eq!(epochs(&study, 0, 1), 0);
}

#[wasm_bindgen_test]
fn stop_cuts_all_at_the_last_common_epoch() {
    let mut study = Study::new();
    assert_eq!(study.cut(None), 0);
    ok(study.begin("runs=3&epochs=9", 240, 60));
    for (run, network, count) in [(0, 0, 3), (0, 1, 2), (1, 0, 1), (1, 1, 5), (2, 0, 4), (2, 1, 4)]
    {
        for number in 1..=count {
            record(&mut study, run, network, Some(number));
        }
    }
    assert_eq!(study.cut(Some(3)), 2);
    // What comes late is about something that is not there any more.
    record(&mut study, 0, 0, Some(3));
    record(&mut study, 1, 0, None);
    let left = [0, 1, 2].map(|run| [0, 1].map(|network| epochs(&study, run, network)));
    assert_eq!(left, [[2, 2], [0, 0], [2, 2]]);

    let test = r#"{"loss":1.5,"accuracy":0.5,"mistakes":{"count":5,"truth":0.5,"loss_share":1}}"#;
    for (run, after) in [(0, 2), (1, 2), (2, 3)] {
        ok(study.record_test(run, 0, after, Ts::new_unchecked(js(test))));
    }
    let findings: JsValue = ok(study.findings()).into();
    assert_eq!((number(&findings, "epoch"), number(&findings, "runs")), (2.0, 2.0));
    assert_eq!(
        json(&get(&findings, "tests")),
        r#"[{"runs":1,"loss":1.5,"accuracy":0.5,"mistakes":5,"truth":0.5},null]"#
    );
    let networks: Array = get(&findings, "networks").unchecked_into();
    assert_eq!(
        json(&get(&networks.get(0), "values")),
        r#"{"mistakes":{"kind":"measured","value":15},"truth":{"kind":"measured","value":0.12500000000000003},"first_epoch":{"kind":"not_reached"}}"#
    );
}

#[wasm_bindgen_test]
fn the_ten_runs_are_there_where_settings_fit() {
    let mut study = Study::new();
    ok(study.begin("epochs=3&networks=a:relu100,relu50;b:relu7", 13841, 3461));
    assert!(ok(study.reference_curves(0)).is_null());
    ok(study.set_reference(include_str!("../../www/ready-made/runs.json")));
    let curves: Array = ok(study.reference_curves(0)).unchecked_into();
    assert_eq!(curves.length(), 10);
    let accuracy: Float64Array = get(&curves.get(0), "val_accuracy").unchecked_into();
    assert_eq!(accuracy.length(), 50);
    assert!(accuracy.get_index(49) > 0.98);
    assert!(ok(study.reference_curves(1)).is_null());
    let before: Array = ok(study.reference_curves_of("", 1)).unchecked_into();
    assert_eq!(before.length(), 10);
    assert!(ok(study.reference_curves_of("digits=4,9", 0)).is_null());
    assert!(ok(study.reference_curves(9)).is_null());
    assert!(refusal(study.set_reference("{")).starts_with("the ten runs' file cannot be read"));
    assert_eq!(refusal(study.begin("", 100, 100)), "100 of 200 images train, expected 160");
}

/// A drawn image of a digit, as networks read it.
fn image_of(digit: u8) -> Vec<f32> {
    synthetic::images(9, digit, 1).pixels.iter().map(|&pixel| f32::from(pixel) / 255.0).collect()
}

#[wasm_bindgen_test]
fn strokes_become_an_image() {
    let study = Study::new();
    let points = [0.3, 0.2, 0.5, 0.8, 0.7, 0.2, 0.5, 0.5];
    let drawn: JsValue = ok(study.image(&points, &[3, 1])).into();
    assert!(get(&drawn, "blank").is_null());
    let image = floats(&drawn, "image");
    assert_eq!(image.len(), 784);
    assert!(image.iter().sum::<f32>() > 20.0 && image.iter().all(|v| (0.0..=1.0).contains(v)));
    assert_eq!(json_of(study.image(&[], &[])), r#"{"image":null,"blank":"empty"}"#);
    assert_eq!(json_of(study.image(&[0.5, 0.5], &[1])), r#"{"image":null,"blank":"dot"}"#);
    let refused = "there are 3 coordinates, expected 2 for each of 1 points";
    assert_eq!(refusal(study.image(&[0.5, 0.5, 0.5], &[1])), refused);
    assert!(study.image(&[0.5, 0.5], &[u32::MAX, 2]).is_err());
}

#[wasm_bindgen_test]
fn networks_answer_in_their_slots() {
    let mut study = Study::new();
    let image = image_of(2);
    assert!(ok(study.answer(1, &image)).is_null());
    assert!(ok(study.contributions(1, &image)).is_null());
    assert_eq!(ok(study.activations(1, &image)).len(), 0);

    let weights = start(&parse_layers(CUSTOM).unwrap(), 3, 7);
    ok(study.set_network(1, CUSTOM, &DIGITS, &weights));
    let answer = ok(study.answer(1, &image));
    let numbers = |list: JsValue| -> Vec<f64> {
        list.unchecked_into::<Array>().iter().map(|number| number.as_f64().unwrap()).collect()
    };
    let probabilities = numbers(get(&answer, "probabilities"));
    assert!((probabilities.iter().sum::<f64>() - 1.0).abs() < 1e-6);
    let class = number(&answer, "class") as usize;
    assert!(probabilities.iter().all(|&p| p <= probabilities[class]));
    assert_eq!(number(&answer, "digit"), f64::from(DIGITS[class]));
    assert_eq!(get(&answer, "diverged").as_bool(), Some(false));
    let lengths: Vec<u32> =
        ok(study.activations(1, &image)).iter().map(|layer| layer.length()).collect();
    assert_eq!(lengths, [150, 100, 50]);

    // Softmax of all that is contributed is the answer.
    let parts = ok(study.contributions(1, &image));
    let added: Array = get(&parts, "parts").unchecked_into();
    let by: Vec<String> = added.iter().map(|part| text(&part, "by")).collect();
    assert_eq!(by, ["function", "linear"]);
    let part = |part: usize, class: usize| -> f64 {
        numbers(get(&get(&added.get(part as u32), "to_classes"), &class.to_string())).iter().sum()
    };
    let bias = numbers(get(&parts, "bias"));
    let logits = [0, 1, 2].map(|k| part(0, k) + part(1, k) + bias[k]);
    let sum: f64 = logits.iter().map(|logit| logit.exp()).sum();
    for (logit, p) in logits.iter().zip(&probabilities) {
        assert!((logit.exp() / sum - p).abs() < 1e-5, "{logits:?} and {probabilities:?}");
    }

    let refused = refusal(study.set_network(1, CUSTOM, &[0, 2], &weights));
    assert_eq!(
        refused,
        "there are 143053 weights, expected 143002 for relu150,relu100,cubic50 and 2 digits"
    );
    assert_eq!(json(&ok(study.answer(1, &image))), json(&answer));
    assert_eq!(refusal(study.answer(1, &[0.0])), "the image has 1 values, expected 784");
    ok(study.set_network(1, CUSTOM, &DIGITS, &vec![f32::NAN; weights.len()]));
    assert_eq!(get(&ok(study.answer(1, &image)), "diverged").as_bool(), Some(true));
    study.clear_network(1);
    assert!(ok(study.answer(1, &image)).is_null());
}

#[wasm_bindgen_test]
fn weights_leave_and_come_back() {
    let study = Study::new();
    let mut weights = ok(study.start_weights(CUSTOM, &DIGITS, 7));
    assert_eq!(bits(&weights), bits(&start(&parse_layers(CUSTOM).unwrap(), 3, 7)));
    let file = ok(study.write_weights(CUSTOM, &DIGITS, &weights));
    let read: JsValue = ok(study.read_weights(CUSTOM, &file)).into();
    assert_eq!(bits(&floats(&read, "weights")), bits(&weights));
    assert_eq!(json(&get(&read, "digits")), "[0,2,5]");
    let refused = refusal(study.read_weights("relu150,relu100,relu50", &file));
    assert!(refused.starts_with("the file is of a network with the layers relu150"), "{refused}");
    weights[5] = f32::INFINITY;
    assert_eq!(
        refusal(study.write_weights(CUSTOM, &DIGITS, &weights)),
        "the network has diverged, so its weights cannot be saved: dense1.weight: value 5 is inf, \
         expected a finite number"
    );
    assert!(refusal(study.write_weights(CUSTOM, &DIGITS, &[])).starts_with("there are 0 weights"));
    assert!(refusal(study.start_weights(CUSTOM, &[5], 7)).starts_with("“digits=5” cannot be used"));
}

#[wasm_bindgen_test]
fn what_is_unlike_is_told_when_features_are_there() {
    let mut study = Study::new();
    let is_unlike = |study: &Study, image: &[f32]| ok(study.is_unlike(&[0, 2], image)).as_bool();
    for digit in [0, 2] {
        assert_eq!(is_unlike(&study, &image_of(2)), None);
        let mut images = Images::new();
        add(&mut images, Part::Train, digit, &synthetic::images(1, digit, 3000));
        let told = outputs(ok(Job::features(&images, digit)));
        ok(study.set_features(digit, bytes(&told[0], "features")));
    }
    assert_eq!(is_unlike(&study, &image_of(2)), Some(false));
    let stripes: Vec<f32> = (0..784).map(|i| if i % 28 % 4 < 2 { 1.0 } else { 0.0 }).collect();
    assert_eq!(is_unlike(&study, &stripes), Some(true));
    assert_eq!(
        refusal(study.set_features(0, vec![1])),
        "the features of digit 0 have 1 bytes: expected 1176000"
    );
}
