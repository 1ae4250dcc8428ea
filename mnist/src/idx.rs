//! IDX, the format of MNIST's files: a magic number that holds the element type and the number of
//! dimensions, the dimensions as u32, then the elements in row-major order; all big-endian.
//! Source: <https://yann.lecun.com/exdb/mnist/>, "File formats for the MNIST database".

use crate::{PIXELS, Result, SIDE, ensure, error};

const U8: u8 = 0x08;
const I32: u8 = 0x0C;

/// Reads images: u8, `[n, 28, 28]`. Returns their pixels, `[n, 784]`.
///
/// # Errors
/// If the header is not that of such a file, or the file is longer or shorter than the header says.
pub fn read_images(file: &[u8]) -> Result<&[u8]> {
    let (dimensions, pixels) = read::<3>(file, U8, 1)?;
    let [_, rows, columns] = dimensions;
    ensure!([rows, columns] == [SIDE; 2], "images of {rows} × {columns} pixels, expected 28 × 28");
    Ok(pixels)
}

/// Reads labels: u8, `[n]`, each a digit.
///
/// # Errors
/// As for [`read_images`], and if a label is not a digit.
pub fn read_labels(file: &[u8]) -> Result<&[u8]> {
    let (_, labels) = read::<1>(file, U8, 1)?;
    for (i, &label) in labels.iter().enumerate() {
        ensure!(label <= 9, "label {i} is {label}, expected a digit from 0 to 9");
    }
    Ok(labels)
}

/// Reads the positions that images have in another file: i32, `[n]`, ascending.
///
/// # Errors
/// As for [`read_images`], and if a position is negative or not above the one before it.
pub fn read_positions(file: &[u8]) -> Result<Vec<u32>> {
    let (_, elements) = read::<1>(file, I32, 4)?;
    let mut positions = Vec::with_capacity(elements.len() / 4);
    for (i, bytes) in elements.as_chunks().0.iter().enumerate() {
        let position = i32::from_be_bytes(*bytes);
        let position = u32::try_from(position)
            .map_err(|_| error!("position {i} is {position}, expected 0 or more"))?;
        ensure!(
            positions.last().is_none_or(|&last| last < position),
            "position {i} is {position}, expected more than the one before it"
        );
        positions.push(position);
    }
    Ok(positions)
}

/// Writes images, the inverse of [`read_images`]: `pixels` is `[n, 784]`.
///
/// # Panics
/// If the last image is not complete.
pub fn write_images(pixels: &[u8]) -> Vec<u8> {
    assert!(pixels.len().is_multiple_of(PIXELS), "an incomplete image");
    let mut file = header(U8, [pixels.len() / PIXELS, SIDE, SIDE]);
    file.extend_from_slice(pixels);
    file
}

/// Writes positions, the inverse of [`read_positions`]: `[n]`, ascending, each less than 2³¹.
pub fn write_positions(positions: &[u32]) -> Vec<u8> {
    let mut file = header(I32, [positions.len()]);
    file.extend(positions.iter().flat_map(|position| position.to_be_bytes()));
    file
}

/// Splits a file with `N` dimensions and elements of `size` bytes into dimensions and elements.
fn read<const N: usize>(file: &[u8], element: u8, size: usize) -> Result<([usize; N], &[u8])> {
    let header = 4 + 4 * N;
    ensure!(
        file.len() >= header,
        "the file ends after {} bytes, expected an IDX header of {header} bytes",
        file.len()
    );
    let (begin, magic) = (&file[..4], magic::<N>(element));
    ensure!(
        begin == magic,
        "the file begins with {begin:02x?}, expected the IDX magic number {magic:02x?}"
    );
    let mut dimensions = [0; N];
    for (dimension, &bytes) in dimensions.iter_mut().zip(file[4..].as_chunks().0) {
        *dimension = u32::from_be_bytes(bytes) as usize;
    }
    let elements = &file[header..];
    // In u128, where the product of three u32 and a small size cannot overflow.
    let expected = dimensions.iter().fold(size as u128, |n, &d| n * d as u128);
    ensure!(
        elements.len() as u128 == expected,
        "the file holds {} bytes after its header, expected {expected} for dimensions {dimensions:?}",
        elements.len()
    );
    Ok((dimensions, elements))
}

/// The bytes in front of the elements.
fn header<const N: usize>(element: u8, dimensions: [usize; N]) -> Vec<u8> {
    let mut header = magic::<N>(element).to_vec();
    header.extend(dimensions.iter().flat_map(|&d| (d as u32).to_be_bytes()));
    header
}

/// The magic number of a file with `N` dimensions.
fn magic<const N: usize>(element: u8) -> [u8; 4] {
    [0, 0, element, N as u8]
}
