//! Batches of images.

use crate::nn::{SparseImages, SparseRows};

/// Some images and their classes.
#[derive(Clone, Debug)]
pub struct Batch {
    /// `[batch, 784]`, values 0 to 1.
    pub images: SparseRows,
    /// The class of each image.
    pub classes: Vec<usize>,
}

impl Batch {
    /// The images at `indices`.
    pub fn new(images: &SparseImages, indices: impl Iterator<Item = usize> + Clone) -> Self {
        let classes = indices.clone().map(|i| images.class(i)).collect();
        Self { images: images.rows(indices), classes }
    }
}
