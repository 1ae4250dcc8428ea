//! What the old page asks of the core: settings that it can show, weights, and messages made of
//! noise or damaged, of which none may panic. `PROPTEST_CASES=1000000 cargo test --test adapter`
//! tries more than the usual 256 of these; what fails is kept in
//! `tests/adapter.proptest-regressions` and tried first from then on.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

use std::cell::Cell;

use mnist::{PIXELS, synthetic};
use mnist_cubic::{
    adapter::{
        ModelKind, Session, Settings,
        messages::{Event, Outcome, Reply, Request},
    },
    network::safetensors::{self, Precision},
    nn,
};
use proptest::{collection::vec, prelude::*, sample::select};
use serde_json::{Value, json};

/// A good file with some bytes changed and its end cut off or grown.
fn damaged(file: Vec<u8>) -> impl Strategy<Value = Vec<u8>> {
    let length = file.len();
    let changes = vec((0..length, any::<u8>()), 0..4);
    let end = prop_oneof![4 => Just(length), 1 => 0..=length + 8];
    (changes, end).prop_map(move |(changes, end)| {
        let mut file = file.clone();
        for (at, byte) in changes {
            file[at] = byte;
        }
        file.resize(end, 0);
        file
    })
}

fn images(count: u8) -> Vec<u8> {
    let mut file = vec![0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, 28, 0, 0, 0, 28];
    file.resize(16 + usize::from(count) * PIXELS, 99);
    file
}

fn positions(count: u8) -> Vec<u8> {
    let mut file = vec![0, 0, 12, 1, 0, 0, 0, count];
    file.extend((0..i32::from(count)).flat_map(|i| (3 * i).to_be_bytes()));
    file
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        vec(any::<u8>(), 0..100),
        damaged(images(3)),
        damaged(positions(3)),
        damaged(weight_file(ModelKind::Dense, &[3, 4])),
    ]
}

fn weight_file(model: ModelKind, digits: &[u8]) -> Vec<u8> {
    let architecture = model.network().architecture;
    let start = nn::start::start(&architecture, digits.len(), 1);
    safetensors::write(&architecture, &start, digits, Precision::Single).unwrap()
}

/// A number, of which most are small.
fn number() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => (0_u32..12).prop_map(Value::from),
        1 => any::<f64>().prop_map(Value::from),
        1 => any::<i64>().prop_map(Value::from),
        1 => select(vec![Value::Null, json!("7"), json!([]), json!(0.01)]),
    ]
}

fn numbers() -> impl Strategy<Value = Vec<Value>> {
    vec(number(), 0..5)
}

/// Few epochs and runs, so that what is accepted ends.
fn settings() -> impl Strategy<Value = Value> {
    let digits = prop_oneof![
        3 => Just(json!([0, 1])),
        1 => numbers().prop_map(Value::from),
    ];
    (digits, number(), number(), number(), number(), number(), any::<bool>()).prop_map(
        |(digits, epochs, batch_size, learning_rate, seed, runs, control)| {
            json!({ "digits": digits, "epochs": epochs, "batch_size": batch_size,
                "learning_rate": learning_rate, "seed": seed, "runs": runs, "control": control })
        },
    )
}

fn runs() -> impl Strategy<Value = Value> {
    let history = (numbers(), numbers(), numbers(), numbers()).prop_map(
        |(loss, accuracy, val_loss, val_accuracy)| {
            json!({ "loss": loss, "accuracy": accuracy, "val_loss": val_loss, "val_accuracy": val_accuracy })
        },
    );
    let model = select(vec!["custom", "dense", "control"]);
    let run = (number(), vec((model, history), 0..3)).prop_map(|(seed, models)| {
        let models: serde_json::Map<String, Value> = models
            .into_iter()
            .map(|(model, history)| (model.into(), json!({ "history": history, "test": null })))
            .collect();
        json!({ "seed": seed, "models": models })
    });
    vec(run, 0..4).prop_map(Value::from)
}

fn input() -> impl Strategy<Value = Value> {
    let coordinate = prop_oneof![3 => (0.0..1.0).prop_map(Value::from), 1 => number()];
    let point = vec(coordinate, 2).prop_map(Value::from);
    prop_oneof![
        vec(vec(point, 0..6), 0..4)
            .prop_map(|strokes| json!({ "type": "strokes", "strokes": strokes })),
        number().prop_map(|position| json!({ "type": "test_image", "position": position })),
    ]
}

