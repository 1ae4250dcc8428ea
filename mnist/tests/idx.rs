//! IDX files, good and bad. `PROPTEST_CASES=1000000 cargo test -p mnist --test idx` tries more than
//! the usual 256 of each kind.
#![allow(clippy::unwrap_used)]

use std::fmt::Debug;

use mnist::{
    PIXELS, Result,
    idx::{read_images, read_labels, read_positions, write_images, write_positions},
};
use proptest::{collection::vec, prelude::*};

/// An IDX file of u8.
fn file(dimensions: &[u32], elements: &[u8]) -> Vec<u8> {
    let mut file = vec![0, 0, 8, dimensions.len() as u8];
    file.extend(dimensions.iter().flat_map(|d| d.to_be_bytes()));
    file.extend(elements);
    file
}

/// An IDX file of i32, `[n]`.
fn positions(values: &[i32]) -> Vec<u8> {
    let mut file = vec![0, 0, 12, 1];
    file.extend((values.len() as u32).to_be_bytes());
    file.extend(values.iter().flat_map(|v| v.to_be_bytes()));
    file
}

fn error<T: Debug>(result: Result<T>) -> String {
    result.unwrap_err().to_string()
}

#[test]
fn images_are_read_and_written() {
    let pixels: Vec<u8> = (0..2 * PIXELS).map(|i| i as u8).collect();
    let file = file(&[2, 28, 28], &pixels);
    assert_eq!(read_images(&file).unwrap(), pixels);
    assert_eq!(write_images(&pixels), file);
}

#[test]
fn labels_are_read() {
    assert_eq!(read_labels(&file(&[3], &[0, 9, 5])).unwrap(), [0, 9, 5]);
}

#[test]
fn positions_are_read_and_written() {
    let file = positions(&[0, 7, 300]);
    assert_eq!(read_positions(&file).unwrap(), [0, 7, 300]);
    assert_eq!(write_positions(&[0, 7, 300]), file);
}

#[test]
fn bad_images_are_refused() {
    let good = file(&[1, 28, 28], &[0; PIXELS]);
    assert_eq!(
        error(read_images(&good[..10])),
        "the file ends after 10 bytes, expected an IDX header of 16 bytes"
    );
    assert_eq!(
        error(read_images(&good[..700])),
        "the file holds 684 bytes after its header, expected 784 for dimensions [1, 28, 28]"
    );
    assert_eq!(
        error(read_images(&[&good[..], &[0]].concat())),
        "the file holds 785 bytes after its header, expected 784 for dimensions [1, 28, 28]"
    );
    assert_eq!(
        error(read_images(&file(&[784], &[0; PIXELS]))),
        "the file begins with [00, 00, 08, 01], expected the IDX magic number [00, 00, 08, 03]"
    );
    assert_eq!(
        error(read_images(&file(&[1, 20, 20], &[0; 400]))),
        "images of 20 × 20 pixels, expected 28 × 28"
    );
    let most = u32::MAX;
    assert!(error(read_images(&file(&[most, most, most], &[]))).contains("expected 7922816"));
}

#[test]
fn bad_labels_and_positions_are_refused() {
    assert_eq!(
        error(read_labels(&file(&[3], &[0, 10, 5]))),
        "label 1 is 10, expected a digit from 0 to 9"
    );
    assert_eq!(error(read_positions(&positions(&[0, -7]))), "position 1 is -7, expected 0 or more");
    assert_eq!(
        error(read_positions(&positions(&[7, 7]))),
        "position 1 is 7, expected more than the one before it"
    );
}

/// A good file with some bytes changed, and perhaps cut off or extended.
fn damaged(file: Vec<u8>) -> impl Strategy<Value = Vec<u8>> {
    let length = file.len();
    let changes = vec((0..length, any::<u8>()), 0..4);
    let end = prop_oneof![4 => Just(length), 1 => 0..=length + 8];
    (changes, end).prop_map(move |(changes, end)| {
        let mut file = file.clone();
        for (at, byte) in changes {
            file[at] = byte;
        }
        file.resize(end, 0);
        file
    })
}

fn any_file() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        vec(any::<u8>(), 0..100),
        damaged(write_images(&[99; 3 * PIXELS])),
        damaged(file(&[5], &[0, 1, 2, 3, 4])),
        damaged(write_positions(&[3, 6, 9])),
    ]
}

proptest! {
    /// No file makes a reader panic, and what is accepted is what the writer would have written.
    #[test]
    fn any_file_is_read_or_refused(bytes in any_file()) {
        if let Ok(pixels) = read_images(&bytes) {
            prop_assert_eq!(write_images(pixels), bytes.as_slice());
        }
        if let Ok(positions) = read_positions(&bytes) {
            prop_assert_eq!(write_positions(&positions), bytes.as_slice());
        }
        if let Ok(labels) = read_labels(&bytes) {
            prop_assert_eq!(file(&[labels.len() as u32], labels), bytes);
        }
    }
}
