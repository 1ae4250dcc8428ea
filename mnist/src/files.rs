//! MNIST's four files in a folder, for native programs.

use std::{
    collections::BTreeMap,
    fs,
    io::{ErrorKind, Read},
    path::Path,
    rc::Rc,
};

use flate2::read::GzDecoder;

use crate::{DigitImages, Error, Result, by_digit, ensure, error};

/// The size of MNIST's largest file, uncompressed: the images for training.
const MAX_BYTES: u64 = 47_040_016;

/// MNIST by digit.
#[derive(Clone, Debug)]
pub struct Mnist {
    /// The images for training and validation, by digit.
    pub train: BTreeMap<u8, Rc<DigitImages>>,
    /// The images for testing, by digit.
    pub test: BTreeMap<u8, Rc<DigitImages>>,
}

impl Mnist {
    /// Reads the four files from `folder`, each with or without `.gz`.
    ///
    /// # Errors
    /// If a file is missing, cannot be read or is not what its name says.
    pub fn read(folder: &Path) -> Result<Self> {
        let set = |name: &str| {
            let images = read_file(folder, &format!("{name}-images-idx3-ubyte"))?;
            let labels = read_file(folder, &format!("{name}-labels-idx1-ubyte"))?;
            by_digit(&images, &labels).map_err(|e| e.of(format!("{name} in {}", folder.display())))
        };
        Ok(Self { train: set("train")?, test: set("t10k")? })
    }
}

/// The contents of the file `name` of `folder`, else of `name.gz`, decompressed.
///
/// # Errors
/// If neither is there, it cannot be read, or as for [`gunzip`].
pub fn read_file(folder: &Path, name: &str) -> Result<Vec<u8>> {
    let plain = folder.join(name);
    let compressed = folder.join(format!("{name}.gz"));
    match fs::read(&plain) {
        Ok(contents) => return Ok(contents),
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(unreadable(&plain, &error)),
    }
    let bytes = fs::read(&compressed).map_err(|error| match error.kind() {
        ErrorKind::NotFound => error!("{} has neither {name} nor {name}.gz", folder.display()),
        _ => unreadable(&compressed, &error),
    })?;
    gunzip(&bytes).map_err(|e| e.of(compressed.display()))
}

fn unreadable(path: &Path, error: &std::io::Error) -> Error {
    error!("{} cannot be read: {error}", path.display())
}

/// Decompresses a gzip file.
///
/// # Errors
/// If it is not gzip, is damaged or truncated, or gives more than the largest of MNIST's files.
pub fn gunzip(bytes: &[u8]) -> Result<Vec<u8>> {
    ensure!(
        bytes.starts_with(&[0x1f, 0x8b]),
        "this is not a gzip file: it does not begin with 1f 8b"
    );
    let mut contents = Vec::new();
    GzDecoder::new(bytes)
        .take(MAX_BYTES + 1)
        .read_to_end(&mut contents)
        .map_err(|e| error!("the gzip file is damaged or truncated: {e}"))?;
    let is_small = contents.len() as u64 <= MAX_BYTES;
    ensure!(is_small, "the gzip file gives more than {MAX_BYTES} bytes");
    Ok(contents)
}