/// A message that is a request, or nearly.
fn message() -> impl Strategy<Value = Value> {
    let part = select(vec!["train", "test", "middle"]);
    prop_oneof![
        1 => any::<String>().prop_map(|kind| json!({ "type": kind })),
        1 => any::<String>().prop_map(|hash| json!({ "type": "read_settings", "hash": hash })),
        3 => (part, number(), bytes(), bytes()).prop_map(|(part, digit, images, positions)| {
            json!({ "type": "add_digit", "part": part, "digit": digit, "images": images,
                "positions": positions })
        }),
        4 => (settings(), any::<bool>()).prop_map(|(settings, shuffle)| {
            json!({ "type": "train", "settings": settings, "shuffle": shuffle })
        }),
        1 => (settings(), bytes()).prop_map(|(settings, start)| {
            json!({ "type": "train", "settings": settings, "start": start })
        }),
        3 => select(vec!["pause", "resume", "stop", "reset", "inspect", "show_cubic", "save_weights"])
            .prop_map(|kind| json!({ "type": kind })),
        3 => (select(vec!["predict", "explain"]), input())
            .prop_map(|(kind, input)| json!({ "type": kind, "input": input })),
        2 => bytes().prop_map(|file| json!({ "type": "load_weights", "file": file })),
        2 => (runs(), settings()).prop_map(|(runs, settings)| {
            json!({ "type": "compare", "runs": runs, "settings": settings })
        }),
        1 => (runs(), settings(), select(vec!["csv", "json", "xml"])).prop_map(
            |(runs, settings, format)| {
                json!({ "type": "export", "runs": runs, "settings": settings, "format": format })
            },
        ),
    ]
}

/// A session that has two digits.
fn session(model: ModelKind) -> Session {
    let mut session = Session::new(model);
    for (digit, shift) in [(0, 0), (1, 1)] {
        for part in ["train", "test"] {
            let mut positions = positions(9);
            for position in positions[8..].chunks_exact_mut(4) {
                position[3] += shift;
            }
            let request = json!({ "type": "add_digit", "part": part, "digit": digit,
                "images": images(9), "positions": positions });
            ask(&mut session, request);
        }
    }
    session
}

fn ask(session: &mut Session, request: Value) -> Reply {
    session.handle(serde_json::from_value(request).unwrap()).unwrap()
}

fn read_settings(hash: &str) -> (Settings, String, Vec<(String, String)>) {
    let mut session = Session::new(ModelKind::Dense);
    let request = json!({ "type": "read_settings", "hash": hash });
    let Reply::Settings { settings, hash, problems } = ask(&mut session, request) else {
        panic!("no settings");
    };
    let problems = problems.into_iter().map(|p| (p.key, p.message)).collect();
    (settings, hash, problems)
}

#[test]
fn every_kind_is_a_network_of_the_notebook_or_the_control() {
    let texts = ModelKind::ALL.map(|kind| kind.network().to_string());
    assert_eq!(
        texts,
        [
            "custom:relu150,relu100,cubic50",
            "dense:relu100,relu50",
            "control:relu150,relu100,relu50"
        ]
    );
}

#[test]
fn the_control_is_a_setting() {
    let (settings, hash, problems) = read_settings("#control=1&epochs=3");
    assert!(settings.control && problems.is_empty(), "{problems:?}");
    let expected = "digits=0,2,5&epochs=3&batch=32&lr=0.01&seed=1&runs=1&control=1";
    assert_eq!(hash, expected);
    // The same networks, spelled out.
    let notebook = "custom:relu150,relu100,cubic50;dense:relu100,relu50";
    let control = ";control:relu150,relu100,relu50";
    for (networks, control) in [(notebook.to_owned(), false), (notebook.to_owned() + control, true)]
    {
        let (settings, hash, problems) = read_settings(&format!("networks={networks}"));
        assert_eq!(settings.control, control);
        assert_eq!(hash.ends_with("&control=1"), control, "{hash}");
        assert!(problems.is_empty(), "{problems:?}");
    }
}

