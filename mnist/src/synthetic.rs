//! Digits that we draw ourselves, for tests and for when MNIST cannot be had. Each is one of a few
//! stroke templates, bent, slanted and rotated at random.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::{DigitImages, PIXELS, SIDE, raster::ink};

/// The side of the centred square that the ink fills, as in MNIST.
const BOX: f32 = 20.0;
/// Points between two control points of a template.
const STEPS: usize = 8;

/// A point of a stroke, `[x, y]`, y downwards.
type Point = [f32; 2];
/// The control points of each stroke, in the unit square.
type Template = &'static [&'static [Point]];

/// Draws `count` images of `digit`. The same `seed` gives the same images, and a larger `count` only
/// adds to them. Their file indices are those of a file in which the ten digits take turns.
///
/// # Panics
/// If `digit` is more than 9.
pub fn images(seed: u64, digit: u8, count: usize) -> DigitImages {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    rng.set_stream(u64::from(digit));
    let templates = TEMPLATES[usize::from(digit)];
    DigitImages {
        pixels: (0..count).flat_map(|_| image(&mut rng, templates)).collect(),
        file_indices: (u32::from(digit)..).step_by(10).take(count).collect(),
    }
}

/// Draws one image from one of a digit's templates.
fn image(rng: &mut ChaCha8Rng, templates: &[Template]) -> [u8; PIXELS] {
    let template = templates[rng.random_range(0..templates.len())];
    let hand = Hand::random(rng);
    let strokes: Vec<Vec<Point>> = template
        .iter()
        .map(|controls| smooth(controls).into_iter().map(|point| hand.moves(point)).collect())
        .collect();
    let pixels = ink(&place(strokes, hand.thickness), hand.thickness, SIDE);
    std::array::from_fn(|i| (pixels[i] * 255.0).round() as u8)
}

/// How one image differs from its template.
struct Hand {
    /// Rotation, slant and stretch: `[[xx, xy], [yx, yy]]`.
    linear: [[f32; 2]; 2],
    /// Waves that bend the strokes.
    waves: [Wave; 3],
    /// The thickness of the pen, in pixels.
    thickness: f32,
}

/// A sine wave over the unit square that displaces points.
struct Wave {
    push: [f32; 2],
    frequency: [f32; 2],
    phase: f32,
}

impl Hand {
    /// Ranges chosen by eye, so that the digits vary about as much as MNIST's and stay legible.
    fn random(rng: &mut ChaCha8Rng) -> Self {
        let turn = rng.random_range(-0.2_f32..0.2);
        let slant = rng.random_range(-0.15_f32..0.45);
        let width = rng.random_range(0.5_f32..0.95);
        let (sin, cos) = turn.sin_cos();
        Self {
            // Stretch, then slant to the right (the top has the smaller y), then rotate.
            linear: [[cos * width, -cos * slant - sin], [sin * width, cos - sin * slant]],
            waves: std::array::from_fn(|_| Wave {
                push: [rng.random_range(-0.05..0.05), rng.random_range(-0.05..0.05)],
                frequency: [rng.random_range(-6.0..6.0), rng.random_range(-6.0..6.0)],
                phase: rng.random_range(0.0..std::f32::consts::TAU),
            }),
            thickness: rng.random_range(1.4..3.6),
        }
    }

    /// Where a point of the template goes. Points that coincide stay together.
    fn moves(&self, [x, y]: Point) -> Point {
        let mut bent = [x - 0.5, y - 0.5];
        for wave in &self.waves {
            let angle = wave.frequency[0] * x + wave.frequency[1] * y + wave.phase;
            bent[0] += wave.push[0] * angle.sin();
            bent[1] += wave.push[1] * angle.sin();
        }
        self.linear.map(|row| row[0] * bent[0] + row[1] * bent[1])
    }
}

/// A Catmull-Rom spline: a smooth curve through all control points.
fn smooth(controls: &[Point]) -> Vec<Point> {
    let last = controls.len() - 1;
    let mut curve = vec![controls[0]];
    for i in 0..last {
        let [p0, p1, p2, p3] =
            [i.saturating_sub(1), i, i + 1, (i + 2).min(last)].map(|k| controls[k]);
        for step in 1..=STEPS {
            let t = step as f32 / STEPS as f32;
            curve.push(std::array::from_fn(|axis| {
                let [a, b, c, d] = [p0, p1, p2, p3].map(|point| point[axis]);
                let slope = (c - a) * t;
                let bend = (2.0 * a - 5.0 * b + 4.0 * c - d) * t * t;
                let twist = (3.0 * b - a - 3.0 * c + d) * t * t * t;
                b + (slope + bend + twist) / 2.0
            }));
        }
    }
    curve
}

