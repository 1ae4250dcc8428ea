//! MNIST's four files in a folder, for native commands.

use std::{collections::BTreeMap, fs, io::Read, path::Path, rc::Rc};

use flate2::read::GzDecoder;

use crate::{
    Error, Result,
    data::digits::{Digit, by_digit},
};

/// The largest of MNIST's files, uncompressed; a compressed file that gives more is not MNIST's.
const MAX_BYTES: u64 = 47_040_016;

/// MNIST by digit.
#[derive(Clone, Debug)]
pub struct Mnist {
    /// The images for training and validation.
    pub train: BTreeMap<u8, Rc<Digit>>,
    /// The images for testing.
    pub test: BTreeMap<u8, Rc<Digit>>,
}

impl Mnist {
    /// Reads the four files from `folder`, each with or without `.gz`.
    ///
    /// # Errors
    /// If a file is missing, cannot be read or is not what its name says.
    pub fn read(folder: &Path) -> Result<Self> {
        let part = |name: &str| {
            let images = file(folder, &format!("{name}-images-idx3-ubyte"))?;
            let labels = file(folder, &format!("{name}-labels-idx1-ubyte"))?;
            by_digit(&images, &labels).map_err(|e| e.of(format!("{name} in {}", folder.display())))
        };
        Ok(Self {
            train: part("train")?,
            test: part("t10k")?,
        })
    }
}

/// Reads a file of `folder`, compressed or not.
fn file(folder: &Path, name: &str) -> Result<Vec<u8>> {
    let plain = folder.join(name);
    if plain.exists() {
        return fs::read(&plain).map_err(|e| Error::new(format!("{}: {e}", plain.display())));
    }
    let compressed = folder.join(format!("{name}.gz"));
    let bytes = fs::read(&compressed).map_err(|e| {
        Error::new(format!(
            "neither {} nor {}: {e}",
            plain.display(),
            compressed.display()
        ))
    })?;
    gunzip(&bytes).map_err(|e| e.of(compressed.display()))
}

/// Decompresses a gzip file.
///
/// # Errors
/// If it is not gzip, is damaged or truncated, or gives more than the largest MNIST file.
pub fn gunzip(bytes: &[u8]) -> Result<Vec<u8>> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Err(Error::new(
            "this is not a gzip file: it does not begin with 1f 8b",
        ));
    }
    let mut out = Vec::new();
    GzDecoder::new(bytes)
        .take(MAX_BYTES + 1)
        .read_to_end(&mut out)
        .map_err(|e| Error::new(format!("the gzip file is damaged or truncated: {e}")))?;
    if out.len() as u64 > MAX_BYTES {
        return Err(Error::new(format!(
            "the gzip file gives more than {MAX_BYTES} bytes"
        )));
    }
    Ok(out)
}
