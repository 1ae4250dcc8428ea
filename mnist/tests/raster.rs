//! Ink covers the pixels that it should.

use mnist::raster::ink;

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
