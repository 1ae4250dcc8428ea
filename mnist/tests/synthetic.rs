//! Synthetic digits look like MNIST's and can be learned.

use mnist::{PIXELS, SIDE, synthetic};

/// The images one by one, `[784]` each.
fn images(seed: u64, digit: u8, count: usize) -> Vec<[u8; PIXELS]> {
    synthetic::images(seed, digit, count).pixels.as_chunks().0.to_vec()
}

#[test]
fn same_seed_gives_the_same_digits() {
    assert_eq!(images(7, 3, 5), images(7, 3, 9)[..5]);
    assert_ne!(images(7, 3, 5), images(8, 3, 5));
    assert_ne!(images(7, 3, 5), images(7, 4, 5));
}

/// In a file in which they take turns, any part has all of them.
#[test]
fn digits_take_turns() {
    assert_eq!(synthetic::images(1, 3, 4).file_indices, [3, 13, 23, 33]);
}

/// As in MNIST: the ink's longer side is about 20 pixels, its centre of mass in the middle.
#[test]
fn digits_are_placed_as_in_mnist() {
    for digit in 0..10 {
        for image in images(1, digit, 50) {
            assert!(image.iter().any(|&pixel| pixel > 200), "{digit}: faint");
            let mut mass = 0.0;
            let mut moment = [0.0; 2];
            for (i, &value) in image.iter().enumerate() {
                mass += f64::from(value);
                moment[0] += f64::from(value) * ((i % SIDE) as f64 + 0.5);
                moment[1] += f64::from(value) * ((i / SIDE) as f64 + 0.5);
            }
            for axis in [0, 1] {
                let centre = moment[axis] / mass;
                assert!((centre - 14.0).abs() < 1.0, "{digit}: centre at {centre}");
            }
            let rows = image.chunks(SIDE).filter(|row| row.iter().any(|&v| v > 0)).count();
            let columns = (0..SIDE)
                .filter(|column| image.iter().skip(*column).step_by(SIDE).any(|&v| v > 0))
                .count();
            assert!((19..=22).contains(&rows.max(columns)), "{digit}: {columns} × {rows}");
        }
    }
}

/// The mean images of some digits classify most of the others, so the digits can be learned.
#[test]
fn nearest_mean_image_classifies() {
    let means: Vec<Vec<f32>> = (0..10)
        .map(|digit| {
            let images = images(1, digit, 200);
            let sum = |i: usize| images.iter().map(|image| f32::from(image[i])).sum::<f32>();
            (0..PIXELS).map(|i| sum(i) / 200.0).collect()
        })
        .collect();
    let mut right = 0;
    for digit in 0..10_u8 {
        for image in images(2, digit, 100) {
            let distance = |mean: &[f32]| -> f32 {
                image.iter().zip(mean).map(|(&a, b)| (f32::from(a) - b).powi(2)).sum()
            };
            let nearest = (0..10_u8).min_by(|&a, &b| {
                distance(&means[usize::from(a)]).total_cmp(&distance(&means[usize::from(b)]))
            });
            right += u32::from(nearest == Some(digit));
        }
    }
    assert!(right > 850, "{right} of 1000");
}
