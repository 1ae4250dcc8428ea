//! Training and validation images, and the order in which an epoch takes them.

use std::ops::Range;

use rand::seq::SliceRandom;

use crate::random;

/// Where Keras's `validation_split=0.2` cuts `images` images: the first part trains, the rest
/// validates. Keras computes `int(n * (1 - 0.2))` in f64, and so does this.
pub fn split(images: usize) -> (Range<usize>, Range<usize>) {
    let training = (images as f64 * (1.0 - 0.2)) as usize;
    (0..training, training..images)
}

/// The order in which `epoch` (from 1) of the run with `seed` takes the training images. All
/// models of a run take them in the same order.
pub fn shuffled(training: Range<usize>, seed: u32, epoch: u32) -> Vec<usize> {
    let mut order: Vec<usize> = training.collect();
    order.shuffle(&mut random::epoch_order(seed, epoch));
    order
}
