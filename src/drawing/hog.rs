//! Histograms of oriented gradients (HOG): how much edge faces each direction, in each cell of an
//! image. Two images of a digit differ less in these than in their pixels, since edges face the
//! same way however thick the pen is.
//!
//! As in Dalal and Triggs 2005, <https://doi.org/10.1109/CVPR.2005.177>, with 7 × 7 cells of 4 × 4
//! pixels, 8 directions over the full circle, and the whole image as the only block; the image is
//! smoothed first. Their "L1-sqrt" normalisation, the square roots of shares that sum to 1, is the
//! Hellinger kernel map: the Euclidean distance between two images' features is √2 times the
//! Hellinger distance between their histograms.

use super::Image;
use mnist::SIDE;

/// Directions that an edge can face: right, down, left, up, then the diagonals between them.
const DIRECTIONS: usize = 8;
/// Cells along a side of the image.
const CELLS: usize = 7;
/// Features of an image: `[7, 7, 8]`, cell rows, cell columns, directions.
pub(super) const FEATURES: usize = CELLS * CELLS * DIRECTIONS;
/// What a feature of 1 is stored as. Features are mostly below 0.2; the few above 0.5 are stored as
/// 255.
const SCALE: f32 = 512.0;

/// An image's HOG features, `[7, 7, 8]` in row-major order: the square root of each direction's share
/// of the image's edges in a cell, times 512.
pub type HogFeatures = [u8; FEATURES];

/// The HOG features of an image. They do not depend on its contrast; those of an empty image are 0.
pub fn hog_features(image: &Image) -> HogFeatures {
    let image = smoothed(image);
    let mut histograms = [0.0; FEATURES];
    for row in 0..SIDE {
        for column in 0..SIDE {
            let [x, y] = gradient(&image, column, row);
            if x != 0.0 || y != 0.0 {
                vote(&mut histograms, column, row, x, y);
            }
        }
    }
    let roots = histograms.map(f32::sqrt);
    let length = histograms.iter().sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
    roots.map(|root| (root / length * SCALE).round() as u8)
}

/// The squared Euclidean distance between two images' features.
pub(super) fn squared_distance(a: &[u8], b: &[u8]) -> u32 {
    let squares = a.iter().zip(b).map(|(&a, &b)| {
        // In 16 bits, since one SIMD instruction multiplies and adds pairs of these.
        let difference = i16::from(a) - i16::from(b);
        i32::from(difference) * i32::from(difference)
    });
    squares.sum::<i32>() as u32
}

/// What [`squared_distance`] gives at `distance`, where 1 is the length of an image's features.
pub(super) fn squared(distance: f32) -> u32 {
    (distance * SCALE).powi(2) as u32
}

/// The image smoothed with the binomial filter [1 2 1] / 4 along both axes, in a frame of two empty
/// pixels, so that every pixel of the image has neighbours.
fn smoothed(image: &Image) -> [f32; FRAME * FRAME] {
    let mut framed = [0.0; FRAME * FRAME];
    for row in 0..SIDE {
        let start = (row + 2) * FRAME + 2;
        framed[start..start + SIDE].copy_from_slice(&image[row * SIDE..][..SIDE]);
    }
    smoothed_along(&smoothed_along(&framed, 1), FRAME)
}

/// The side of an image with its frame.
const FRAME: usize = SIDE + 4;

/// Smooths along the axis on which neighbours are `step` values apart.
fn smoothed_along(image: &[f32; FRAME * FRAME], step: usize) -> [f32; FRAME * FRAME] {
    let mut smooth = [0.0; FRAME * FRAME];
    for i in step..FRAME * FRAME - step {
        smooth[i] = (image[i - step] + 2.0 * image[i] + image[i + step]) / 4.0;
    }
    smooth
}

/// The gradient at a pixel, `[x, y]`, by central differences.
fn gradient(image: &[f32; FRAME * FRAME], column: usize, row: usize) -> [f32; 2] {
    let i = (row + 2) * FRAME + column + 2;
    [image[i + 1] - image[i - 1], image[i + FRAME] - image[i - FRAME]]
}

