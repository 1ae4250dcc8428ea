//! Drawings become images as MNIST's were made: MNIST's own digits, drawn large, come back.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

mod common;

use mnist_cubic::{
    data::{
        Dataset, PIXELS, SIDE,
        drawing::{Image, image_of_bitmap, image_of_strokes},
    },
    model::{ModelKind, Network},
    training::evaluation::scores,
};

/// Percentage points that a digit's way through the recipe may cost.
const MOST_LOST: f64 = 0.3;

/// A pad of `side` × `side` pixels on which a digit, enlarged `zoom` times, lies `offset` pixels
/// from the left and from the top.
struct Pad {
    zoom: f32,
    side: usize,
    offset: [f32; 2],
}

/// From a small pad to a large one, in the middle, in a corner, and out of step with the pixels.
const PADS: [Pad; 4] = [
    Pad {
        zoom: 3.3,
        side: 150,
        offset: [40.3, 11.7],
    },
    Pad {
        zoom: 6.0,
        side: 280,
        offset: [56.0, 56.0],
    },
    Pad {
        zoom: 10.0,
        side: 400,
        offset: [0.0, 120.0],
    },
    Pad {
        zoom: 19.7,
        side: 600,
        offset: [20.5, 1.2],
    },
];

/// How many pixels the longer side of the ink's bounding box has, and where its centre of mass lies.
fn box_and_centre(image: &[f32]) -> (usize, [f32; 2]) {
    let mut low = [SIDE; 2];
    let mut high = [0; 2];
    let mut mass = 0.0;
    let mut moment = [0.0; 2];
    for (i, &value) in image.iter().enumerate().filter(|&(_, &value)| value > 0.0) {
        mass += value;
        for (axis, at) in [i % SIDE, i / SIDE].into_iter().enumerate() {
            low[axis] = low[axis].min(at);
            high[axis] = high[axis].max(at + 1);
            moment[axis] += value * at as f32;
        }
    }
    (
        (high[0] - low[0]).max(high[1] - low[1]),
        moment.map(|m| m / mass),
    )
}

/// Twice the ink over the length of its outline: the thickness of a long stroke.
fn thickness(image: &[f32]) -> f32 {
    let at = |column: usize, row: usize| match (column.checked_sub(1), row.checked_sub(1)) {
        (Some(column @ ..SIDE), Some(row @ ..SIDE)) => image[row * SIDE + column],
        _ => 0.0,
    };
    let mut outline = 0.0;
    for row in 0..=SIDE {
        for column in 0..=SIDE {
            let [a, b] = [at(column, row), at(column + 1, row)];
            let [c, d] = [at(column, row + 1), at(column + 1, row + 1)];
            outline += ((b + d - a - c) / 2.0).hypot((c + d - a - b) / 2.0);
        }
    }
    2.0 * image.iter().sum::<f32>() / outline
}

/// All of MNIST's training images.
fn all_digits() -> Option<Dataset> {
    let digits: Vec<u8> = (0..10).collect();
    Some(Dataset::choose(&digits, &common::mnist()?.train).unwrap())
}

#[test]
fn mnist_was_made_as_the_recipe_says() {
    let Some(images) = all_digits() else { return };
    let (mut other_boxes, mut other_centres, mut sum) = (0, 0, 0.0);
    for i in 0..images.len() {
        let image = common::image(&images, i);
        let (longer, centre) = box_and_centre(&image);
        other_boxes += u32::from(longer != 20);
        other_centres += u32::from(centre.iter().any(|c| (c - 14.0).abs() > 0.5005));
        sum += f64::from(thickness(&image));
    }
    let mnist = sum / images.len() as f64;
    println!(
        "of {} images, {other_boxes} are not 20 pixels long and {other_centres} not centred; \
         strokes are {mnist:.2} pixels thick",
        images.len()
    );
    assert!(other_boxes < 20 && other_centres < 20);
    let ring = |i: u32| [0, 11].map(|quarter| ((i + quarter) as f32 / 7.0).sin() / 3.0 + 0.5);
    let ours = thickness(&image_of_strokes(&[(0..45).map(ring).collect()]).unwrap());
    assert!((f64::from(ours) - mnist).abs() < 0.1, "{ours} for {mnist}");
}

/// Enlarges one axis of a bitmap smoothly (Catmull-Rom): `values` are `rows` of 28 pixels, and the
/// result has `side` pixels to each, transposed, so that a second call enlarges the other axis.
fn enlarge(values: &[f32], rows: usize, pad: &Pad, offset: f32) -> Vec<f32> {
    let mut large = vec![0.0; pad.side * rows];
    for x in 0..pad.side {
        let at = (x as f32 + 0.5 - offset) / pad.zoom - 0.5;
        let t = at - at.floor();
        let weights = [
            (-t + 2.0 * t * t - t * t * t) / 2.0,
            (2.0 - 5.0 * t * t + 3.0 * t * t * t) / 2.0,
            (t + 4.0 * t * t - 3.0 * t * t * t) / 2.0,
            (t * t * t - t * t) / 2.0,
        ];
        for (k, weight) in weights.into_iter().enumerate() {
            let column = at.floor() as isize + k as isize - 1;
            if (0..SIDE as isize).contains(&column) {
                for row in 0..rows {
                    large[x * rows + row] += weight * values[row * SIDE + column as usize];
                }
            }
        }
    }
    large
}

/// The digit as a bitmap on the pad.
fn drawn(image: &Image, pad: &Pad) -> Vec<u8> {
    let wide = enlarge(image, SIDE, pad, pad.offset[0]); // [side, 28]: a row for each column
    let large = enlarge(&wide, pad.side, pad, pad.offset[1]); // [side, side]: a row for each row
    large
        .iter()
        .map(|v| (v.clamp(0.0, 1.0) * 255.0).round() as u8)
        .collect()
}

