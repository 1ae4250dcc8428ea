//! The images as the site carries them: for each digit a pair of files for training and one for the
//! test, and a manifest. Images lie in the order of the original file, and their positions in it
//! are kept, so that the page can restore the order of any choice of digits.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Write},
    panic,
    path::{Path, PathBuf},
    rc::Rc,
    thread,
};

use anyhow::{Context, Result, ensure};
use flate2::{Compression, write::GzEncoder};
use mnist::{DigitImages, idx, synthetic};
use serde::{Deserialize, Serialize};

use crate::{
    mnist::{Mnist, hex},
    paths::Paths,
    process::say,
};

/// Synthetic images of each digit.
const SYNTHETIC_TRAIN: usize = 1000;
const SYNTHETIC_TEST: usize = 200;

/// The sources that decide what the files hold.
const SOURCES: [&str; 3] = [
    include_str!("data.rs"),
    include_str!("../../mnist/src/idx.rs"),
    include_str!("../../mnist/src/digits.rs"),
];
/// The sources that decide what synthetic digits look like.
const SYNTHETIC_SOURCES: [&str; 2] =
    [include_str!("../../mnist/src/raster.rs"), include_str!("../../mnist/src/synthetic.rs")];

/// Names the other files of its folder.
pub const MANIFEST: &str = "manifest.json";

/// The images of each digit in one of MNIST's two sets.
type Set = BTreeMap<u8, Rc<DigitImages>>;

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
        [&train.images, &train.positions, &test.images, &test.positions]
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
        None => ("synthetic", &SYNTHETIC_SOURCES[..]),
    };
    // Another program packs into another folder.
    let program = [&SOURCES, sources].concat();
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
        Some(mnist) => write(&folder, &mnist.train()?, &mnist.test()?)?,
        None => write(&folder, &draw(1, SYNTHETIC_TRAIN), &draw(2, SYNTHETIC_TEST))?,
    };
    let manifest = Manifest { source: source.to_owned(), digits };
    // Last, so that a folder with a manifest is complete.
    fs::write(folder.join(MANIFEST), serde_json::to_vec(&manifest)?)?;
    Ok(Packed { folder, manifest })
}

/// Draws `count` synthetic images of each digit.
fn draw(seed: u64, count: usize) -> Set {
    (0..10).map(|digit| (digit, Rc::new(synthetic::images(seed, digit, count)))).collect()
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
fn write(folder: &Path, train: &Set, test: &Set) -> Result<BTreeMap<u8, Digit>> {
    thread::scope(|scope| {
        let mut threads = Vec::new();
        for (&digit, train) in train {
            let test = test
                .get(&digit)
                .with_context(|| format!("there are no test images of digit {digit}"))?;
            // `Rc` cannot go to another thread; what it points to can.
            let (train, test): (&DigitImages, &DigitImages) = (train, test);
            let thread = scope.spawn(move || -> Result<Digit> {
                Ok(Digit {
                    train: write_part(folder, &format!("train-{digit}"), train)?,
                    test: write_part(folder, &format!("test-{digit}"), test)?,
                })
            });
            threads.push((digit, thread));
        }
        threads
            .into_iter()
            .map(|(digit, thread)| match thread.join() {
                Ok(written) => Ok((digit, written?)),
                Err(panic) => panic::resume_unwind(panic),
            })
            .collect()
    })
}

/// Writes the images of a digit and their positions.
fn write_part(folder: &Path, name: &str, digit: &DigitImages) -> Result<Part> {
    let write = |name: String, contents: &[u8]| -> Result<File> {
        let bytes = gzip(contents)?;
        fs::write(folder.join(&name), &bytes)?;
        Ok(File { file: name, bytes: bytes.len(), sha256: hex(&bytes) })
    };
    Ok(Part {
        // Not `.gz`: a host would announce that as an encoding, and browsers would undo it.
        images: write(format!("{name}-images.bin"), &idx::write_images(&digit.pixels))?,
        positions: write(
            format!("{name}-positions.bin"),
            &idx::write_positions(&digit.file_indices),
        )?,
        count: digit.file_indices.len(),
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
    use std::env;

    use mnist::files::gunzip;

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
            assert_eq!((bytes.len(), hex(&bytes)), (file.bytes, file.sha256.clone()));
            gunzip(&bytes).unwrap()
        }

        /// Reads a digit's images again.
        fn read(&self, part: &Part) -> DigitImages {
            let images = self.gunzip(&part.images);
            let digit = DigitImages::read(&images, &self.gunzip(&part.positions)).unwrap();
            assert_eq!(digit.file_indices.len(), part.count);
            digit
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    /// Packs, then compares what comes out with what went in.
    fn round_trip(folder: &Folder, train: &Set, test: &Set) {
        let digits = write(&folder.0, train, test).unwrap();
        assert!(digits.keys().eq(train.keys()));
        for (digit, parts) in &digits {
            assert!(folder.read(&parts.train) == *train[digit], "train {digit}");
            assert!(folder.read(&parts.test) == *test[digit], "test {digit}");
        }
    }

    #[test]
    fn packs_synthetic_digits() {
        round_trip(&Folder::new("synthetic"), &draw(1, 3), &draw(2, 2));
    }

    #[test]
    fn packs_mnist() {
        if env::var_os("MNIST_DIR").is_none() {
            eprintln!("MNIST_DIR is not set: skipped");
            return;
        }
        let mnist = Mnist::find().unwrap().unwrap();
        round_trip(&Folder::new("mnist"), &mnist.train().unwrap(), &mnist.test().unwrap());
    }

    #[test]
    fn refuses_a_digit_without_test_images() {
        let folder = Folder::new("refuses");
        let result = write(&folder.0, &draw(1, 1), &Set::new());
        assert_eq!(result.err().unwrap().to_string(), "there are no test images of digit 0");
    }

    #[test]
    fn notices_a_change() {
        let folder = Folder::new("notices");
        let digits = write(&folder.0, &draw(1, 1), &draw(2, 1)).unwrap();
        let manifest = Manifest { source: "synthetic".into(), digits };
        assert!(read(&folder.0).is_err(), "there is no manifest yet");
        fs::write(folder.0.join(MANIFEST), serde_json::to_vec(&manifest).unwrap()).unwrap();
        assert!(read(&folder.0).is_ok());
        fs::write(folder.0.join("test-3-images.bin"), "other").unwrap();
        assert!(read(&folder.0).is_err());
    }
}
