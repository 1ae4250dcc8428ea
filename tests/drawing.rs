//! Strokes that are no drawing, odd drawings, and the place and size of the ink.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

use mnist::SIDE;
use mnist_cubic::drawing::{Blank, Image, image_of_strokes};
use proptest::prelude::*;

type Stroke = Vec<[f32; 2]>;

/// A zigzag of so many lines over most of the pad.
fn zigzag(lines: usize) -> Stroke {
    (0..=lines)
        .map(|i| [0.05 + 0.9 * (i % 2) as f32, 0.05 + 0.9 * i as f32 / lines as f32])
        .collect()
}

/// A 2, `size` pads high, its top left corner at `at`.
fn two(size: f32, at: [f32; 2]) -> Stroke {
    [[0.0, 0.2], [0.3, 0.0], [0.6, 0.2], [0.5, 0.5], [0.0, 1.0], [0.7, 1.0]]
        .iter()
        .map(|p| [at[0] + p[0] * size, at[1] + p[1] * size])
        .collect()
}

/// The largest difference between two images' pixels.
fn difference(a: &Image, b: &Image) -> f32 {
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

#[test]
fn no_ink_is_no_drawing() {
    let nan = [f32::NAN, 0.5];
    let infinite = [0.5, f32::INFINITY];
    for strokes in [vec![], vec![vec![], vec![]], vec![vec![nan, infinite], vec![infinite]]] {
        assert_eq!(image_of_strokes(&strokes), Err(Blank::Empty));
    }
}

#[test]
fn dots_are_no_drawing() {
    let dot = vec![[0.5, 0.5]];
    let trembling = vec![[0.5, 0.5], [0.51, 0.5], [0.505, 0.512]];
    for strokes in [vec![dot.clone()], vec![trembling], vec![dot, vec![[0.9, 0.1]]]] {
        assert_eq!(image_of_strokes(&strokes), Err(Blank::Dot));
    }
}

#[test]
fn a_filled_pad_is_no_drawing() {
    assert_eq!(image_of_strokes(&[zigzag(7)]), Err(Blank::Filled));
    assert!(image_of_strokes(&[zigzag(6)]).is_ok());
}

#[test]
fn size_and_place_do_not_matter() {
    let image = image_of_strokes(&[two(0.8, [0.1, 0.1])]).unwrap();
    for (size, at) in [(0.1, [0.0, 0.0]), (0.3, [0.6, 0.2]), (0.99, [0.2, 0.01])] {
        let other = image_of_strokes(&[two(size, at)]).unwrap();
        assert!(difference(&image, &other) < 1e-3, "{size} at {at:?}");
    }
}

#[test]
fn a_straight_line_keeps_the_pens_thickness() {
    for (end, across, along) in [([0.5, 0.9], 1, SIDE), ([0.9, 0.5], SIDE, 1)] {
        let image = image_of_strokes(&[vec![[0.5, 0.5], end]]).unwrap();
        let middle = 14 * SIDE + 14;
        let sum = |step: usize| -> f32 {
            (1..10).map(|k| image[middle + k * step] + image[middle - k * step]).sum()
        };
        // The ink beside the middle of the line, and along it.
        assert!((sum(across) + 1.0 - 2.65).abs() < 0.05, "{end:?}: {}", sum(across));
        assert!((sum(along) + 1.0 - 19.0).abs() < 1.0, "{end:?}: {}", sum(along));
    }
}

#[test]
fn a_slip_of_the_pen_does_not_count() {
    let digit = two(0.5, [0.1, 0.1]);
    let image = image_of_strokes(std::slice::from_ref(&digit));
    assert_eq!(image_of_strokes(&[digit, vec![[0.95, 0.95], [0.955, 0.95]]]), image);
}

#[test]
fn points_far_outside_are_taken_to_the_margin() {
    let image = image_of_strokes(&[vec![[0.0, 0.0], [1e30, 0.5]]]);
    assert_eq!(image, image_of_strokes(&[vec![[0.0, 0.0], [1.5, 0.5]]]));
}

#[test]
fn points_after_the_first_20000_do_not_count() {
    let mut strokes = vec![zigzag(2); 6_667];
    let image = image_of_strokes(&strokes);
    strokes.push(zigzag(20));
    assert_eq!(image_of_strokes(&strokes), image);
}

/// Any coordinate: likely ones, wild ones, infinities and NaN.
fn coordinate() -> impl Strategy<Value = f32> {
    prop_oneof![4 => -0.2_f32..1.2, 1 => any::<f32>()]
}

proptest! {
    #[test]
    fn whatever_is_drawn_gives_greys(
        strokes in prop::collection::vec(
            prop::collection::vec([coordinate(), coordinate()], 0..20),
            0..5,
        )
    ) {
        if let Ok(image) = image_of_strokes(&strokes) {
            prop_assert!(image.iter().all(|v| (0.0..=1.0).contains(v)));
            prop_assert!(image.iter().sum::<f32>() > 10.0, "an image without ink");
        }
    }
}