/// The percentage of images that the network gets right.
fn accuracy(network: &Network, images: &[Image], test: &Dataset) -> f64 {
    let right = (0..test.len()).filter(|&i| {
        let scores = scores(network, images[i].to_vec());
        let best = (0..3).max_by(|&a, &b| scores[a].total_cmp(&scores[b]));
        best == Some(test.class(i))
    });
    100.0 * right.count() as f64 / test.len() as f64
}

#[test]
fn enlarged_digits_are_read_as_well_as_direct_ones() {
    let Some(mnist) = common::mnist() else { return };
    let test = Dataset::choose(&common::DIGITS, &mnist.test).unwrap();
    let networks =
        [ModelKind::Custom, ModelKind::Dense].map(|model| (model, common::first_network(model)));
    let direct: Vec<Image> = (0..test.len()).map(|i| common::image(&test, i)).collect();
    let best: Vec<f64> = networks
        .iter()
        .map(|(_, network)| accuracy(network, &direct, &test))
        .collect();
    for pad in &PADS {
        let through: Vec<Image> = direct
            .iter()
            .map(|image| image_of_bitmap(pad.side, pad.side, &drawn(image, pad)).unwrap())
            .collect();
        let differences = through
            .iter()
            .zip(&direct)
            .flat_map(|(a, b)| a.iter().zip(b));
        let sum: f64 = differences.map(|(a, b)| f64::from((a - b).abs())).sum();
        println!(
            "{} times larger: mean absolute difference {:.4}",
            pad.zoom,
            sum / (test.len() * PIXELS) as f64
        );
        for ((model, network), best) in networks.iter().zip(&best) {
            let accuracy = accuracy(network, &through, &test);
            println!("  {model}: {accuracy:.2} %, direct {best:.2} %");
            assert!(
                accuracy >= best - MOST_LOST,
                "{model} at {} times",
                pad.zoom
            );
        }
    }
}

/// The steps to a pixel's neighbours, clockwise from the one above, on a bitmap whose ink does not
/// reach its edge.
fn ring(side: usize) -> [isize; 8] {
    let side = side as isize;
    [-side, 1 - side, 1, 1 + side, side, side - 1, -1, -1 - side]
}

/// The middle line of a bitmap's ink, one pixel thin: Zhang and Suen 1984,
/// <https://doi.org/10.1145/357994.358023>.
fn thinned(side: usize, mut ink: Vec<bool>) -> Vec<bool> {
    loop {
        let mut changed = false;
        for (a, b) in [([2, 4], [0, 6]), ([0, 6], [2, 4])] {
            let goes = |i: usize| {
                let n = ring(side).map(|step| ink[i.wrapping_add_signed(step)]);
                let neighbours = n.iter().filter(|&&inked| inked).count();
                let begins = (0..8).filter(|&k| !n[k] && n[(k + 1) % 8]).count();
                (2..=6).contains(&neighbours)
                    && begins == 1
                    && !(n[a[0]] && n[a[1]] && (n[b[0]] || n[b[1]]))
            };
            let gone: Vec<usize> = (0..ink.len()).filter(|&i| ink[i] && goes(i)).collect();
            changed |= !gone.is_empty();
            for i in gone {
                ink[i] = false;
            }
        }
        if !changed {
            return ink;
        }
    }
}

/// A line as strokes: each goes on from pixel to pixel, at best from an end, until there is no more.
fn traced(side: usize, mut line: Vec<bool>) -> Vec<Vec<[f32; 2]>> {
    let place = |i: usize| [i % side, i / side].map(|at| (at as f32 + 0.5) / side as f32);
    let neighbours = |line: &[bool], i: usize| -> Vec<usize> {
        let ring = ring(side);
        // Those beside come before those across a corner.
        let next = [0, 2, 4, 6, 1, 3, 5, 7].map(|k: usize| i.wrapping_add_signed(ring[k]));
        next.into_iter().filter(|&next| line[next]).collect()
    };
    let mut strokes = Vec::new();
    while let Some(mut at) = (0..line.len())
        .filter(|&i| line[i])
        .min_by_key(|&i| neighbours(&line, i).len())
    {
        line[at] = false;
        let mut stroke = vec![place(at)];
        while let Some(&next) = neighbours(&line, at).first() {
            line[next] = false;
            stroke.push(place(next));
            at = next;
        }
        strokes.push(stroke);
    }
    strokes
}

/// The way that drawings take: as lines without thickness, which get the pen's.
#[test]
fn digits_drawn_again_with_the_pen_are_read_as_well() {
    let Some(mnist) = common::mnist() else { return };
    let test = Dataset::choose(&common::DIGITS, &mnist.test).unwrap();
    let pad = Pad {
        zoom: 4.0,
        side: 120,
        offset: [4.0, 4.0],
    };
    let direct: Vec<Image> = (0..test.len()).map(|i| common::image(&test, i)).collect();
    let drawn: Vec<Image> = direct
        .iter()
        .map(|image| {
            let ink = drawn(image, &pad).iter().map(|&v| v >= 128).collect();
            image_of_strokes(&traced(pad.side, thinned(pad.side, ink))).unwrap()
        })
        .collect();
    for model in [ModelKind::Custom, ModelKind::Dense] {
        let network = common::first_network(model);
        let [direct, drawn] = [&direct, &drawn].map(|images| accuracy(&network, images, &test));
        println!("{model}: {drawn:.2} % of the digits drawn again, {direct:.2} % directly");
        assert!(drawn >= direct - MOST_LOST, "{model}");
    }
}
