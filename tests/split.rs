//! Which images train and which validate, and the order in which an epoch takes them.
#![cfg(not(target_arch = "wasm32"))]

use mnist_cubic::data::split::{shuffled, split};

/// MNIST has 17,302 training images of 0, 2 and 5, of which Keras's `validation_split=0.2` keeps the
/// first 13,841 for training.
#[test]
fn the_last_fifth_validates() {
    assert_eq!(split(17_302), (0..13_841, 13_841..17_302));
}

#[test]
fn each_epoch_takes_every_training_image_once_in_an_order_of_its_own() {
    let sorted = |mut order: Vec<usize>| {
        order.sort_unstable();
        order
    };
    let (first, second) = (shuffled(0..1000, 1, 1), shuffled(0..1000, 1, 2));
    assert_eq!(sorted(first.clone()), (0..1000).collect::<Vec<_>>());
    assert_ne!(first, second);
    assert_eq!(first, shuffled(0..1000, 1, 1));
    assert_ne!(first, shuffled(0..1000, 2, 1));
}
