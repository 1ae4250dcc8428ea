//! The digits that we draw ourselves where MNIST cannot be had: the root package's generator,
//! compiled here too, so that xtask need not wait for the networks.

#![allow(dead_code)] // The root package uses all of these files.

#[path = "../../src/data/raster.rs"]
mod raster;
#[path = "../../src/data/synthetic.rs"]
mod synthetic;

use crate::idx::PIXELS;

/// The sources that decide what the digits look like.
pub const SOURCES: [&str; 2] = [
    include_str!("../../src/data/raster.rs"),
    include_str!("../../src/data/synthetic.rs"),
];

/// Images and labels, `count` of each digit, the digits taking turns.
pub fn synthetic(seed: u64, count: usize) -> (Vec<[u8; PIXELS]>, Vec<u8>) {
    let digits: Vec<_> = (0..10)
        .map(|digit| synthetic::digits(seed, digit, count))
        .collect();
    (0..count)
        .flat_map(|i| digits.iter().map(move |images| images[i]))
        .zip((0..10).cycle())
        .unzip()
}
