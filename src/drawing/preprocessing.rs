//! Strokes → the 28×28 image that a network reads, made the way MNIST's images were: the ink is
//! scaled, keeping its aspect ratio, to fit a 20×20 box, drawn in anti-aliased grey, and moved by
//! whole pixels until its centre of mass lies on the centre pixel.
//!
//! The recipe is the one given with the data set, LeCun, Cortes and Burges,
//! <http://yann.lecun.com/exdb/mnist/>; `tests/recipe.rs` checks it against all 60,000 training
//! images.

use mnist::{PIXELS, SIDE, raster::ink};
use serde::Serialize;

use super::Image;

/// A point, `[x, y]`, in units of the pad's side from its top left corner, y downwards.
type Point = [f32; 2];

/// The side of the box that the ink fills, in pixels, as in all but 13 of MNIST's training images.
const BOX: usize = 20;
/// The pixel, along either axis, on which the centre of mass lies. In all but two training images
/// it lies between 13.5 and 14.5 (pixel `i` has its centre at `i`), evenly spread: MNIST's digits
/// were moved by whole pixels.
const CENTRE: f32 = 14.0;
/// The pen's thickness in pixels of the image, whatever the drawing's size. Measured as twice the
/// ink over the length of its outline, the strokes of MNIST's training images are 2.58 pixels thick
/// on average; those of digits 0, 2 and 5 are 2.65, and so are this pen's. What people see is
/// drawn with another pen: `PEN` in www/views/stage/paint-strokes.ts.
const THICKNESS: f32 = 2.65;
/// A drawing whose ink covers more of the box than this is a filled pad. MNIST's test digits 0, 2
/// and 5, thinned and drawn again with this pen, cover at most 0.49; a zigzag over the whole pad
/// exceeds 0.65 from its seventh stroke on.
const FILLED: f32 = 0.65;
/// At most this many points are read. At 240 points a second, that is over a minute of drawing.
const MAX_POINTS: usize = 20_000;
/// How far outside the pad, in pads, ink still counts: a pen may slip over the edge and come back.
const MARGIN: f32 = 0.5;
/// A drawing that extends less than this, in pads, is a dot: fingers tremble.
const DOT: f32 = 0.03;
/// A stroke whose extent is less than this fraction of the longest stroke's is a slip of the pen. It
/// is left out, since a stray dot far from the digit would shrink the digit.
const SLIP: f32 = 0.05;

/// Why there is nothing to classify.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum Blank {
    /// No ink.
    Empty,
    /// Nothing but dots.
    Dot,
    /// Ink nearly everywhere.
    Filled,
}

/// Turns a drawing into the image that a network reads.
///
/// `strokes` holds each stroke's points, `[x, y]`, in units of the pad's side from its top left
/// corner. Points that are not finite are skipped, points far outside the pad are moved to its
/// margin, and nothing is read after the first 20,000 points, so that the work is bounded.
///
/// # Errors
/// If there is no ink, nothing but dots, or ink nearly everywhere.
pub fn image_of_strokes(strokes: &[Vec<Point>]) -> Result<Image, Blank> {
    let strokes = without_slips(drawable(strokes))?;
    let ink = ink(&fitted(&strokes), THICKNESS, BOX);
    if ink.iter().sum::<f32>() > FILLED * (BOX * BOX) as f32 {
        return Err(Blank::Filled);
    }
    Ok(centred(&ink))
}

/// The points that count.
fn drawable(strokes: &[Vec<Point>]) -> Vec<Vec<Point>> {
    let mut left = MAX_POINTS;
    let mut kept = Vec::new();
    for stroke in strokes {
        let points: Vec<Point> = stroke
            .iter()
            .take(left)
            .filter(|point| point.iter().all(|c| c.is_finite()))
            .map(|point| point.map(|c| c.clamp(-MARGIN, 1.0 + MARGIN)))
            .collect();
        left -= stroke.len().min(left);
        if !points.is_empty() {
            kept.push(points);
        }
    }
    kept
}

/// Leaves out strokes that are tiny beside the largest.
fn without_slips(mut strokes: Vec<Vec<Point>>) -> Result<Vec<Vec<Point>>, Blank> {
    let extent = |stroke: &Vec<Point>| {
        let (low, high) = bounds(std::slice::from_ref(stroke));
        (high[0] - low[0]).max(high[1] - low[1])
    };
    let largest = strokes.iter().map(extent).reduce(f32::max).ok_or(Blank::Empty)?;
    if largest < DOT {
        return Err(Blank::Dot);
    }
    strokes.retain(|stroke| extent(stroke) >= SLIP * largest);
    Ok(strokes)
}

/// Scales strokes, keeping their aspect ratio, until their ink just fits the box.
fn fitted(strokes: &[Vec<Point>]) -> Vec<Vec<Point>> {
    let (low, high) = bounds(strokes);
    let scale = (BOX as f32 - THICKNESS) / (high[0] - low[0]).max(high[1] - low[1]);
    let place =
        |point: &Point| [0, 1].map(|axis| (point[axis] - low[axis]) * scale + THICKNESS / 2.0);
    strokes.iter().map(|stroke| stroke.iter().map(place).collect()).collect()
}

/// The top left and bottom right corners of the points' bounding box.
fn bounds(strokes: &[Vec<Point>]) -> (Point, Point) {
    let mut low = [f32::INFINITY; 2];
    let mut high = [f32::NEG_INFINITY; 2];
    for point in strokes.iter().flatten() {
        for axis in [0, 1] {
            low[axis] = low[axis].min(point[axis]);
            high[axis] = high[axis].max(point[axis]);
        }
    }
    (low, high)
}

/// Puts the ink, `[20 × 20]` grey values, on an image so that its centre of mass lies on the centre
/// pixel. Ink that would fall outside the image is cut off.
fn centred(ink: &[f32]) -> Image {
    let mut mass = 0.0;
    let mut moment = [0.0; 2];
    for (i, &value) in ink.iter().enumerate() {
        mass += value;
        moment[0] += value * (i % BOX) as f32;
        moment[1] += value * (i / BOX) as f32;
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
    image
}
