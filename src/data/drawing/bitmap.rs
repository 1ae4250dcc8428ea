//! Bitmap → image.

use super::{BOX, Blank, Image, centre};

/// The darkest grey that belongs to the ink's bounding box. Smooth enlarging puts a dim seam around
/// the ink; of 24, 40, 64 and 90 this one brought enlarged MNIST digits back well at all sizes.
const EDGE: u8 = 64;
/// Ink on more of the box than this is no digit. MNIST's boldest training image covers 0.78.
const FILLED: f32 = 0.85;
/// Ink that extends no farther than this part of the bitmap's longer side is a dot.
const DOT: f32 = 0.03;

/// Turns a bitmap of any size, ink bright, into the image that a network reads. `pixels` holds
/// `width` × `height` values row by row.
///
/// # Errors
/// If there is no ink, a mere dot, or ink everywhere.
///
/// # Panics
/// If `pixels` does not hold `width` × `height` values.
pub fn image_of_bitmap(width: usize, height: usize, pixels: &[u8]) -> Result<Image, Blank> {
    assert_eq!(
        pixels.len(),
        width * height,
        "a bitmap of {width} × {height}"
    );
    let is_ink = |i: usize| pixels[i] >= EDGE;
    let columns = span(width, |x| (0..height).any(|y| is_ink(y * width + x)))?;
    let rows = span(height, |y| (0..width).any(|x| is_ink(y * width + x)))?;
    let extent = (columns.1 - columns.0).max(rows.1 - rows.0) as f32;
    if extent < DOT * width.max(height) as f32 {
        return Err(Blank::Dot);
    }
    let scale = extent / BOX as f32;
    let columns = shares(columns.0, width, scale);
    let rows = shares(rows.0, height, scale);
    let mut ink = [0.0; BOX * BOX];
    for (i, value) in ink.iter_mut().enumerate() {
        for &(y, part_y) in &rows[i / BOX] {
            for &(x, part_x) in &columns[i % BOX] {
                *value += part_y * part_x * f32::from(pixels[y * width + x]) / 255.0;
            }
        }
        // The shares of a pixel's area add up to 1 but for rounding.
        *value = value.min(1.0);
    }
    centre(&ink, FILLED)
}

/// The first index that has ink, and the one after the last.
fn span(length: usize, has_ink: impl Fn(usize) -> bool) -> Result<(usize, usize), Blank> {
    let first = (0..length).find(|&i| has_ink(i)).ok_or(Blank::Empty)?;
    let last = (0..length).rfind(|&i| has_ink(i)).ok_or(Blank::Empty)?;
    Ok((first, last + 1))
}

/// Along one axis, the source pixels under each pixel of the box, each with its share of the area.
/// The box begins at source pixel `first`; one of its pixels is `scale` source pixels long.
fn shares(first: usize, length: usize, scale: f32) -> Vec<Vec<(usize, f32)>> {
    (0..BOX)
        .map(|i| {
            let low = first as f32 + i as f32 * scale;
            let high = low + scale;
            (low as usize..(high.ceil() as usize).min(length))
                .map(|k| (k, (high.min(k as f32 + 1.0) - low.max(k as f32)) / scale))
                .collect()
        })
        .collect()
}
