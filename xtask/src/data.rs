//! The images as the site carries them: for each digit a pair of files for training and one for the
//! test, and a manifest. Images lie in the order of the original file, and their positions in it
//! are kept, so that the page can restore the order of any choice of digits.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Write},
    panic,
    path::{Path, PathBuf},
    thread,
};

use anyhow::{Context, Result, ensure};
use flate2::{Compression, write::GzEncoder};
use serde::{Deserialize, Serialize};

use crate::{
    digits, idx,
    mnist::{Mnist, hex},
    paths::Paths,
    process::say,
};

/// Of each synthetic digit.
const SYNTHETIC_TRAIN: usize = 1000;
const SYNTHETIC_TEST: usize = 200;

/// Names the other files of its folder.
pub const MANIFEST: &str = "manifest.json";

/// Images and their labels.
type Set<'a> = (Vec<&'a [u8]>, &'a [u8]);

/// What the page reads first.
#[derive(Deserialize, Serialize)]
pub struct Manifest {
    /// "mnist" or "synthetic".
    pub source: String,
    /// What there is of each digit.
    pub digits: BTreeMap<u8, Digit>,
}

/// One digit.
#[derive(Deserialize, Serialize)]
pub struct Digit {
    /// For training and validation.
    pub train: Part,
    /// For the test.
    pub test: Part,
}

/// The images of a digit in one of MNIST's two sets.
#[derive(Deserialize, Serialize)]
pub struct Part {
    /// An IDX file of images, compressed.
    pub images: File,
    /// An IDX file of their positions in the original file, compressed.
    pub positions: File,
    /// How many.
    pub count: usize,
}

/// A file as it travels, which is compressed.
#[derive(Deserialize, Serialize)]
pub struct File {
    /// Beside the manifest.
    pub file: String,
    /// Compressed.
    pub bytes: usize,
    /// Of the compressed bytes.
    pub sha256: String,
}

impl Digit {
    /// All that travel when this digit is chosen.
    pub fn files(&self) -> [&File; 4] {
        let Self { train, test } = self;
        [
            &train.images,
            &train.positions,
            &test.images,
            &test.positions,
        ]
    }
}

/// A folder with a manifest and the files that it names.
pub struct Packed {
    /// The folder.
    pub folder: PathBuf,
    /// What is in it.
    pub manifest: Manifest,
}

/// Packs MNIST, or synthetic digits without it. Done once; later calls check what lies there.
pub fn pack(paths: &Paths, mnist: Option<&Mnist>) -> Result<Packed> {
    let (source, sources) = match mnist {
        Some(_) => ("mnist", &[][..]),
        None => ("synthetic", &digits::SOURCES[..]),
    };
    // Another program packs into another folder.
    let program = [&[include_str!("data.rs"), include_str!("idx.rs")], sources].concat();
    let key = &hex(program.concat().as_bytes())[..8];
    let folder = paths.target.join("data").join(format!("{source}-{key}"));
    if let Ok(manifest) = read(&folder) {
        return Ok(Packed { folder, manifest });
    }

    say(match mnist {
        Some(_) => "Packing MNIST, digit by digit",
        None => "Drawing synthetic digits",
    });
    fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
    let digits = match mnist {
        Some(mnist) => write(&folder, mnist.train()?, mnist.test()?)?,
        None => {
            let (train, train_labels) = digits::synthetic(1, SYNTHETIC_TRAIN);
            let (test, test_labels) = digits::synthetic(2, SYNTHETIC_TEST);
            let train = train.iter().map(|image| &image[..]).collect();
            let test = test.iter().map(|image| &image[..]).collect();
            write(&folder, (train, &train_labels), (test, &test_labels))?
        }
    };
    let manifest = Manifest {
        source: source.to_owned(),
        digits,
    };
    // Last, so that a folder with a manifest is complete.
    fs::write(folder.join(MANIFEST), serde_json::to_vec(&manifest)?)?;
    Ok(Packed { folder, manifest })
}

