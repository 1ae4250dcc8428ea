//! The images of one digit.

use std::{collections::BTreeMap, rc::Rc};

use crate::{Error, PIXELS, Result, idx};

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
        let positions = idx::read_positions(positions).map_err(|e| e.of("positions"))?;
        let count = pixels.len() / PIXELS;
        if positions.len() != count {
            return Err(Error::new(format!(
                "{count} images, but {} positions: expected as many",
                positions.len()
            )));
        }
        Ok(Self { pixels: pixels.to_vec(), file_indices: positions })
    }

    /// The pixels, `[784]`, of the image at `file_index` of MNIST's file, if it shows this digit.
    pub fn find(&self, file_index: u32) -> Option<&[u8]> {
        let i = self.file_indices.binary_search(&file_index).ok()?;
        self.pixels.chunks_exact(PIXELS).nth(i)
    }
}

/// Splits MNIST by digit: `images` is an IDX file, u8 `[n, 28, 28]`, and `labels` another, u8 `[n]`.
///
/// # Errors
/// If a file is not as described, or they differ in their number of images.
pub fn by_digit(images: &[u8], labels: &[u8]) -> Result<BTreeMap<u8, Rc<DigitImages>>> {
    let pixels = idx::read_images(images).map_err(|e| e.of("images"))?;
    let labels = idx::read_labels(labels).map_err(|e| e.of("labels"))?;
    if pixels.len() != labels.len() * PIXELS {
        return Err(Error::new(format!(
            "{} images, but {} labels: expected as many",
            pixels.len() / PIXELS,
            labels.len()
        )));
    }
    let mut digits: BTreeMap<u8, DigitImages> = BTreeMap::new();
    for (file_index, (image, &label)) in (0..).zip(pixels.chunks_exact(PIXELS).zip(labels)) {
        let digit = digits.entry(label).or_default();
        digit.pixels.extend_from_slice(image);
        digit.file_indices.push(file_index);
    }
    Ok(digits.into_iter().map(|(label, digit)| (label, Rc::new(digit))).collect())
}
