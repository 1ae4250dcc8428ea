//! MNIST's four files: where they are found, and whether they are the right ones.

use std::{
    collections::BTreeMap,
    env, fs,
    path::{self, Path, PathBuf},
    rc::Rc,
};

use anyhow::{Context, Result, bail};
use mnist::{
    DigitImages, by_digit,
    files::{gunzip, read_file},
};
use sha2::{Digest, Sha256};

use crate::{download::download, paths, process::say};

/// Public copies of the original `.gz` files.
const MIRRORS: [&str; 2] = [
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
];

/// A file as the mirrors have it, without `.gz`.
struct File {
    name: &'static str,
    /// Of the uncompressed bytes.
    sha256: &'static str,
}

const TRAIN_IMAGES: File = File {
    name: "train-images-idx3-ubyte",
    sha256: "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
};
const TRAIN_LABELS: File = File {
    name: "train-labels-idx1-ubyte",
    sha256: "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
};
const TEST_IMAGES: File = File {
    name: "t10k-images-idx3-ubyte",
    sha256: "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
};
const TEST_LABELS: File = File {
    name: "t10k-labels-idx1-ubyte",
    sha256: "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
};
const FILES: [&File; 4] = [&TRAIN_IMAGES, &TRAIN_LABELS, &TEST_IMAGES, &TEST_LABELS];

/// MNIST as it lies on disk, checked.
pub struct Mnist {
    /// The folder with the four files.
    pub folder: PathBuf,
    train: [Vec<u8>; 2],
    test: [Vec<u8>; 2],
}

impl Mnist {
    /// Finds MNIST in `MNIST_DIR`, else in the cache, else on the mirrors. `None`, and a word about
    /// it on the console, where none of these has it.
    pub fn find() -> Result<Option<Self>> {
        if let Some(folder) = env::var_os("MNIST_DIR").filter(|folder| !folder.is_empty()) {
            let mnist = Self::read(Path::new(&folder));
            return mnist.context("MNIST_DIR is set, but its files cannot be used").map(Some);
        }
        let Some(cache) = paths::cache().map(|cache| cache.join("mnist")) else {
            println!("  There is no HOME to keep MNIST in; set MNIST_DIR instead.");
            return Ok(None);
        };
        if let Ok(mnist) = Self::read(&cache) {
            return Ok(Some(mnist));
        }
        say("Downloading MNIST (11 MB, once)");
        fs::create_dir_all(&cache).with_context(|| format!("making {}", cache.display()))?;
        for file in FILES {
            if let Err(error) = fetch(file, &cache) {
                println!("  {error:#}");
                return Ok(None);
            }
        }
        Self::read(&cache).map(Some)
    }

    /// Reads and checks the four files of a folder.
    fn read(folder: &Path) -> Result<Self> {
        Ok(Self {
            // Absolute, as commands that read it run elsewhere.
            folder: path::absolute(folder)?,
            train: [read(folder, &TRAIN_IMAGES)?, read(folder, &TRAIN_LABELS)?],
            test: [read(folder, &TEST_IMAGES)?, read(folder, &TEST_LABELS)?],
        })
    }

    /// The images for training, by digit.
    pub fn train(&self) -> Result<BTreeMap<u8, Rc<DigitImages>>> {
        let [images, labels] = &self.train;
        Ok(by_digit(images, labels)?)
    }

    /// The images for testing, by digit.
    pub fn test(&self) -> Result<BTreeMap<u8, Rc<DigitImages>>> {
        let [images, labels] = &self.test;
        Ok(by_digit(images, labels)?)
    }
}

/// Brings a file into the cache, unless it is there.
fn fetch(file: &File, cache: &Path) -> Result<()> {
    if read(cache, file).is_ok() {
        return Ok(());
    }
    let part = cache.join(format!("{}.part", file.name));
    for mirror in MIRRORS {
        let url = format!("{mirror}{}.gz", file.name);
        println!("  {url}");
        let checked = download(&url, &part).and_then(|()| {
            let contents = gunzip(&fs::read(&part)?)?;
            check(file, &contents)
        });
        match checked {
            Ok(()) => {
                fs::rename(&part, cache.join(format!("{}.gz", file.name)))?;
                return Ok(());
            }
            Err(error) => println!("  {error:#}"),
        }
    }
    bail!("no mirror gave {}", file.name)
}

/// Reads a file, plain or `.gz`, and checks it.
fn read(folder: &Path, file: &File) -> Result<Vec<u8>> {
    let contents = read_file(folder, file.name)?;
    check(file, &contents).with_context(|| folder.display().to_string())?;
    Ok(contents)
}

/// Checks the contents of a file.
fn check(file: &File, contents: &[u8]) -> Result<()> {
    let sha256 = hex(contents);
    if sha256 != file.sha256 {
        bail!(
            "these are not the bytes of MNIST's {}: the SHA-256 is {sha256} and not {}",
            file.name,
            file.sha256
        );
    }
    Ok(())
}

/// The SHA-256 of bytes, as hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;

    let mut hex = String::new();
    for byte in Sha256::digest(bytes) {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a panic is how a test fails")]
mod tests {
    use super::*;

    /// "abc", with the SHA-256 that FIPS 180-2 prints for it.
    const ABC: File = File {
        name: "abc",
        sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    };
    /// What `printf abc | gzip -n` writes.
    const ABC_GZ: &[u8] = &[
        0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0x4b, 0x4c, 0x4a, 6, 0, 0xc2, 0x41, 0x24, 0x35, 3, 0,
        0, 0,
    ];

    fn folder(name: &str) -> PathBuf {
        let folder = env::temp_dir().join(format!("xtask-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    #[test]
    fn reads_plain_and_compressed_files() {
        let folder = folder("reads");
        let missing = read(&folder, &ABC).unwrap_err().to_string();
        assert!(missing.ends_with("has neither abc nor abc.gz"), "{missing}");
        fs::write(folder.join("abc.gz"), ABC_GZ).unwrap();
        assert_eq!(read(&folder, &ABC).unwrap(), b"abc");
        fs::write(folder.join("abc"), "abd").unwrap();
        assert!(read(&folder, &ABC).is_err(), "the plain file comes first");
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn refuses_other_bytes() {
        for bytes in [&b"abd"[..], b"ab", b"abcd", b""] {
            let error = check(&ABC, bytes).unwrap_err().to_string();
            assert!(error.contains("not the bytes of MNIST's abc"), "{error}");
        }
    }
}