#[test]
fn networks_that_the_page_cannot_show_are_a_problem() {
    let (settings, hash, problems) = read_settings("networks=wide:relu500&epochs=3");
    assert_eq!((settings.control, settings.epochs), (false, 3));
    assert_eq!(hash, "digits=0,2,5&epochs=3&batch=32&lr=0.01&seed=1&runs=1");
    let message = "“networks=wide:relu500” cannot be used: this page shows the notebook’s networks \
                   only. The default, custom:relu150,relu100,cubic50;dense:relu100,relu50, is used.";
    assert_eq!(problems, [("networks".to_owned(), message.to_owned())]);
}

#[test]
fn runs_follow_each_other_and_end() {
    let mut session = session(ModelKind::Control);
    let settings = json!({ "digits": [0, 1], "epochs": 2, "batch_size": 4, "learning_rate": 0.1,
        "seed": u32::MAX, "runs": 2, "control": true });
    ask(&mut session, json!({ "type": "train", "settings": settings }));
    let mut told = Vec::new();
    while session.is_busy() {
        for event in session.step(|| 0.0).unwrap() {
            told.push(match event {
                Event::RunStarted { run, seed, training_images: 14, validation_images: 4 } => {
                    format!("run {run} seed {seed}")
                }
                Event::Epoch { run, epoch, .. } => format!("run {run} epoch {epoch}"),
                Event::RunFinished {
                    run, diverged: None, inspection: Some(inspection), ..
                } => format!("run {run} tested {}", inspection.labels.len()),
                Event::Finished => "finished".to_owned(),
                other => panic!("{other:?}"),
            });
        }
    }
    let expected = [
        "run 0 seed 4294967295",
        "run 0 epoch 1",
        "run 0 epoch 2",
        "run 0 tested 18",
        "run 1 seed 0",
        "run 1 epoch 1",
        "run 1 epoch 2",
        "run 1 tested 18",
        "finished",
    ];
    assert_eq!(told, expected);
}

#[test]
fn an_inspection_gives_each_answer_the_probability_of_a_prediction() {
    let digits = [0, 2, 5];
    let mut session = Session::new(ModelKind::Custom);
    for digit in digits {
        let images = synthetic::images(1, digit, 50);
        let request = json!({ "type": "add_digit", "part": "test", "digit": digit,
            "images": mnist::idx::write_images(&images.pixels),
            "positions": mnist::idx::write_positions(&images.file_indices) });
        ask(&mut session, request);
    }
    let file = weight_file(ModelKind::Custom, &digits);
    ask(&mut session, json!({ "type": "load_weights", "file": file }));
    let Reply::Inspection(inspection) = ask(&mut session, json!({ "type": "inspect" })) else {
        panic!("no inspection");
    };
    let mut right = 0;
    for (i, &position) in inspection.positions.iter().enumerate() {
        let input = json!({ "type": "test_image", "position": position });
        let request = json!({ "type": "predict", "input": input });
        let Reply::Prediction { outcome: Outcome::Answer { probabilities, .. }, .. } =
            ask(&mut session, request)
        else {
            panic!("no answer");
        };
        let class = digits.iter().position(|&d| d == inspection.predictions[i]);
        let (probability, found) = (probabilities[class.unwrap()], inspection.probabilities[i]);
        assert!((probability - found).abs() < 1e-6, "{probability}, {found}");
        right += u32::from(inspection.predictions[i] == inspection.labels[i]);
    }
    assert!(0 < right && right < 150, "{right} right: both ways are tried");
    let trace: u32 = (0..3).map(|class| inspection.confusion[class][class]).sum();
    assert_eq!(trace, right);
}

#[test]
fn saved_weights_are_the_bytes_that_were_loaded() {
    for model in ModelKind::ALL {
        let file = weight_file(model, &[0, 2, 5]);
        for _ in 0..10 {
            let mut session = Session::new(model);
            ask(&mut session, json!({ "type": "load_weights", "file": file }));
            let saved = ask(&mut session, json!({ "type": "save_weights" }));
            let same = Reply::File { bytes: file.clone().into() };
            assert!(saved == same, "{model}");
        }
    }
}

proptest! {
    #[test]
    fn messages(messages in vec(message(), 1..12), model in select(ModelKind::ALL.to_vec())) {
        let mut session = session(model);
        for message in messages {
            let Ok(request) = serde_json::from_value::<Request>(message) else { continue };
            let _ = session.handle(request);
            // A clock that lets a slice take a few steps.
            let now = Cell::new(0.0);
            let _ = session.step(|| now.replace(now.get() + 2.0));
        }
    }
}
