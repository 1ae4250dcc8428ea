//! The worker's API as JavaScript sees it, in a real browser: `wasm-pack test --headless --firefox`.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used)]

use js_sys::{Array, Float32Array, JSON, Reflect, Uint8Array};
use mnist::{idx, synthetic};
use mnist_cubic::web::Worker;
use wasm_bindgen::{JsCast, JsError, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

const DIGITS: [u8; 3] = [0, 2, 5];
/// Images of each digit, in each part.
const IMAGES: usize = 100;

fn js(json: &str) -> JsValue {
    JSON::parse(json).unwrap()
}

fn get(object: &JsValue, key: &str) -> JsValue {
    Reflect::get(object, &key.into()).unwrap()
}

fn text(object: &JsValue, key: &str) -> String {
    get(object, key).as_string().unwrap()
}

fn number(object: &JsValue, key: &str) -> f64 {
    get(object, key).as_f64().unwrap()
}

fn message(error: JsError) -> String {
    text(&error.into(), "message")
}

fn handle(worker: &mut Worker, request: &str) -> JsValue {
    worker.handle(js(request)).map_err(message).unwrap()
}

fn error(worker: &mut Worker, request: &str) -> String {
    message(worker.handle(js(request)).unwrap_err())
}

/// A worker that has digits which the project draws itself.
fn worker(model: &str) -> Worker {
    let mut worker = Worker::new(model).map_err(message).unwrap();
    for part in ["train", "test"] {
        for digit in DIGITS {
            let seed = if part == "train" { 1 } else { 2 };
            let request =
                js(&format!(r#"{{"type": "add_digit", "part": "{part}", "digit": {digit}}}"#));
            let digit = synthetic::images(seed, digit, IMAGES);
            let images = idx::write_images(&digit.pixels);
            let positions = idx::write_positions(&digit.file_indices);
            for (key, bytes) in [("images", images), ("positions", positions)] {
                Reflect::set(&request, &key.into(), &Uint8Array::from(&bytes[..])).unwrap();
            }
            worker.handle(request).map_err(message).unwrap();
        }
    }
    worker
}

const TRAIN: &str = r#"{"type": "train", "settings": {"digits": [0, 2, 5], "epochs": 3,
    "batch_size": 32, "learning_rate": 0.05, "seed": 1, "runs": 2, "control": false}}"#;

/// All events until the worker rests.
fn events(worker: &mut Worker) -> Vec<JsValue> {
    let mut events = Vec::new();
    while worker.busy() {
        events.extend(worker.step().map_err(message).unwrap().unchecked_into::<Array>().iter());
    }
    events
}

#[wasm_bindgen_test]
fn settings_come_from_rust() {
    let mut worker = Worker::new("dense").map_err(message).unwrap();
    let reply = handle(&mut worker, r##"{"type": "read_settings", "hash": "#epochs=3&lr=fast"}"##);
    assert_eq!(text(&reply, "type"), "settings");
    assert_eq!(text(&reply, "hash"), "digits=0,2,5&epochs=3&batch=32&lr=0.01&seed=1&runs=1");
    assert_eq!(number(&get(&reply, "settings"), "epochs"), 3.0);
    let problems: Array = get(&reply, "problems").unchecked_into();
    assert_eq!(problems.length(), 1);
    assert_eq!(text(&problems.get(0), "key"), "lr");
}

#[wasm_bindgen_test]
fn bad_messages_are_errors_with_a_sentence() {
    assert_eq!(
        message(Worker::new("sparse").unwrap_err()),
        "the model is \"sparse\", expected custom, dense or control"
    );
    let mut worker = worker("dense");
    assert!(error(&mut worker, r#"{"type": "dance"}"#).contains("unknown variant `dance`"));
    assert!(error(&mut worker, r#"{"type": "predict"}"#).contains("missing field `input`"));
    assert!(error(&mut worker, "17").starts_with("this is not a request"));
    assert!(
        error(&mut worker, &TRAIN.replace("[0, 2, 5]", "[0, 1]"))
            .contains("the images of digit 1 are not there")
    );
    assert!(error(&mut worker, &TRAIN.replace("0.05", "-1")).contains("lr=-1"));
    assert!(!worker.busy());
}

#[wasm_bindgen_test]
fn training_tells_each_epoch_and_repeats_itself() {
    for model in ["custom", "dense", "control"] {
        let mut worker = worker(model);
        let history = |worker: &mut Worker| -> Vec<(String, String)> {
            assert_eq!(text(&handle(worker, TRAIN), "type"), "done");
            let events = events(worker);
            let is_told = |event: &&JsValue| text(event, "type") != "progress";
            events
                .iter()
                .filter(is_told)
                .map(|event| {
                    let metrics = get(event, "metrics");
                    let told = !metrics.is_undefined();
                    let metrics = told.then(|| String::from(JSON::stringify(&metrics).unwrap()));
                    (text(event, "type"), metrics.unwrap_or_default())
                })
                .collect()
        };
        let first = history(&mut worker);
        let types: Vec<&str> = first.iter().map(|(kind, _)| &**kind).collect();
        let run = ["run_started", "epoch", "epoch", "epoch", "run_finished"];
        assert_eq!(types, [&run[..], &run[..], &["finished"]].concat(), "{model}");
        let last: JsValue = js(&first[8].1);
        assert!(number(&last, "val_accuracy") > 0.6, "{model} learns: {}", first[8].1);
        assert_eq!(first, history(&mut worker), "{model}");
    }
}

#[wasm_bindgen_test]
fn stop_before_the_first_step_trains_nothing() {
    let mut worker = worker("custom");
    handle(&mut worker, TRAIN);
    handle(&mut worker, r#"{"type": "stop"}"#);
    let types: Vec<String> = events(&mut worker).iter().map(|e| text(e, "type")).collect();
    assert_eq!(types, ["finished"]);
    assert!(error(&mut worker, r#"{"type": "save_weights"}"#).contains("not trained yet"));
}

#[wasm_bindgen_test]
fn pause_stop_and_reset_are_heard_between_steps() {
    let mut worker = worker("custom");
    let endless = TRAIN.replace("\"epochs\": 3", "\"epochs\": 1000");
    handle(&mut worker, &endless);
    worker.step().map_err(message).unwrap();
    assert!(error(&mut worker, &endless).contains("already"));
    handle(&mut worker, r#"{"type": "pause"}"#);
    assert!(!worker.busy());
    handle(&mut worker, r#"{"type": "resume"}"#);
    assert!(worker.busy());
    handle(&mut worker, r#"{"type": "stop"}"#);
    let types: Vec<String> = events(&mut worker).iter().map(|e| text(e, "type")).collect();
    assert_eq!(types, ["run_finished", "finished"]);
    let answer = handle(
        &mut worker,
        r#"{"type": "predict", "input": {"type": "test_image", "position": 5}}"#,
    );
    assert_eq!(text(&get(&answer, "outcome"), "type"), "answer");
    handle(&mut worker, r#"{"type": "reset"}"#);
    let answer = handle(
        &mut worker,
        r#"{"type": "predict", "input": {"type": "test_image", "position": 5}}"#,
    );
    assert_eq!(text(&get(&answer, "outcome"), "type"), "nothing");
}

#[wasm_bindgen_test]
fn weights_leave_and_come_back() {
    let mut trained = worker("custom");
    handle(&mut trained, TRAIN);
    events(&mut trained);
    let input = r#""input": {"type": "test_image", "position": 2}}"#;
    let probabilities = |worker: &mut Worker| {
        let answer = handle(worker, &format!(r#"{{"type": "predict", {input}"#));
        Float32Array::new(&get(&get(&answer, "outcome"), "probabilities")).to_vec()
    };
    let expected = probabilities(&mut trained);
    let file = get(&handle(&mut trained, r#"{"type": "save_weights"}"#), "bytes");
    assert!(file.is_instance_of::<Uint8Array>());

    let mut other = worker("custom");
    let request = js(r#"{"type": "load_weights"}"#);
    Reflect::set(&request, &"file".into(), &file).unwrap();
    let reply = other.handle(request.clone()).map_err(message).unwrap();
    assert_eq!(text(&reply, "type"), "loaded");
    assert_eq!(probabilities(&mut other), expected);

    // The scores are the sum of what explains them.
    let parts = handle(&mut other, &format!(r#"{{"type": "explain", {input}"#));
    let numbers = |key: &str| Float32Array::new(&get(&parts, key)).to_vec();
    let sum_of = |key: &str, class: u32| -> f32 {
        Float32Array::new(&get(&parts, key).unchecked_into::<Array>().get(class))
            .to_vec()
            .iter()
            .sum()
    };
    for (class, score) in numbers("scores").iter().enumerate() {
        let k = class as u32;
        let sum = sum_of("cubic", k) + sum_of("linear", k) + numbers("bias")[class];
        assert!((sum - score).abs() < 1e-3 * score.abs().max(1.0), "{sum} and {score}");
    }

    let mut dense = worker("dense");
    let refusal = message(dense.handle(request).unwrap_err());
    let layers = "the layers relu150,relu100,cubic50, expected relu100,relu50";
    assert_eq!(refusal, format!("the file is of a network with {layers}"));
}