/// Reads a folder that was packed before, and checks its files.
fn read(folder: &Path) -> Result<Manifest> {
    let manifest: Manifest = serde_json::from_slice(&fs::read(folder.join(MANIFEST))?)?;
    for file in manifest.digits.values().flat_map(Digit::files) {
        let bytes = fs::read(folder.join(&file.file))?;
        ensure!(hex(&bytes) == file.sha256, "{} has changed", file.file);
    }
    Ok(manifest)
}

/// Writes the files of all digits.
fn write(folder: &Path, train: Set, test: Set) -> Result<BTreeMap<u8, Digit>> {
    let (train, test) = (&train, &test);
    thread::scope(|scope| {
        let digits: Vec<_> = (0..10)
            .map(|digit| {
                scope.spawn(move || -> Result<Digit> {
                    Ok(Digit {
                        train: write_part(folder, &format!("train-{digit}"), train, digit)?,
                        test: write_part(folder, &format!("test-{digit}"), test, digit)?,
                    })
                })
            })
            .collect();
        (0..)
            .zip(digits)
            .map(|(digit, thread)| match thread.join() {
                Ok(written) => Ok((digit, written?)),
                Err(panic) => panic::resume_unwind(panic),
            })
            .collect()
    })
}

/// Writes the images of a digit and their positions.
fn write_part(folder: &Path, name: &str, (images, labels): &Set, digit: u8) -> Result<Part> {
    let labelled = (0..).zip(images).zip(*labels);
    let (positions, images): (Vec<u32>, Vec<&[u8]>) = labelled
        .filter(|&(_, &label)| label == digit)
        .map(|((position, &image), _)| (position, image))
        .unzip();
    let write = |name: String, contents: &[u8]| -> Result<File> {
        let bytes = gzip(contents)?;
        fs::write(folder.join(&name), &bytes)?;
        Ok(File {
            file: name,
            bytes: bytes.len(),
            sha256: hex(&bytes),
        })
    };
    Ok(Part {
        // Not `.gz`: a host would announce that as an encoding, and browsers would undo it.
        images: write(format!("{name}-images.bin"), &idx::write_images(&images))?,
        positions: write(
            format!("{name}-positions.bin"),
            &idx::write_positions(&positions),
        )?,
        count: images.len(),
    })
}

