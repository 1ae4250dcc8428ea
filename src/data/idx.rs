//! The IDX format of MNIST's files: a magic number that holds the element type and the number of
//! dimensions, the dimensions as big-endian u32, then the elements in row-major order.
//! Source: <https://yann.lecun.com/exdb/mnist/>, "File formats for the MNIST database".

use crate::{Error, Result};

/// Side of an image, in pixels.
pub const SIDE: usize = 28;
/// Pixels of an image.
pub const PIXELS: usize = SIDE * SIDE;

const U8: u8 = 0x08;
const I32: u8 = 0x0C;

/// Reads images: u8, `[n, 28, 28]`. Returns the pixels of all, image after image, row by row.
///
/// # Errors
/// If the header is not that of such a file, or the file is longer or shorter than it says.
pub fn images(file: &[u8]) -> Result<&[u8]> {
    let (dimensions, elements) = read::<3>(file, U8, 1)?;
    if dimensions[1..] != [SIDE, SIDE] {
        return Err(Error::new(format!(
            "images of {} × {} pixels, expected 28 × 28",
            dimensions[1], dimensions[2]
        )));
    }
    Ok(elements)
}

/// Reads labels: u8, `[n]`, each a digit.
///
/// # Errors
/// As for [`images`], and if a label is not a digit.
pub fn labels(file: &[u8]) -> Result<&[u8]> {
    let (_, labels) = read::<1>(file, U8, 1)?;
    match labels.iter().position(|&label| label > 9) {
        Some(at) => Err(Error::new(format!(
            "label {at} is {}, expected a digit from 0 to 9",
            labels[at]
        ))),
        None => Ok(labels),
    }
}

/// Reads positions of images in another file: i32, `[n]`, ascending.
///
/// # Errors
/// As for [`images`], and if a position is negative or not above the one before it.
pub fn positions(file: &[u8]) -> Result<Vec<u32>> {
    let (_, elements) = read::<1>(file, I32, 4)?;
    let mut positions = Vec::with_capacity(elements.len() / 4);
    for (at, bytes) in elements.chunks_exact(4).enumerate() {
        let position = i32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
        let position = u32::try_from(position)
            .map_err(|_| Error::new(format!("position {at} is {position}, expected 0 or more")))?;
        if positions.last().is_some_and(|&last| last >= position) {
            return Err(Error::new(format!(
                "position {at} is {position}, expected more than the one before it"
            )));
        }
        positions.push(position);
    }
    Ok(positions)
}

/// Splits a file with `N` dimensions and elements of `size` bytes into dimensions and elements.
fn read<const N: usize>(file: &[u8], element: u8, size: usize) -> Result<([usize; N], &[u8])> {
    let header = 4 + 4 * N;
    if file.len() < header {
        return Err(Error::new(format!(
            "the file ends after {} bytes, expected an IDX header of {header} bytes",
            file.len()
        )));
    }
    let magic = [0, 0, element, N as u8];
    if file[..4] != magic {
        return Err(Error::new(format!(
            "the file begins with {:02x?}, expected the IDX magic number {magic:02x?}",
            &file[..4]
        )));
    }
    let mut dimensions = [0; N];
    for (dimension, bytes) in dimensions.iter_mut().zip(file[4..].chunks_exact(4)) {
        *dimension = u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]) as usize;
    }
    let elements = &file[header..];
    // Three u32 and a small size fit u128.
    let expected = dimensions.iter().fold(size as u128, |n, &d| n * d as u128);
    if elements.len() as u128 != expected {
        return Err(Error::new(format!(
            "the file holds {} bytes after its header, expected {expected} for dimensions {dimensions:?}",
            elements.len()
        )));
    }
    Ok((dimensions, elements))
}
