//! IDX files, good and bad, and the counts that MNIST's description gives.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

mod common;

use std::{collections::BTreeMap, fs, rc::Rc};

use flate2::{Compression, GzBuilder};
use mnist_cubic::data::{
    Digit, Images, PIXELS,
    digits::by_digit,
    files::{Mnist, gunzip},
    idx,
    split::{shuffled, split},
};
use std::io::Write;

/// An IDX file of u8.
fn file(dimensions: &[u32], elements: &[u8]) -> Vec<u8> {
    let mut file = vec![0, 0, 8, dimensions.len() as u8];
    file.extend(dimensions.iter().flat_map(|d| d.to_be_bytes()));
    file.extend(elements);
    file
}

fn positions(values: &[i32]) -> Vec<u8> {
    let mut file = vec![0, 0, 12, 1];
    file.extend((values.len() as u32).to_be_bytes());
    file.extend(values.iter().flat_map(|v| v.to_be_bytes()));
    file
}

fn error<T: std::fmt::Debug, E: ToString + std::fmt::Debug>(result: Result<T, E>) -> String {
    result.unwrap_err().to_string()
}

#[test]
fn images_are_read() {
    let pixels: Vec<u8> = (0..2 * PIXELS).map(|i| i as u8).collect();
    assert_eq!(idx::images(&file(&[2, 28, 28], &pixels)).unwrap(), pixels);
}

#[test]
fn bad_images_are_named() {
    let good = file(&[1, 28, 28], &[0; PIXELS]);
    assert_eq!(
        error(idx::images(&good[..10])),
        "the file ends after 10 bytes, expected an IDX header of 16 bytes"
    );
    assert_eq!(
        error(idx::images(&good[..700])),
        "the file holds 684 bytes after its header, expected 784 for dimensions [1, 28, 28]"
    );
    assert_eq!(
        error(idx::images(&[&good[..], &[0]].concat())),
        "the file holds 785 bytes after its header, expected 784 for dimensions [1, 28, 28]"
    );
    assert_eq!(
        error(idx::images(&file(&[784], &[0; PIXELS]))),
        "the file begins with [00, 00, 08, 01], expected the IDX magic number [00, 00, 08, 03]"
    );
    assert_eq!(
        error(idx::images(&file(&[1, 20, 20], &[0; 400]))),
        "images of 20 × 20 pixels, expected 28 × 28"
    );
    let most = u32::MAX;
    assert!(error(idx::images(&file(&[most, most, most], &[]))).contains("expected 7922816"));
}

#[test]
fn bad_labels_and_positions_are_named() {
    assert_eq!(idx::labels(&file(&[3], &[0, 9, 5])).unwrap(), [0, 9, 5]);
    assert_eq!(
        error(idx::labels(&file(&[3], &[0, 10, 5]))),
        "label 1 is 10, expected a digit from 0 to 9"
    );
    assert_eq!(idx::positions(&positions(&[0, 7])).unwrap(), [0, 7]);
    assert_eq!(
        error(idx::positions(&positions(&[0, -7]))),
        "position 1 is -7, expected 0 or more"
    );
    assert_eq!(
        error(idx::positions(&positions(&[7, 7]))),
        "position 1 is 7, expected more than the one before it"
    );
}

#[test]
fn files_that_do_not_belong_together_are_named() {
    let images = file(&[2, 28, 28], &[0; 2 * PIXELS]);
    assert_eq!(
        error(by_digit(&images, &file(&[3], &[0, 1, 2]))),
        "2 images, but 3 labels: expected as many"
    );
    assert_eq!(
        error(Digit::read(&images, &positions(&[1]))),
        "2 images, but 1 positions: expected as many"
    );
    let digit = Rc::new(Digit::read(&images, &positions(&[1, 4])).unwrap());
    let both = BTreeMap::from([(0, Rc::clone(&digit)), (1, digit)]);
    assert_eq!(
        error(Images::choose(&[0, 1], &both)),
        "digits 0 and 1 both have an image at position 1"
    );
    assert_eq!(
        error(Images::choose(&[0, 5], &both)),
        "the images of digit 5 are not there"
    );
}

#[test]
fn gzip_is_checked() {
    let mut gzip = GzBuilder::new().write(Vec::new(), Compression::fast());
    gzip.write_all(b"some text").unwrap();
    let gzip = gzip.finish().unwrap();
    assert_eq!(gunzip(&gzip).unwrap(), b"some text");
    assert_eq!(
        error(gunzip(b"some text")),
        "this is not a gzip file: it does not begin with 1f 8b"
    );
    assert!(error(gunzip(&gzip[..gzip.len() - 4])).starts_with("the gzip file is damaged"));
    let mut damaged = gzip;
    let middle = damaged.len() / 2;
    damaged[middle] ^= 0xff;
    assert!(error(gunzip(&damaged)).starts_with("the gzip file is damaged"));
}

#[test]
fn a_folder_without_mnist_is_named() {
    let folder = std::env::temp_dir().join(format!("mnist-cubic-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    assert!(error(Mnist::read(&folder)).contains("train-images-idx3-ubyte.gz"));
    fs::write(folder.join("train-images-idx3-ubyte.gz"), b"no gzip").unwrap();
    assert!(error(Mnist::read(&folder)).contains("this is not a gzip file"));
    fs::remove_dir_all(&folder).unwrap();
}

/// The counts are those of MNIST's description: 5,923, 5,958 and 5,421 training images and 980,
/// 1,032 and 892 test images of 0, 2 and 5, of which Keras's `validation_split=0.2` keeps the
/// first 13,841 for training.
#[test]
fn mnist_has_the_counts_of_its_description() {
    let Some(mnist) = common::mnist() else { return };
    let counts = |part: &BTreeMap<u8, Rc<Digit>>| common::DIGITS.map(|d| part[&d].positions.len());
    assert_eq!(counts(&mnist.train), [5923, 5958, 5421]);
    assert_eq!(counts(&mnist.test), [980, 1032, 892]);
    let images = Images::choose(&common::DIGITS, &mnist.train).unwrap();
    assert_eq!(split(images.len()), (0..13_841, 13_841..17_302));
}

#[test]
fn chosen_images_stand_in_file_order_with_their_classes() {
    let Some(mnist) = common::mnist() else { return };
    let images = Images::choose(&common::DIGITS, &mnist.test).unwrap();
    assert!((1..images.len()).all(|i| images.position(i - 1) < images.position(i)));
    for i in 0..images.len() {
        let digit = &mnist.test[&common::DIGITS[images.class(i)]];
        let at = digit.positions.binary_search(&images.position(i)).unwrap();
        assert_eq!(
            images.pixels(i),
            &digit.pixels[at * PIXELS..(at + 1) * PIXELS]
        );
        assert_eq!(digit.find(images.position(i)), Some(images.pixels(i)));
    }
    // The first image of the test file is a 7.
    assert!(mnist.test[&7].find(0).is_some());
    assert_eq!(mnist.test[&2].find(0), None);
}

#[test]
fn each_epoch_takes_every_training_image_once_in_an_order_of_its_own() {
    let sorted = |mut order: Vec<usize>| {
        order.sort_unstable();
        order
    };
    let (first, second) = (shuffled(0..1000, 1, 1), shuffled(0..1000, 1, 2));
    assert_eq!(sorted(first.clone()), (0..1000).collect::<Vec<_>>());
    assert_ne!(first, second);
    assert_eq!(first, shuffled(0..1000, 1, 1));
    assert_ne!(first, shuffled(0..1000, 2, 1));
}