fn gzip(contents: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(contents)?;
    encoder.finish()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a panic is how a test fails")]
mod tests {
    use std::{env, io::Read};

    use flate2::read::GzDecoder;

    use super::*;

    /// A folder of its own for each test, removed at its end.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let folder = env::temp_dir().join(format!("xtask-{name}-{}", std::process::id()));
            fs::create_dir_all(&folder).unwrap();
            Self(folder)
        }

        fn gunzip(&self, file: &File) -> Vec<u8> {
            let bytes = fs::read(self.0.join(&file.file)).unwrap();
            assert_eq!(
                (bytes.len(), hex(&bytes)),
                (file.bytes, file.sha256.clone())
            );
            let mut contents = Vec::new();
            GzDecoder::new(&bytes[..])
                .read_to_end(&mut contents)
                .unwrap();
            contents
        }

        /// The file that a choice of digits was taken from, put together again.
        fn restore<'a>(&self, parts: impl Iterator<Item = (u8, &'a Part)>) -> (Vec<u8>, Vec<u8>) {
            let mut restored = Vec::new();
            for (digit, part) in parts {
                let images = self.gunzip(&part.images);
                let images = idx::read_images(&images).unwrap();
                let positions = self.gunzip(&part.positions);
                let header = [&[0, 0, 0x0C, 1], &(part.count as u32).to_be_bytes()[..]].concat();
                assert_eq!(positions[..8], header);
                let positions: Vec<_> = positions[8..]
                    .chunks_exact(4)
                    .map(|bytes| u32::from_be_bytes(bytes.try_into().unwrap()))
                    .collect();
                assert!(positions.is_sorted());
                assert_eq!((images.len(), positions.len()), (part.count, part.count));
                for (position, image) in positions.into_iter().zip(images) {
                    restored.push((position, digit, image.to_vec()));
                }
            }
            restored.sort();
            assert!(
                (0..).zip(&restored).all(|(i, image)| image.0 == i),
                "none is missing"
            );
            let labels = restored.iter().map(|image| image.1).collect();
            (
                restored.into_iter().flat_map(|image| image.2).collect(),
                labels,
            )
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    /// Packs, then compares what comes out with what went in.
    fn round_trip(folder: &Folder, train: Set, test: Set) -> BTreeMap<u8, Digit> {
        let concat = |(images, labels): &Set| (images.concat(), labels.to_vec());
        let (train_before, test_before) = (concat(&train), concat(&test));
        let digits = write(&folder.0, train, test).unwrap();
        let train = folder.restore(digits.iter().map(|(&digit, parts)| (digit, &parts.train)));
        let test = folder.restore(digits.iter().map(|(&digit, parts)| (digit, &parts.test)));
        assert!(train == train_before, "the training set differs");
        assert!(test == test_before, "the test set differs");
        digits
    }

    #[test]
    fn restores_the_order_of_the_file() {
        let folder = Folder::new("restores");
        let images: Vec<[u8; idx::PIXELS]> = (0..7).map(|i| [i; _]).collect();
        let images: Vec<&[u8]> = images.iter().map(|image| &image[..]).collect();
        let (train, test) = images.split_at(5);
        round_trip(
            &folder,
            (train.to_vec(), &[5, 0, 5, 9, 0]),
            (test.to_vec(), &[2, 2]),
        );
    }

    /// Against the counts that are published with MNIST.
    #[test]
    fn restores_mnist() {
        if env::var_os("MNIST_DIR").is_none() {
            eprintln!("MNIST_DIR is not set: skipped");
            return;
        }
        let mnist = Mnist::find().unwrap().unwrap();
        let folder = Folder::new("mnist");
        let digits = round_trip(&folder, mnist.train().unwrap(), mnist.test().unwrap());
        let counts = |digit| (digits[&digit].train.count, digits[&digit].test.count);
        assert_eq!(counts(0), (5923, 980));
        assert_eq!(counts(2), (5958, 1032));
        assert_eq!(counts(5), (5421, 892));
        let sum = digits.values().fold((0, 0), |sum, digit| {
            (sum.0 + digit.train.count, sum.1 + digit.test.count)
        });
        assert_eq!(sum, (60_000, 10_000));
    }

    #[test]
    fn notices_a_change() {
        let folder = Folder::new("notices");
        let images = vec![&[7; idx::PIXELS][..]; 10];
        let labels: Vec<u8> = (0..10).collect();
        let digits = write(&folder.0, (images.clone(), &labels), (images, &labels)).unwrap();
        let manifest = Manifest {
            source: "mnist".into(),
            digits,
        };
        assert!(read(&folder.0).is_err(), "there is no manifest yet");
        fs::write(
            folder.0.join(MANIFEST),
            serde_json::to_vec(&manifest).unwrap(),
        )
        .unwrap();
        assert!(read(&folder.0).is_ok());
        fs::write(folder.0.join("test-3-images.bin"), "other").unwrap();
        assert!(read(&folder.0).is_err());
    }

    /// The synthetic digits take turns, so that any part of the file has all of them.
    #[test]
    fn mixes_synthetic_digits() {
        let (images, labels) = digits::synthetic(1, 3);
        assert_eq!(images.len(), 30);
        assert_eq!(labels[8..12], [8, 9, 0, 1]);
        assert!(
            images
                .iter()
                .all(|image| image.iter().any(|&pixel| pixel > 200))
        );
    }
}