/// Adds a pixel's gradient to the histograms of the four cells around it, by bilinear weights. The
/// gradient is split into components along the two directions on either side of it, as in Liu et
/// al. 2003, <https://doi.org/10.1016/S0031-3203(03)00085-2>.
fn vote(histograms: &mut [f32; FEATURES], column: usize, row: usize, x: f32, y: f32) {
    let straight = match (x.abs() > y.abs(), x > 0.0, y > 0.0) {
        (true, true, _) => 0,
        (true, false, _) => 2,
        (false, _, true) => 1,
        (false, _, false) => 3,
    };
    let diagonal = match (x > 0.0, y > 0.0) {
        (true, true) => 4,
        (false, true) => 5,
        (false, false) => 6,
        (true, false) => 7,
    };
    let along_axis = (x.abs() - y.abs()).abs();
    let along_diagonal = x.abs().min(y.abs()) * std::f32::consts::SQRT_2;
    for (cell_row, weight_y) in cells(row) {
        for (cell_column, weight_x) in cells(column) {
            let cell = (cell_row * CELLS + cell_column) * DIRECTIONS;
            histograms[cell + straight] += weight_y * weight_x * along_axis;
            histograms[cell + diagonal] += weight_y * weight_x * along_diagonal;
        }
    }
}

/// Along one axis, the two cells whose centres are nearest to a pixel, and the pixel's weight in
/// each. What falls to cells outside the image is lost.
fn cells(pixel: usize) -> impl Iterator<Item = (usize, f32)> {
    let place = (pixel as f32 + 0.5) * (CELLS as f32 / SIDE as f32) - 0.5;
    let before = place.floor();
    let weight = place - before;
    [(before, 1.0 - weight), (before + 1.0, weight)]
        .into_iter()
        .filter(|&(cell, _)| (0.0..CELLS as f32).contains(&cell))
        .map(|(cell, weight)| (cell as usize, weight))
}

#[cfg(test)]
mod tests {
    use super::*;
    use mnist::PIXELS;

    /// An image that is bright where `inside` says.
    fn image(inside: impl Fn(f32, f32) -> bool) -> Image {
        let value = |i: usize| inside((i % SIDE) as f32 - 13.5, (i / SIDE) as f32 - 13.5);
        std::array::from_fn(|i| f32::from(u8::from(value(i))))
    }

    /// The share of the image's edges that face each direction.
    fn facing(image: &Image) -> [f32; DIRECTIONS] {
        let features = hog_features(image);
        std::array::from_fn(|k| {
            let of_direction = features.iter().skip(k).step_by(DIRECTIONS);
            of_direction.map(|&f| (f32::from(f) / SCALE).powi(2)).sum()
        })
    }

    #[test]
    fn edges_face_where_it_gets_brighter() {
        let [right, _, left, ..] = facing(&image(|x, _| x.abs() < 4.0));
        assert!(right > 0.4 && left > 0.4, "a bar's edges face its middle: {right}, {left}");
        let [.., down_right, _, up_left, _] = facing(&image(|x, y| (x + y).abs() < 5.0));
        assert!(down_right > 0.4 && up_left > 0.4, "{down_right}, {up_left}");
        for part in facing(&image(|x, y| x * x + y * y < 80.0)) {
            assert!((part - 0.125).abs() < 0.03, "a disc's edges face everywhere alike: {part}");
        }
    }

    #[test]
    fn contrast_does_not_matter_and_an_empty_image_has_no_features() {
        let bright = image(|x, y| (x * 0.3 + y).abs() < 3.0);
        let dim = bright.map(|v| v / 4.0);
        assert_eq!(hog_features(&bright), hog_features(&dim));
        assert_eq!(hog_features(&[0.0; PIXELS]), [0; FEATURES]);
    }

    #[test]
    fn distances_are_euclidean() {
        assert_eq!(squared_distance(&[3, 255, 7], &[7, 0, 7]), 16 + 255 * 255);
        assert_eq!(squared(0.5), 256 * 256);
    }
}
