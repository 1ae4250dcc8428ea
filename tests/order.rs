//! Which images train and which validate, and the order in which an epoch takes them.
#![cfg(not(target_arch = "wasm32"))]

use mnist_cubic::train::{Order, order::splitmix64, split};

/// MNIST has 17,302 training images of 0, 2 and 5, of which Keras's `validation_split=0.2` keeps the
/// first 13,841 for training.
#[test]
fn the_last_fifth_validates() {
    assert_eq!(split(17_302), (0..13_841, 13_841..17_302));
}

/// `[int(n * (1 - 0.2)) for n in range(2, 32)]`
#[test]
fn small_numbers_of_images_are_split_as_in_python() {
    let training = [
        1, 2, 3, 4, 4, 5, 6, 7, 8, 8, 9, 10, 11, 12, 12, 13, 14, 15, 16, 16, 17, 18, 19, 20, 20,
        21, 22, 23, 24, 24,
    ];
    for (images, training) in (2..32).zip(training) {
        assert_eq!(split(images), (0..training, training..images));
    }
}

/// The outputs for seed 1234567 that <https://rosettacode.org/wiki/Pseudo-random_numbers/Splitmix64>
/// gives. The state grows by the golden gamma with each.
#[test]
fn splitmix64_gives_the_published_numbers() {
    let published = [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
        4593380528125082431,
        16408922859458223821,
    ];
    let mut state = 1_234_567_u64;
    for number in published {
        assert_eq!(splitmix64(state), number);
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    }
}

/// With numpy 2.4.6:
///
/// ```python
/// import numpy as np
/// u = np.uint64
/// def mix(z):
///     z = z + u(0x9E3779B97F4A7C15)
///     z = (z ^ (z >> u(30))) * u(0xBF58476D1CE4E5B9)
///     z = (z ^ (z >> u(27))) * u(0x94D049BB133111EB)
///     return z ^ (z >> u(31))
/// def order(seed, epoch, images):
///     keys = mix(mix(mix(np.array([seed], "u8")) + u(epoch)) + np.arange(images, dtype="u8"))
///     return np.argsort(keys, kind="stable")
/// print(order(1, 1, 20), order(1, 2, 20), order(4294967295, 1000, 20), order(1, 1, 13841)[:10])
/// ```
#[test]
fn the_order_is_numpys() {
    let order = |seed, epoch, images| Order::Shuffled.indices(images, seed, epoch);
    assert_eq!(
        order(1, 1, 20),
        [12, 6, 13, 17, 15, 10, 1, 19, 2, 9, 5, 16, 0, 14, 4, 11, 18, 3, 8, 7]
    );
    assert_eq!(
        order(1, 2, 20),
        [1, 16, 18, 12, 14, 19, 3, 15, 7, 9, 2, 8, 10, 13, 6, 4, 5, 0, 17, 11]
    );
    assert_eq!(
        order(u32::MAX, 1000, 20),
        [12, 6, 0, 2, 9, 10, 1, 7, 18, 17, 5, 15, 11, 4, 13, 8, 16, 14, 19, 3]
    );
    let first = [750, 3692, 7281, 12471, 5175, 6340, 1387, 2360, 8414, 8374];
    assert_eq!(order(1, 1, 13_841)[..10], first);
}

#[test]
fn each_epoch_takes_every_training_image_once_in_an_order_of_its_own() {
    let all: Vec<usize> = (0..1000).collect();
    let order = |seed, epoch| Order::Shuffled.indices(1000, seed, epoch);
    let mut sorted = order(1, 1);
    sorted.sort_unstable();
    assert_eq!(sorted, all);
    assert_ne!(order(1, 1), order(1, 2));
    assert_ne!(order(1, 1), order(2, 1));
    assert_eq!(Order::AsInFile.indices(1000, 1, 1), all);
}
