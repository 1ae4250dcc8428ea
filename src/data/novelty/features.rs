//! What an image looks like: which way its edges face, and where. Two images of a digit differ
//! less in this than in their pixels, since edges face the same way however thick the pen is.

use crate::data::SIDE;

/// Directions that an edge can face: right, down, left, up, then the diagonals between them.
const DIRECTIONS: usize = 8;
/// Cells along a side of the image.
const CELLS: usize = 7;
/// Features of an image: for each cell, row by row, the edges that face each direction.
pub const FEATURES: usize = CELLS * CELLS * DIRECTIONS;
/// Turns features, which are at most 1 and mostly below 0.2, into whole numbers.
const SCALE: f32 = 512.0;

/// An image's features, proportional to the roots of edge lengths, with squares that sum to
/// [`SCALE`]². Roots, so that a long edge does not outweigh the rest.
pub fn features(image: &[f32]) -> [u8; FEATURES] {
    let image = blurred(image);
    let mut edges = [0.0; FEATURES];
    for row in 0..SIDE {
        for column in 0..SIDE {
            let [x, y] = gradient(&image, column, row);
            if x != 0.0 || y != 0.0 {
                add(&mut edges, column, row, x, y);
            }
        }
    }
    let roots = edges.map(f32::sqrt);
    let length = edges.iter().sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
    roots.map(|root| (root / length * SCALE).round() as u8)
}

/// The squared distance between two images' features, in which the greatest possible is
/// 2 · [`SCALE`]².
pub fn squared_distance(a: &[u8], b: &[u8]) -> u32 {
    let squares = a.iter().zip(b).map(|(&a, &b)| {
        // In 16 bits, since SIMD multiplies and adds pairs of these in one instruction.
        let difference = i16::from(a) - i16::from(b);
        i32::from(difference) * i32::from(difference)
    });
    squares.sum::<i32>() as u32
}

/// The threshold on [`squared_distance`] for a distance in units of the features' length.
pub fn squared_threshold(distance: f32) -> u32 {
    (distance * SCALE).powi(2) as u32
}

/// The image smoothed with the binomial filter [1 2 1] / 4 along both axes, in a frame of two empty
/// pixels, so that neighbours can be read everywhere.
fn blurred(image: &[f32]) -> [f32; FRAME * FRAME] {
    let mut framed = [0.0; FRAME * FRAME];
    for row in 0..SIDE {
        let start = (row + 2) * FRAME + 2;
        framed[start..start + SIDE].copy_from_slice(&image[row * SIDE..][..SIDE]);
    }
    smooth(&smooth(&framed, 1), FRAME)
}

/// The side of an image with its frame.
const FRAME: usize = SIDE + 4;

/// Smooths along one axis: `step` is the distance between neighbours.
fn smooth(image: &[f32; FRAME * FRAME], step: usize) -> [f32; FRAME * FRAME] {
    let mut smooth = [0.0; FRAME * FRAME];
    for i in step..FRAME * FRAME - step {
        smooth[i] = (image[i - step] + 2.0 * image[i] + image[i + step]) / 4.0;
    }
    smooth
}

/// How brightness grows to the right and downwards at a pixel.
fn gradient(image: &[f32; FRAME * FRAME], column: usize, row: usize) -> [f32; 2] {
    let i = (row + 2) * FRAME + column + 2;
    [
        image[i + 1] - image[i - 1],
        image[i + FRAME] - image[i - FRAME],
    ]
}

/// Adds a pixel's gradient to the four cells around it, by nearness, split into the two of the
/// eight directions between which it lies.
fn add(edges: &mut [f32; FEATURES], column: usize, row: usize, x: f32, y: f32) {
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
    for (cell_row, part_y) in cells(row) {
        for (cell_column, part_x) in cells(column) {
            let cell = (cell_row * CELLS + cell_column) * DIRECTIONS;
            edges[cell + straight] += part_y * part_x * along_axis;
            edges[cell + diagonal] += part_y * part_x * along_diagonal;
        }
    }
}

/// Along one axis, the two cells whose middles are next to a pixel, and the pixel's share in each.
/// Shares in cells outside the image are lost.
fn cells(pixel: usize) -> impl Iterator<Item = (usize, f32)> {
    let place = (pixel as f32 + 0.5) * (CELLS as f32 / SIDE as f32) - 0.5;
    let before = place.floor();
    let share = place - before;
    [(before, 1.0 - share), (before + 1.0, share)]
        .into_iter()
        .filter(|&(cell, _)| (0.0..CELLS as f32).contains(&cell))
        .map(|(cell, share)| (cell as usize, share))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::PIXELS;

    /// An image that is bright where `inside` says.
    fn image(inside: impl Fn(f32, f32) -> bool) -> Vec<f32> {
        let value = |i: usize| inside((i % SIDE) as f32 - 13.5, (i / SIDE) as f32 - 13.5);
        (0..PIXELS).map(|i| f32::from(u8::from(value(i)))).collect()
    }

    /// The sum of the squares of the features of each direction: the part of the edges that face it.
    fn facing(image: &[f32]) -> [f32; DIRECTIONS] {
        let features = features(image);
        std::array::from_fn(|k| {
            let of_direction = features.iter().skip(k).step_by(DIRECTIONS);
            of_direction.map(|&f| (f32::from(f) / SCALE).powi(2)).sum()
        })
    }

    #[test]
    fn edges_face_where_it_gets_brighter() {
        let [right, _, left, ..] = facing(&image(|x, _| x.abs() < 4.0));
        assert!(
            right > 0.4 && left > 0.4,
            "a bar's edges face its middle: {right}, {left}"
        );
        let [.., down_right, _, up_left, _] = facing(&image(|x, y| (x + y).abs() < 5.0));
        assert!(down_right > 0.4 && up_left > 0.4, "{down_right}, {up_left}");
        for part in facing(&image(|x, y| x * x + y * y < 80.0)) {
            assert!(
                (part - 0.125).abs() < 0.03,
                "a disc's edges face everywhere alike: {part}"
            );
        }
    }

    #[test]
    fn brightness_does_not_matter_and_an_empty_image_has_no_features() {
        let bright = image(|x, y| (x * 0.3 + y).abs() < 3.0);
        let dim: Vec<f32> = bright.iter().map(|v| v / 4.0).collect();
        assert_eq!(features(&bright), features(&dim));
        assert_eq!(features(&[0.0; PIXELS]), [0; FEATURES]);
    }

    #[test]
    fn distances_are_euclidean() {
        assert_eq!(squared_distance(&[3, 255, 7], &[7, 0, 7]), 16 + 255 * 255);
        assert_eq!(squared_threshold(0.5), 256 * 256);
    }
}
