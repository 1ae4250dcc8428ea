//! MNIST's files: found, decompressed, split by digit, and with the counts of MNIST's description.
#![allow(clippy::unwrap_used)]

use std::{collections::BTreeMap, env, fs, io::Write, path::Path, rc::Rc};

use flate2::{Compression, GzBuilder};
use mnist::{
    Dataset, DigitImages, PIXELS, Result, by_digit,
    files::{Mnist, gunzip},
    idx::{write_images, write_positions},
};

/// MNIST from the folder that `MNIST_DIR` names; `cargo xtask test` sets it.
fn mnist() -> Mnist {
    let folder = env::var_os("MNIST_DIR").expect("MNIST_DIR names the folder with MNIST's files");
    Mnist::read(Path::new(&folder)).unwrap()
}

fn error<T: std::fmt::Debug>(result: Result<T>) -> String {
    result.unwrap_err().to_string()
}

fn gzip(contents: &[u8]) -> Vec<u8> {
    let mut gzip = GzBuilder::new().write(Vec::new(), Compression::fast());
    gzip.write_all(contents).unwrap();
    gzip.finish().unwrap()
}

#[test]
fn images_are_split_by_digit() {
    let pixels = [[1; PIXELS], [2; PIXELS], [3; PIXELS]].concat();
    let labels = [&[0, 0, 8, 1, 0, 0, 0, 3], &[5, 0, 5][..]].concat();
    let digits = by_digit(&write_images(&pixels), &labels).unwrap();
    assert_eq!(digits.keys().copied().collect::<Vec<_>>(), [0, 5]);
    assert_eq!(digits[&5].file_indices, [0, 2]);
    assert_eq!(digits[&5].pixels, [[1; PIXELS], [3; PIXELS]].concat());
    assert_eq!(
        (&digits[&0].pixels[..], &digits[&0].file_indices[..]),
        (&[2; PIXELS][..], &[1][..])
    );
}

#[test]
fn files_that_do_not_belong_together_are_refused() {
    let images = write_images(&[0; 2 * PIXELS]);
    let labels = [0, 0, 8, 1, 0, 0, 0, 3, 0, 1, 2];
    assert_eq!(error(by_digit(&images, &labels)), "2 images, but 3 labels: expected as many");
    assert_eq!(
        error(by_digit(&labels, &images)),
        "images: the file ends after 11 bytes, expected an IDX header of 16 bytes"
    );
    assert_eq!(
        error(DigitImages::read(&images, &write_positions(&[1]))),
        "2 images, but 1 positions: expected as many"
    );
}

#[test]
fn digits_that_cannot_be_put_together_are_refused() {
    let images = write_images(&[0; 2 * PIXELS]);
    let digit = Rc::new(DigitImages::read(&images, &write_positions(&[1, 4])).unwrap());
    let none = Rc::new(DigitImages::default());
    let digits = BTreeMap::from([(0, Rc::clone(&digit)), (1, digit), (2, none)]);
    assert_eq!(
        error(Dataset::choose(&[0, 1], &digits)),
        "digits 0 and 1 both have an image at position 1"
    );
    assert_eq!(error(Dataset::choose(&[0, 5], &digits)), "the images of digit 5 are not there");
    assert_eq!(error(Dataset::choose(&[2], &digits)), "there are no images of the digits [2]");
}

#[test]
fn gzip_is_checked() {
    let good = gzip(b"some text");
    assert_eq!(gunzip(&good).unwrap(), b"some text");
    assert_eq!(
        error(gunzip(b"some text")),
        "this is not a gzip file: it does not begin with 1f 8b"
    );
    assert!(error(gunzip(&good[..good.len() - 4])).starts_with("the gzip file is damaged"));
    let mut damaged = good;
    let middle = damaged.len() / 2;
    damaged[middle] ^= 0xff;
    assert!(error(gunzip(&damaged)).starts_with("the gzip file is damaged"));
    assert_eq!(
        error(gunzip(&gzip(&vec![0; 47_040_017]))),
        "the gzip file gives more than 47040016 bytes"
    );
}

#[test]
fn a_folder_without_mnist_is_named() {
    let folder = env::temp_dir().join(format!("mnist-files-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    assert!(
        error(Mnist::read(&folder))
            .ends_with("has neither train-images-idx3-ubyte nor train-images-idx3-ubyte.gz")
    );
    fs::write(folder.join("train-images-idx3-ubyte.gz"), b"no gzip").unwrap();
    assert!(error(Mnist::read(&folder)).contains("this is not a gzip file"));
    // The file that is not compressed comes first.
    fs::write(folder.join("train-images-idx3-ubyte"), b"no IDX").unwrap();
    fs::write(folder.join("train-labels-idx1-ubyte"), b"no IDX").unwrap();
    assert!(error(Mnist::read(&folder)).contains("images: the file ends after 6 bytes"));
    fs::remove_dir_all(&folder).unwrap();
}

/// The counts are those of MNIST's description.
#[test]
#[ignore = "reads MNIST, which MNIST_DIR names"]
fn mnist_has_the_counts_of_its_description() {
    let mnist = mnist();
    let counts = |digits: &BTreeMap<u8, Rc<DigitImages>>| {
        digits.values().map(|digit| digit.file_indices.len()).collect::<Vec<_>>()
    };
    let train = [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949];
    let test = [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009];
    assert_eq!(counts(&mnist.train), train);
    assert_eq!(counts(&mnist.test), test);
}

#[test]
#[ignore = "reads MNIST, which MNIST_DIR names"]
fn chosen_images_are_in_file_order_with_their_classes() {
    let mnist = mnist();
    let digits = [0, 2, 5];
    let images = Dataset::choose(&digits, &mnist.test).unwrap();
    assert_eq!((images.digits(), images.len()), (&digits[..], 2904));
    let mut expected = Vec::new();
    for (class, digit) in digits.iter().enumerate() {
        let digit = &mnist.test[digit];
        let pixels = digit.pixels.chunks_exact(PIXELS);
        expected
            .extend(digit.file_indices.iter().zip(pixels).map(|(at, image)| (at, class, image)));
    }
    expected.sort_unstable();
    for (i, (_, class, pixels)) in expected.into_iter().enumerate() {
        assert_eq!((images.class(i), images.pixels(i)), (class, pixels));
    }
    // The first image of the test file is a 7.
    assert_eq!(mnist.test[&7].file_indices[0], 0);
}
