//! What the tests share.

#![allow(dead_code, clippy::unwrap_used)]

use std::{env, path::Path, rc::Rc};

use mnist_cubic::data::{Images, files::Mnist};

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
pub fn training_images() -> Option<Rc<Images>> {
    Some(Rc::new(Images::choose(&DIGITS, &mnist()?.train).unwrap()))
}
