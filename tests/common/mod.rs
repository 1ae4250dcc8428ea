//! What the tests share.

#![allow(dead_code, clippy::unwrap_used)]

pub mod reference;

use std::{collections::BTreeMap, env, fs, path::Path, rc::Rc};

use mnist::{Dataset, DigitImages, PIXELS, files::Mnist, synthetic};
use mnist_cubic::{
    network::{Architecture, NetworkConfig, notebook_and_control, parse_layers, safetensors},
    nn::{Network, SparseImages, scaled},
    settings::Settings,
    train::TrainConfig,
};

/// The notebook's digits.
pub const DIGITS: [u8; 3] = [0, 2, 5];

/// The notebook's two networks, and the control.
pub const NOTEBOOK: [&str; 3] =
    ["relu150,relu100,cubic50", "relu100,relu50", "relu150,relu100,relu50"];

/// MNIST from the folder that `MNIST_DIR` names; `cargo xtask test` sets it. Tests that read it are
/// ignored unless they are asked for, so that they count as passed only where they ran.
pub fn mnist() -> Mnist {
    let folder = env::var_os("MNIST_DIR").expect("MNIST_DIR names the folder with MNIST's files");
    Mnist::read(Path::new(&folder)).unwrap()
}

/// The training images of digits 0, 2 and 5.
pub fn training_images() -> Rc<Dataset> {
    Rc::new(Dataset::choose(&DIGITS, &mnist().train).unwrap())
}

/// `count` images of each of 0, 2 and 5 that the project draws itself.
pub fn drawn_images(count: usize) -> Rc<Dataset> {
    let digits: BTreeMap<u8, Rc<DigitImages>> =
        DIGITS.iter().map(|&digit| (digit, Rc::new(synthetic::images(3, digit, count)))).collect();
    Rc::new(Dataset::choose(&DIGITS, &digits).unwrap())
}

/// The same images as networks are trained on.
pub fn sparse(images: &Dataset) -> Rc<SparseImages> {
    Rc::new(SparseImages::new(images))
}

/// The network whose hidden layers this text lists.
pub fn layers(text: &str) -> Architecture {
    parse_layers(text).unwrap()
}

/// The notebook's settings, seed 1.
pub fn config(text: &str, epochs: u32) -> TrainConfig {
    let network =
        NetworkConfig { name: "test".to_owned(), architecture: layers(text), learning_rate: None };
    Settings { epochs, ..Settings::default() }.train_config(&network, 0)
}

/// Image `i` as a network reads it.
pub fn image(images: &Dataset, i: usize) -> [f32; PIXELS] {
    std::array::from_fn(|k| scaled(images.pixels(i)[k]))
}

/// The network that answers on a first visit, trained on digits 0, 2 and 5.
pub fn first_network(name: &str) -> Network {
    let network = notebook_and_control().into_iter().find(|network| network.name == name);
    let network = network.expect("one of the notebook's");
    let file = fs::read(format!("www/ready-made/{name}.safetensors")).unwrap();
    let (weights, digits) = safetensors::read(&network.architecture, &file).unwrap();
    assert_eq!(digits.as_deref(), Some(&DIGITS[..]));
    Network::new(&network.architecture, DIGITS.len(), &weights)
}
