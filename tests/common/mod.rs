//! What the tests share.

#![allow(dead_code, clippy::unwrap_used)]

use std::{env, fs, path::Path, rc::Rc};

use mnist::files::Mnist;
use mnist_cubic::{
    data::{Dataset, PIXELS, batch::scaled},
    model::{ModelKind, Network, Weights},
};

/// The notebook's digits.
pub const DIGITS: [u8; 3] = [0, 2, 5];

/// MNIST from the folder that `MNIST_DIR` names; `cargo xtask test` sets it. Without it there is
/// nothing to test on, and the caller returns.
pub fn mnist() -> Option<Mnist> {
    let Some(folder) = env::var_os("MNIST_DIR") else {
        eprintln!("skipped: MNIST_DIR is not set");
        return None;
    };
    Some(Mnist::read(Path::new(&folder)).unwrap())
}

/// The training images of digits 0, 2 and 5.
pub fn training_images() -> Option<Rc<Dataset>> {
    Some(Rc::new(Dataset::choose(&DIGITS, &mnist()?.train).unwrap()))
}

/// Image `i` as a network reads it.
pub fn image(images: &Dataset, i: usize) -> [f32; PIXELS] {
    std::array::from_fn(|k| scaled(images.pixels(i)[k]))
}

/// The network that answers on a first visit, trained on digits 0, 2 and 5.
pub fn first_network(model: ModelKind) -> Network {
    let file = fs::read(format!("www/weights/{}.safetensors", model.name())).unwrap();
    let (weights, digits) = Weights::from_safetensors(&file, model).unwrap();
    assert_eq!(digits.as_deref(), Some(&DIGITS[..]));
    Network::new(model, DIGITS.len(), &weights)
}
