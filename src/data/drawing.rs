//! A drawing → the 28×28 image that a network reads, made as MNIST's images were: the ink's bounding
//! box fitted into 20×20 pixels, keeping its aspect, in anti-aliased grey; then moved by whole
//! pixels until its centre of mass lies on the centre pixel.

mod bitmap;
mod strokes;

use std::fmt;

pub use bitmap::image_of_bitmap;
pub use strokes::image_of_strokes;

use crate::data::{PIXELS, SIDE};

/// The side of the square that the ink fills, in pixels: so it is in all of MNIST's images but 13.
const BOX: usize = 20;
/// The pixel, along either axis, on which the centre of mass lies. In all training images but two
/// it lies between 13.5 and 14.5 (pixel `i` has its centre at `i`), evenly spread: MNIST moved its
/// digits by whole pixels.
const CENTRE: f32 = 14.0;
/// 28×28 grey values, row by row, from 0 (paper) to 1 (ink).
pub type Image = [f32; PIXELS];

/// Why there is nothing to classify.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blank {
    /// No ink.
    Empty,
    /// Nothing but dots.
    Dot,
    /// Ink nearly everywhere.
    Filled,
}

impl fmt::Display for Blank {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "Draw a digit.",
            Self::Dot => "A dot is not a digit yet: draw a line.",
            Self::Filled => "There is ink everywhere: clear the pad and draw one digit.",
        })
    }
}

impl std::error::Error for Blank {}

/// Lays ink of `BOX` × `BOX` pixels on an image, its centre of mass on the centre pixel. Ink that
/// would lie outside is cut off. Ink on more than the part `filled` of the box is no digit.
fn centre(ink: &[f32], filled: f32) -> Result<Image, Blank> {
    let mut mass = 0.0;
    let mut moment = [0.0; 2];
    for (i, &value) in ink.iter().enumerate() {
        mass += value;
        moment[0] += value * (i % BOX) as f32;
        moment[1] += value * (i / BOX) as f32;
    }
    if mass > filled * (BOX * BOX) as f32 {
        return Err(Blank::Filled);
    }
    let shift = moment.map(|m| (CENTRE - m / mass).round() as isize);
    let mut image = [0.0; PIXELS];
    for (i, &value) in ink.iter().enumerate() {
        let column = (i % BOX).checked_add_signed(shift[0]);
        let row = (i / BOX).checked_add_signed(shift[1]);
        if let (Some(column @ ..SIDE), Some(row @ ..SIDE)) = (column, row) {
            image[row * SIDE + column] = value;
        }
    }
    Ok(image)
}
