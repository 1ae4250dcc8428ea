//! The images as the site carries them: for each digit a pair of files for training and one for the
//! test, and a manifest. Images lie in the order of the original file, and their indices in it are
//! kept, so that the page can restore the order of any choice of digits.

use std::{
    collections::BTreeMap,
    fs,
    io::Write,
    path::{Path, PathBuf},
    rc::Rc,
};

use anyhow::{Context, Result, ensure};
use flate2::{Compression, write::GzEncoder};
use mnist::{DigitImages, files::Mnist, idx, synthetic};
use serde_json::{Value, json};

use crate::{Paths, mnist::hex, process::say};

/// Synthetic images of each digit.
const SYNTHETIC_TRAIN: usize = 1000;
const SYNTHETIC_TEST: usize = 200;

/// The sources that decide what the files hold: another program packs into another folder.
const SOURCES: [&str; 5] = [
    include_str!("data.rs"),
    include_str!("../../mnist/src/idx.rs"),
    include_str!("../../mnist/src/digits.rs"),
    include_str!("../../mnist/src/raster.rs"),
    include_str!("../../mnist/src/synthetic.rs"),
];

/// What the page reads first; names the other files of its folder.
const MANIFEST: &str = "manifest.json";

/// The images of each digit in one of MNIST's two sets.
type Set = BTreeMap<u8, Rc<DigitImages>>;

/// Packs MNIST, or synthetic digits without it, and returns the folder with the manifest and the
/// files that it names. Done once; later calls check what lies there.
pub fn pack(paths: &Paths, mnist: Option<&Path>) -> Result<PathBuf> {
    let source = if mnist.is_some() { "mnist" } else { "synthetic" };
    let key = &hex(SOURCES.concat().as_bytes())[..8];
    let folder = paths.target.join("data").join(format!("{source}-{key}"));
    if check(&folder).is_ok() {
        return Ok(folder);
    }
    let (train, test) = if let Some(mnist) = mnist {
        say("Packing MNIST, digit by digit");
        let Mnist { train, test } = Mnist::read(mnist)?;
        (train, test)
    } else {
        say("Drawing synthetic digits");
        (draw(1, SYNTHETIC_TRAIN), draw(2, SYNTHETIC_TEST))
    };
    write(&folder, source, [("train", &train), ("test", &test)])?;
    Ok(folder)
}

/// Draws `count` synthetic images of each digit.
fn draw(seed: u64, count: usize) -> Set {
    (0..10).map(|digit| (digit, Rc::new(synthetic::images(seed, digit, count)))).collect()
}

/// Checks the files of a folder that was packed before, and returns its manifest.
fn check(folder: &Path) -> Result<Value> {
    let manifest: Value = serde_json::from_slice(&fs::read(folder.join(MANIFEST))?)?;
    for digit in 0..10 {
        for set in ["train", "test"] {
            for kind in ["images", "positions"] {
                let entry = &manifest["digits"][digit.to_string()][set][kind];
                let file = entry["file"].as_str().context("a file is not named")?;
                ensure!(entry["sha256"] == hex(&fs::read(folder.join(file))?), "{file} changed");
            }
        }
    }
    Ok(manifest)
}

/// Writes the files of all digits, and the manifest last, so that a folder with one is complete.
fn write(folder: &Path, source: &str, sets: [(&str, &Set); 2]) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    let mut digits = json!({});
    for (set, images) in sets {
        for (digit, images) in images {
            let file = |kind: &str, contents: &[u8]| -> Result<Value> {
                let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
                encoder.write_all(contents)?;
                let bytes = encoder.finish()?;
                // Not `.gz`: a host would announce that as an encoding, and browsers would undo it.
                let name = format!("{set}-{digit}-{kind}.bin");
                fs::write(folder.join(&name), &bytes)?;
                Ok(json!({ "file": name, "bytes": bytes.len(), "sha256": hex(&bytes) }))
            };
            digits[digit.to_string()][set] = json!({
                "images": file("images", &idx::write_images(&images.pixels))?,
                "positions": file("positions", &idx::write_positions(&images.file_indices))?,
                "count": images.file_indices.len(),
            });
        }
    }
    let manifest = json!({ "source": source, "digits": digits });
    Ok(fs::write(folder.join(MANIFEST), serde_json::to_vec(&manifest)?)?)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a panic is how a test fails")]
mod tests {
    use std::env;

    use mnist::files::gunzip;

    use super::*;

    /// What comes out is what went in, and a file that changes is noticed.
    #[test]
    fn packs_digits() {
        let folder = env::temp_dir().join(format!("xtask-data-{}", std::process::id()));
        let sets = [("train", &draw(1, 3)), ("test", &draw(2, 2))];
        write(&folder, "synthetic", sets).unwrap();
        let manifest = check(&folder).unwrap();
        for (set, digits) in sets {
            for (digit, images) in digits {
                let part = &manifest["digits"][digit.to_string()][set];
                let read = |kind| {
                    let bytes = fs::read(folder.join(part[kind]["file"].as_str().unwrap()));
                    let bytes = bytes.unwrap();
                    assert_eq!(part[kind]["bytes"], bytes.len());
                    gunzip(&bytes).unwrap()
                };
                let packed = DigitImages::read(&read("images"), &read("positions")).unwrap();
                assert!(packed == **images, "{set} {digit}");
                assert_eq!(part["count"], packed.file_indices.len());
            }
        }
        fs::write(folder.join("test-3-images.bin"), "other").unwrap();
        assert!(check(&folder).is_err());
        fs::remove_dir_all(folder).unwrap();
    }
}