/// Fits the ink into the box, keeping its aspect, and its centre of mass to the image's centre.
fn place(mut strokes: Vec<Vec<Point>>, thickness: f32) -> Vec<Vec<Point>> {
    let points = || strokes.iter().flatten();
    let extent = [0, 1].map(|axis| {
        let low = points().map(|p| p[axis]).fold(f32::INFINITY, f32::min);
        let high = points().map(|p| p[axis]).fold(f32::NEG_INFINITY, f32::max);
        high - low
    });
    let scale = (BOX - thickness) / extent[0].max(extent[1]);
    let centre = centre_of_mass(&strokes);
    for point in strokes.iter_mut().flatten() {
        for axis in [0, 1] {
            point[axis] = (point[axis] - centre[axis]) * scale + SIDE as f32 / 2.0;
        }
    }
    strokes
}

/// The mean of the middles of all lines, weighted by their lengths.
fn centre_of_mass(strokes: &[Vec<Point>]) -> Point {
    let mut mass = 0.0;
    let mut moment = [0.0; 2];
    for ends in strokes.iter().flat_map(|stroke| stroke.windows(2)) {
        let [a, b] = [ends[0], ends[1]];
        let length = (b[0] - a[0]).hypot(b[1] - a[1]);
        mass += length;
        moment = [0, 1].map(|axis| moment[axis] + length * (a[axis] + b[axis]) / 2.0);
    }
    moment.map(|m| m / mass)
}

/// The ways to write each digit. A corner is where one stroke ends and the next begins.
#[rustfmt::skip]
const TEMPLATES: [&[Template]; 10] = [
    &[&[&[[0.5, 0.0], [0.18, 0.17], [0.08, 0.5], [0.18, 0.85], [0.5, 1.0], [0.82, 0.85], [0.92, 0.5], [0.82, 0.17], [0.5, 0.0]]]],
    &[
        &[&[[0.5, 0.0], [0.5, 0.5], [0.5, 1.0]]],
        &[&[[0.28, 0.25], [0.42, 0.14], [0.5, 0.0]], &[[0.5, 0.0], [0.5, 0.5], [0.5, 1.0]]],
    ],
    &[
        &[&[[0.1, 0.22], [0.3, 0.02], [0.65, 0.02], [0.85, 0.25], [0.7, 0.52], [0.38, 0.8], [0.1, 1.0]], &[[0.1, 1.0], [0.5, 0.98], [0.95, 1.0]]],
        &[&[[0.1, 0.2], [0.4, 0.0], [0.8, 0.15], [0.76, 0.45], [0.42, 0.85], [0.13, 0.96], [0.1, 0.8], [0.3, 0.76], [0.6, 0.94], [0.95, 0.92]]],
    ],
    &[&[&[[0.12, 0.12], [0.45, 0.0], [0.8, 0.14], [0.74, 0.38], [0.4, 0.48]], &[[0.4, 0.48], [0.8, 0.58], [0.86, 0.82], [0.5, 1.0], [0.1, 0.88]]]],
    &[
        &[&[[0.2, 0.0], [0.1, 0.32], [0.14, 0.55], [0.45, 0.6], [0.9, 0.52]], &[[0.78, 0.05], [0.74, 0.5], [0.7, 1.0]]],
        &[&[[0.7, 0.0], [0.42, 0.32], [0.08, 0.64]], &[[0.08, 0.64], [0.5, 0.63], [0.95, 0.62]], &[[0.7, 0.0], [0.69, 0.5], [0.68, 1.0]]],
    ],
    &[&[&[[0.88, 0.02], [0.55, 0.02], [0.25, 0.03]], &[[0.25, 0.03], [0.22, 0.2], [0.18, 0.42]], &[[0.18, 0.42], [0.55, 0.36], [0.86, 0.58], [0.78, 0.87], [0.42, 1.0], [0.08, 0.88]]]],
    &[&[&[[0.7, 0.0], [0.36, 0.24], [0.15, 0.6], [0.25, 0.92], [0.55, 1.0], [0.83, 0.8], [0.7, 0.58], [0.42, 0.58], [0.18, 0.76]]]],
    &[
        &[&[[0.08, 0.06], [0.5, 0.05], [0.9, 0.04]], &[[0.9, 0.04], [0.6, 0.45], [0.42, 1.0]]],
        &[&[[0.08, 0.06], [0.5, 0.05], [0.9, 0.04]], &[[0.9, 0.04], [0.6, 0.45], [0.42, 1.0]], &[[0.28, 0.5], [0.55, 0.49], [0.82, 0.48]]],
    ],
    &[&[&[[0.5, 0.48], [0.2, 0.26], [0.5, 0.0], [0.8, 0.22], [0.5, 0.48], [0.15, 0.74], [0.5, 1.0], [0.85, 0.76], [0.5, 0.48]]]],
    &[&[&[[0.8, 0.25], [0.52, 0.02], [0.18, 0.2], [0.28, 0.46], [0.58, 0.46], [0.8, 0.25]], &[[0.8, 0.25], [0.79, 0.6], [0.62, 1.0]]]],
];
