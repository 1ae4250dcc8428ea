//! The images of one digit, and of several digits together in the order of MNIST's file.

use std::{collections::BTreeMap, rc::Rc};

use crate::{
    Error, Result,
    data::idx::{self, PIXELS},
};

/// The images of one digit, in the order of MNIST's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digit {
    /// The pixels of all images, image after image, row by row.
    pub pixels: Vec<u8>,
    /// Each image's position in MNIST's file, ascending.
    pub positions: Vec<u32>,
}

impl Digit {
    /// Reads a digit's two IDX files.
    ///
    /// # Errors
    /// If either is no such file, or they differ in their number of images.
    pub fn read(images: &[u8], positions: &[u8]) -> Result<Self> {
        let pixels = idx::images(images).map_err(|e| e.of("images"))?;
        let positions = idx::positions(positions).map_err(|e| e.of("positions"))?;
        let count = pixels.len() / PIXELS;
        if positions.len() != count {
            return Err(Error::new(format!(
                "{count} images, but {} positions: expected as many",
                positions.len()
            )));
        }
        Ok(Self {
            pixels: pixels.to_vec(),
            positions,
        })
    }

    /// The pixels of the image at `position` of MNIST's file, row by row.
    pub fn find(&self, position: u32) -> Option<&[u8]> {
        let index = self.positions.binary_search(&position).ok()?;
        self.pixels.chunks_exact(PIXELS).nth(index)
    }
}

/// Splits MNIST's images and labels by digit.
///
/// # Errors
/// If either is no such file, or they differ in their number of images.
pub fn by_digit(images: &[u8], labels: &[u8]) -> Result<BTreeMap<u8, Rc<Digit>>> {
    let pixels = idx::images(images).map_err(|e| e.of("images"))?;
    let labels = idx::labels(labels).map_err(|e| e.of("labels"))?;
    if pixels.len() != labels.len() * PIXELS {
        return Err(Error::new(format!(
            "{} images, but {} labels: expected as many",
            pixels.len() / PIXELS,
            labels.len()
        )));
    }
    let mut digits = BTreeMap::new();
    for (position, (image, &label)) in pixels.chunks_exact(PIXELS).zip(labels).enumerate() {
        let digit = digits.entry(label).or_insert_with(|| Digit {
            pixels: Vec::new(),
            positions: Vec::new(),
        });
        digit.pixels.extend_from_slice(image);
        digit.positions.push(position as u32);
    }
    Ok(digits
        .into_iter()
        .map(|(label, digit)| (label, Rc::new(digit)))
        .collect())
}

/// One image among [`Images`]: which digit's, which of them, and where MNIST's file has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    position: u32,
    class: u8,
    index: u32,
}

/// The images of the chosen digits, in the order of MNIST's file.
#[derive(Clone, Debug)]
pub struct Images {
    digits: Vec<u8>,
    sources: Vec<Rc<Digit>>,
    places: Vec<Place>,
}

impl Images {
    /// The images of `digits`; class `i` is `digits[i]`. Pixels are shared, not copied.
    ///
    /// # Errors
    /// If the images of a digit are not there, there are none at all, or two digits claim the same
    /// position.
    pub fn choose(digits: &[u8], available: &BTreeMap<u8, Rc<Digit>>) -> Result<Self> {
        let mut sources = Vec::new();
        let mut places = Vec::new();
        for (class, digit) in digits.iter().enumerate() {
            let source = available
                .get(digit)
                .ok_or_else(|| Error::new(format!("the images of digit {digit} are not there")))?;
            places.extend(
                source
                    .positions
                    .iter()
                    .enumerate()
                    .map(|(index, &position)| Place {
                        position,
                        class: class as u8,
                        index: index as u32,
                    }),
            );
            sources.push(Rc::clone(source));
        }
        if places.is_empty() {
            return Err(Error::new(format!(
                "there are no images of the digits {digits:?}"
            )));
        }
        places.sort_unstable_by_key(|place| place.position);
        if let Some(pair) = places
            .windows(2)
            .find(|pair| pair[0].position == pair[1].position)
        {
            return Err(Error::new(format!(
                "digits {} and {} both have an image at position {}",
                digits[pair[0].class as usize], digits[pair[1].class as usize], pair[0].position
            )));
        }
        Ok(Self {
            digits: digits.to_vec(),
            sources,
            places,
        })
    }

    /// The digit of each class.
    pub fn digits(&self) -> &[u8] {
        &self.digits
    }

    /// The number of images.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there are no images.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The pixels of image `i`, row by row.
    pub fn pixels(&self, i: usize) -> &[u8] {
        let place = self.places[i];
        let start = place.index as usize * PIXELS;
        &self.sources[place.class as usize].pixels[start..start + PIXELS]
    }

    /// The class of image `i`.
    pub fn class(&self, i: usize) -> usize {
        self.places[i].class as usize
    }

    /// The position of image `i` in MNIST's file.
    pub fn position(&self, i: usize) -> u32 {
        self.places[i].position
    }
}
