//! The images of one digit.

use std::{collections::BTreeMap, rc::Rc};

use crate::{PIXELS, Result, ensure, idx};

/// The images of one digit, in the order of MNIST's file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DigitImages {
    /// `[n, 784]` in row-major order: 0 is paper, 255 is ink.
    pub pixels: Vec<u8>,
    /// `[n]`: each image's index in MNIST's file, ascending.
    pub file_indices: Vec<u32>,
}

impl DigitImages {
    /// Reads a digit's two IDX files: `images`, u8 `[n, 28, 28]`, and `positions`, i32 `[n]`, the
    /// images' indices in MNIST's file.
    ///
    /// # Errors
    /// If a file is not as described, or they differ in their number of images.
    pub fn read(images: &[u8], positions: &[u8]) -> Result<Self> {
        let pixels = idx::read_images(images).map_err(|e| e.of("images"))?;
        let file_indices = idx::read_positions(positions).map_err(|e| e.of("positions"))?;
        same_count(pixels, file_indices.len(), "positions")?;
        Ok(Self { pixels: pixels.to_vec(), file_indices })
    }
}

/// Splits MNIST by digit: `images` is an IDX file, u8 `[n, 28, 28]`, and `labels` another, u8 `[n]`.
///
/// # Errors
/// If a file is not as described, or they differ in their number of images.
pub fn by_digit(images: &[u8], labels: &[u8]) -> Result<BTreeMap<u8, Rc<DigitImages>>> {
    let pixels = idx::read_images(images).map_err(|e| e.of("images"))?;
    let labels = idx::read_labels(labels).map_err(|e| e.of("labels"))?;
    same_count(pixels, labels.len(), "labels")?;
    let mut digits: BTreeMap<u8, DigitImages> = BTreeMap::new();
    for (file_index, (image, &label)) in (0..).zip(pixels.chunks_exact(PIXELS).zip(labels)) {
        let digit = digits.entry(label).or_default();
        digit.pixels.extend_from_slice(image);
        digit.file_indices.push(file_index);
    }
    Ok(digits.into_iter().map(|(label, digit)| (label, Rc::new(digit))).collect())
}

fn same_count(pixels: &[u8], others: usize, what: &str) -> Result<()> {
    let images = pixels.len() / PIXELS;
    ensure!(images == others, "{images} images, but {others} {what}: expected as many");
    Ok(())
}
