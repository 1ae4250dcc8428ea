//! The library trains as plain burn does: the example `plain` and [`Training`] give one history.
#![cfg(not(target_arch = "wasm32"))] // `mnist::files` is native

use std::{collections::BTreeMap, env, path::Path, rc::Rc};

use mnist::{Dataset, files::Mnist, synthetic};
use mnist_cubic::{
    nn::SparseImages,
    settings::Settings,
    train::{State, Training},
};

#[path = "../examples/plain.rs"]
#[expect(dead_code, reason = "its main")]
mod plain;

const DIGITS: [u8; 3] = [0, 2, 5];
const SEED: u32 = 1;
/// The two add up in different orders. What that does stays below 10⁻⁶ for a dozen epochs on MNIST,
/// until a step in which the cubic layer's loss leaps.
const EPOCHS: u32 = 2;
/// Less than one image is of the accuracies, so that both classify as many rightly.
const TOLERANCE: f64 = 1e-5;

#[test]
fn the_history_is_that_of_plain_burn() {
    let dataset = Rc::new(images());
    let plain = plain::train(&dataset, SEED, EPOCHS).expect("the network's text is right");

    let settings = Settings { epochs: EPOCHS, seed: SEED, ..Settings::default() };
    let custom = &settings.networks[0];
    let start = State::start(&custom.architecture, DIGITS.len(), SEED);
    let config = settings.train_config(custom, 0);
    let mut training =
        Training::new(config, Rc::new(SparseImages::new(&dataset)), start).expect("enough images");
    let ours: Vec<_> = std::iter::from_fn(|| training.epoch()?.metrics).collect();

    assert_eq!([plain.len(), ours.len()], [EPOCHS as usize; 2]);
    for (epoch, (plain, ours)) in (1..).zip(plain.iter().zip(&ours)) {
        for (metric, plain, ours) in [
            ("loss", plain.loss, ours.loss),
            ("accuracy", plain.accuracy, ours.accuracy),
            ("val_loss", plain.val_loss, ours.val_loss),
            ("val_accuracy", plain.val_accuracy, ours.val_accuracy),
        ] {
            let difference = (plain - ours).abs();
            println!("epoch {epoch}, {metric}: {plain}, {ours}, difference {difference:.1e}");
            assert!(difference <= TOLERANCE, "epoch {epoch}, {metric}: {plain}, here {ours}");
        }
    }
}

/// MNIST's training images where `MNIST_DIR` names a folder, as `cargo xtask test` has it; else
/// digits of our own.
fn images() -> Dataset {
    let available = match env::var_os("MNIST_DIR") {
        Some(folder) => Mnist::read(Path::new(&folder)).expect("MNIST").train,
        None => {
            let digit = |digit| (digit, Rc::new(synthetic::images(1, digit, 400)));
            BTreeMap::from(DIGITS.map(digit))
        }
    };
    Dataset::choose(&DIGITS, &available).expect("there are images of each digit")
}
