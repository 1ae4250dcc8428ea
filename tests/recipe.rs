//! Drawings become images the way MNIST's were made: MNIST's images follow the recipe, and its
//! digits, thinned to lines and drawn again with the pad's pen, are read as well as the originals.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

mod common;

use mnist::{Dataset, SIDE};
use mnist_cubic::{
    drawing::{Image, image_of_strokes},
    nn::Network,
};

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
    ((high[0] - low[0]).max(high[1] - low[1]), moment.map(|m| m / mass))
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
fn all_digits() -> Dataset {
    let digits: Vec<u8> = (0..10).collect();
    Dataset::choose(&digits, &common::mnist().train).unwrap()
}

#[test]
#[ignore = "reads MNIST, which MNIST_DIR names"]
fn mnist_was_made_as_the_recipe_says() {
    let images = all_digits();
    let (mut other_boxes, mut other_centres) = (0, 0);
    let (mut all, mut of_the_notebook) = (Vec::new(), Vec::new());
    for i in 0..images.len() {
        let image = common::image(&images, i);
        let (longer, centre) = box_and_centre(&image);
        other_boxes += u32::from(longer != 20);
        other_centres += u32::from(centre.iter().any(|c| (c - 14.0).abs() > 0.5005));
        let thickness = f64::from(thickness(&image));
        all.push(thickness);
        if common::DIGITS.contains(&images.digits()[images.class(i)]) {
            of_the_notebook.push(thickness);
        }
    }
    let [all, of_the_notebook] =
        [all, of_the_notebook].map(|t| t.iter().sum::<f64>() / t.len() as f64);
    let ring = |i: u32| [0, 11].map(|quarter| ((i + quarter) as f32 / 7.0).sin() / 3.0 + 0.5);
    let ours = thickness(&image_of_strokes(&[(0..45).map(ring).collect()]).unwrap());
    println!(
        "of {} images, {other_boxes} are not 20 pixels long and {other_centres} not centred; \
         strokes are {all:.3} pixels thick, {of_the_notebook:.3} in 0, 2 and 5, {ours:.3} here",
        images.len()
    );
    // The figures of src/drawing/preprocessing.rs.
    assert_eq!((other_boxes, other_centres), (13, 2));
    assert!((all - 2.58).abs() < 0.005);
    assert!((of_the_notebook - 2.65).abs() < 0.005 && (ours - 2.65).abs() < 0.005);
}

/// How many times a digit is enlarged before it is thinned.
const ZOOM: usize = 4;
/// Pixels of paper around an enlarged digit.
const FRAME: usize = 4;
/// The side of an enlarged digit with its frame.
const LARGE: usize = SIDE * ZOOM + 2 * FRAME;

/// Enlarges one axis of `rows` rows of 28 pixels smoothly (Catmull-Rom). The result is transposed,
/// `[LARGE, rows]`, so that a second call enlarges the other axis.
fn enlarged_along(values: &[f32], rows: usize) -> Vec<f32> {
    let mut large = vec![0.0; LARGE * rows];
    for x in 0..LARGE {
        let at = (x as f32 + 0.5 - FRAME as f32) / ZOOM as f32 - 0.5;
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

/// The pixels of an enlarged digit that are at least half covered by ink, `[LARGE, LARGE]`.
fn enlarged(image: &Image) -> Vec<bool> {
    let wide = enlarged_along(image, SIDE); // [LARGE, 28], transposed
    let large = enlarged_along(&wide, LARGE); // [LARGE, LARGE]
    large.iter().map(|&v| v >= 0.5).collect()
}

/// Percentage points of accuracy that drawing the digits again may cost.
const MOST_LOST: f64 = 0.3;

/// The percentage of images that the network gets right.
fn accuracy(network: &Network, images: &[Image], test: &Dataset) -> f64 {
    let right = (0..test.len()).filter(|&i| {
        let scores = network.logits(&images[i]);
        let best = (0..3).max_by(|&a, &b| scores[a].total_cmp(&scores[b]));
        best == Some(test.class(i))
    });
    100.0 * right.count() as f64 / test.len() as f64
}

/// The steps to a pixel's neighbours, clockwise from the one above. The frame makes sure that ink
/// has all eight.
const RING: [isize; 8] = {
    let row = LARGE as isize;
    [-row, 1 - row, 1, 1 + row, row, row - 1, -1, -1 - row]
};

/// The middle line of the ink, one pixel thin: Zhang and Suen 1984,
/// <https://doi.org/10.1145/357994.358023>.
fn thinned(mut ink: Vec<bool>) -> Vec<bool> {
    loop {
        let mut changed = false;
        for (a, b) in [([2, 4], [0, 6]), ([0, 6], [2, 4])] {
            let goes = |i: usize| {
                let n = RING.map(|step| ink[i.wrapping_add_signed(step)]);
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

/// Turns thin lines into strokes: each goes on from pixel to pixel, if possible from an end, until no
/// neighbour is left.
fn traced(mut line: Vec<bool>) -> Vec<Vec<[f32; 2]>> {
    let place = |i: usize| [i % LARGE, i / LARGE].map(|at| (at as f32 + 0.5) / LARGE as f32);
    let neighbours = |line: &[bool], i: usize| -> Vec<usize> {
        // Those beside come before those across a corner.
        let next = [0, 2, 4, 6, 1, 3, 5, 7].map(|k: usize| i.wrapping_add_signed(RING[k]));
        next.into_iter().filter(|&next| line[next]).collect()
    };
    let mut strokes = Vec::new();
    while let Some(mut at) =
        (0..line.len()).filter(|&i| line[i]).min_by_key(|&i| neighbours(&line, i).len())
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

/// As lines without thickness, which get the pen's: the way of drawings.
#[test]
#[ignore = "reads MNIST, which MNIST_DIR names"]
fn digits_drawn_again_with_the_pen_are_read_as_well() {
    let mnist = common::mnist();
    let test = Dataset::choose(&common::DIGITS, &mnist.test).unwrap();
    let direct: Vec<Image> = (0..test.len()).map(|i| common::image(&test, i)).collect();
    let drawn: Vec<Image> = direct
        .iter()
        .map(|image| image_of_strokes(&traced(thinned(enlarged(image)))).unwrap())
        .collect();
    let most_ink = drawn.iter().map(|image| image.iter().sum::<f32>() / 400.0).fold(0.0, f32::max);
    println!("they cover at most {most_ink:.3} of the box");
    // The figure of src/drawing/preprocessing.rs.
    assert!((most_ink - 0.49).abs() < 0.005);
    for name in ["custom", "dense"] {
        let network = common::first_network(name);
        let [direct, drawn] = [&direct, &drawn].map(|images| accuracy(&network, images, &test));
        println!("{name}: {drawn:.2} % of the digits drawn again, {direct:.2} % directly");
        // The figure of docs/drawing.md.
        assert!(drawn >= 99.2, "{name}: {drawn:.2} %");
        assert!(drawn >= direct - MOST_LOST, "{name}: directly {direct:.2} %");
    }
}
