//! Ink on a grid of pixels. Needs nothing but std: `synthetic` and the drawing recipe share it, and
//! xtask includes it as it is.

/// Draws `strokes` with a round pen on a square of `side` × `side` pixels.
///
/// Points are `[x, y]` in pixels from the top left corner, y downwards; pixel `(column, row)` has
/// its centre at `(column + 0.5, row + 0.5)`. `thickness` is in pixels. Returns the grey values row
/// by row, from 0 (no ink) to 1: the part of each pixel that the pen covers, taken from the distance
/// between the pixel's centre and the pen's path.
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The area of a stroke with round ends: length × thickness, and a disc.
    #[test]
    fn ink_covers_the_area_of_the_stroke() {
        let slanted = [vec![[6.0, 7.5], [21.3, 18.0]]];
        let length = (15.3_f32.powi(2) + 10.5_f32.powi(2)).sqrt();
        for thickness in [1.5, 2.5, 4.0] {
            let sum: f32 = ink(&slanted, thickness, 28).iter().sum();
            let disc = std::f32::consts::PI * thickness * thickness / 4.0;
            let area = length * thickness + disc;
            assert!((sum / area - 1.0).abs() < 0.02, "{sum} is not {area}");
        }
    }

    #[test]
    fn ink_lies_where_the_stroke_is() {
        // Two pixels thick, around the line between rows 13 and 14.
        let pixels = ink(&[vec![[4.0, 14.0], [24.0, 14.0]]], 2.0, 28);
        for row in 0..28 {
            let expected = if row == 13 || row == 14 { 1.0 } else { 0.0 };
            assert_eq!(pixels[row * 28 + 10], expected, "row {row}");
        }
    }

    #[test]
    fn ink_outside_the_grid_is_cut_off() {
        let far = vec![[-1e4, -1e4], [1e4, 1e4]];
        let pixels = ink(&[far, vec![], vec![[500.0, 3.0]]], 2.0, 28);
        assert!(pixels[0] > 0.9 && pixels[28 * 28 - 1] > 0.9);
        assert!(pixels[27] == 0.0);
    }
}
