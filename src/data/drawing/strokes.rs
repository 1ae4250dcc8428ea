//! Strokes → image.

use mnist::raster::ink;

use super::{BOX, Blank, Image, centre};

/// A point, `[x, y]`, y downwards.
type Point = [f32; 2];

/// The pen's thickness in pixels of the image, whatever the drawing's size. Taken as twice the ink
/// over the length of its outline, the strokes of MNIST's training images are 2.58 pixels thick on
/// average (2.65 in digits 0, 2 and 5), and drawings come to 2.6 with this pen.
const THICKNESS: f32 = 2.65;
/// Ink on more of the box than this is a filled pad. Test digits 0, 2 and 5, thinned and drawn again
/// with this pen, cover at most 0.48; a zigzag over the whole pad passes this at seven strokes.
const FILLED: f32 = 0.65;
/// Points that count; more are left out. At 240 points a second this is over a minute of drawing.
const MOST_POINTS: usize = 20_000;
/// How far outside the pad, in pads, ink still counts: a pen that slips over the edge is followed.
const MARGIN: f32 = 0.5;
/// A drawing that extends no farther than this, in pads, is a dot: a finger trembles.
const DOT: f32 = 0.03;
/// Beside a stroke, another that extends less than this part of it is a slip of the pen. It is left
/// out: a stray dot far from the digit would make the digit small.
const SLIP: f32 = 0.05;

/// Turns a drawing into the image that a network reads.
///
/// `strokes` holds each stroke's points in units of the pad's side, from its top left corner. Points
/// that are no numbers are left out, points far outside are taken to the margin, and points after
/// the first 20,000 are not seen, so that the work is bounded.
///
/// # Errors
/// If there is no ink, nothing but dots, or ink everywhere.
pub fn image_of_strokes(strokes: &[Vec<Point>]) -> Result<Image, Blank> {
    let strokes = without_slips(&drawable(strokes))?;
    centre(&ink(&fit(&strokes), THICKNESS, BOX), FILLED)
}

/// The strokes' points that count.
fn drawable(strokes: &[Vec<Point>]) -> Vec<Vec<Point>> {
    let mut left = MOST_POINTS;
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

/// Leaves out what is too small beside the largest stroke.
fn without_slips(strokes: &[Vec<Point>]) -> Result<Vec<Vec<Point>>, Blank> {
    let extent = |stroke: &Vec<Point>| {
        let (low, high) = bounds(std::slice::from_ref(stroke));
        (high[0] - low[0]).max(high[1] - low[1])
    };
    let largest = strokes
        .iter()
        .map(extent)
        .reduce(f32::max)
        .ok_or(Blank::Empty)?;
    if largest < DOT {
        return Err(Blank::Dot);
    }
    Ok(strokes
        .iter()
        .filter(|stroke| extent(stroke) >= SLIP * largest)
        .cloned()
        .collect())
}

/// Scales strokes, keeping their aspect, until their ink fills the box.
fn fit(strokes: &[Vec<Point>]) -> Vec<Vec<Point>> {
    let (low, high) = bounds(strokes);
    let scale = (BOX as f32 - THICKNESS) / (high[0] - low[0]).max(high[1] - low[1]);
    let place =
        |point: &Point| [0, 1].map(|axis| (point[axis] - low[axis]) * scale + THICKNESS / 2.0);
    strokes
        .iter()
        .map(|stroke| stroke.iter().map(place).collect())
        .collect()
}

/// The least and the greatest coordinates.
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
