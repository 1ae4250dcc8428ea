//! Strokes → grey pixels, for synthetic digits and for drawings.

/// Draws `strokes` with a round pen on a square of `side` × `side` pixels.
///
/// Points are `[x, y]` in pixels from the top left corner, y downwards; pixel `(column, row)` has
/// its centre at `(column + 0.5, row + 0.5)`. `thickness` is in pixels. Returns grey values,
/// `[side, side]`, from 0 (paper) to 1 (ink): how much of each pixel the pen covers, estimated from
/// the distance between the pixel's centre and the pen's path.
pub fn ink(strokes: &[Vec<[f32; 2]>], thickness: f32, side: usize) -> Vec<f32> {
    let mut pixels = vec![0.0; side * side];
    for stroke in strokes {
        if let [dot] = stroke[..] {
            segment(&mut pixels, side, thickness, dot, dot);
        }
        for ends in stroke.windows(2) {
            segment(&mut pixels, side, thickness, ends[0], ends[1]);
        }
    }
    pixels
}

/// Draws the straight line from `a` to `b`. Ink over ink stays ink: each pixel keeps the larger
/// coverage, so that a stroke's joints are no darker than its middle.
fn segment(pixels: &mut [f32], side: usize, thickness: f32, a: [f32; 2], b: [f32; 2]) {
    let radius = thickness / 2.0;
    // The first and last pixel, along one axis, that the line can touch.
    let range = |axis: usize| {
        let low = (a[axis].min(b[axis]) - radius - 1.0).max(0.0) as usize;
        let high = (a[axis].max(b[axis]) + radius + 1.0).max(0.0) as usize;
        low.min(side)..high.min(side)
    };
    for row in range(1) {
        for column in range(0) {
            let centre = [column as f32 + 0.5, row as f32 + 0.5];
            let coverage = (radius - distance(centre, a, b) + 0.5).clamp(0.0, 1.0);
            let pixel = &mut pixels[row * side + column];
            *pixel = pixel.max(coverage);
        }
    }
}

/// The distance of point `p` from the straight line between `a` and `b`.
fn distance(p: [f32; 2], a: [f32; 2], b: [f32; 2]) -> f32 {
    let along = [b[0] - a[0], b[1] - a[1]];
    let offset = [p[0] - a[0], p[1] - a[1]];
    let squared = along[0] * along[0] + along[1] * along[1];
    // Where the foot of the perpendicular lies: 0 at `a`, 1 at `b`.
    let t = if squared > 0.0 {
        ((offset[0] * along[0] + offset[1] * along[1]) / squared).clamp(0.0, 1.0)
    } else {
        0.0
    };
    (offset[0] - t * along[0]).hypot(offset[1] - t * along[1])
}
