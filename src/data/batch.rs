//! Batches: images as f32 and their classes, made when they are needed.

use crate::data::{Dataset, PIXELS};

/// Some images and their classes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Batch {
    /// `[batch, 784]` in row-major order, values 0 to 1.
    pub pixels: Vec<f32>,
    /// The class of each image.
    pub classes: Vec<usize>,
}

impl Batch {
    /// The images of `images` at `indices`.
    pub fn new(images: &Dataset, indices: impl ExactSizeIterator<Item = usize>) -> Self {
        let mut batch = Self {
            pixels: Vec::with_capacity(indices.len() * PIXELS),
            classes: Vec::with_capacity(indices.len()),
        };
        for i in indices {
            batch
                .pixels
                .extend(images.pixels(i).iter().map(|&pixel| scaled(pixel)));
            batch.classes.push(images.class(i));
        }
        batch
    }
}

/// A pixel as the networks read it: 0 to 1.
pub fn scaled(pixel: u8) -> f32 {
    f32::from(pixel) / 255.0
}
