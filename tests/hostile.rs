//! Whatever comes in, nothing panics: weights, hashes and messages made of noise, and good ones
//! with damage. `PROPTEST_CASES=1000000 cargo test --test hostile` tries more than the usual 256 of each;
//! what fails is kept in `tests/hostile.proptest-regressions` and tried first from then on.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

use std::cell::Cell;

use mnist_cubic::{
    data::PIXELS,
    model::{ModelKind, Weights, initial_weights},
    session::{Session, messages::Request},
    training::Settings,
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
        damaged(
            initial_weights(ModelKind::Dense, 2, 1)
                .to_safetensors(&[3, 4])
                .unwrap()
        ),
    ]
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
    (
        digits,
        number(),
        number(),
        number(),
        number(),
        number(),
        any::<bool>(),
    )
        .prop_map(
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
            session
                .handle(serde_json::from_value(request).unwrap())
                .unwrap();
        }
    }
    session
}

proptest! {
    #[test]
    fn weight_files(file in bytes(), model in select(ModelKind::ALL.to_vec())) {
        if let Ok((weights, _)) = Weights::from_safetensors(&file, model) {
            prop_assert!(weights.iter().all(|(.., values)| values.iter().all(|v| v.is_finite())));
        }
    }

    #[test]
    fn hashes(hash in "#?((digits|epochs|batch|lr|seed|runs|control|[a-z]{0,5})=?[-+0-9,.e%A-F]{0,12}&?){0,8}|\\PC{0,40}") {
        let (settings, _) = Settings::from_hash(&hash);
        prop_assert_eq!(settings.check(), Ok(()));
        prop_assert_eq!(Settings::from_hash(&settings.to_hash()), (settings, vec![]));
    }

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
