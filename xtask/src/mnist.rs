//! MNIST's four files: where they are found, and whether they are the right ones.

use std::{
    env, fs,
    path::{self, Path, PathBuf},
    process::{self, Command},
};

use anyhow::{Context, Result, bail, ensure};
use mnist::files::{gunzip, read_file};
use sha2::{Digest, Sha256};

use crate::process::{run, say};

/// Public copies of the original `.gz` files.
const MIRRORS: [&str; 2] = [
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
];

/// The files as the mirrors have them, without `.gz`, and the SHA-256 of their uncompressed bytes.
const FILES: [File; 4] = [
    ("train-images-idx3-ubyte", "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
    ("train-labels-idx1-ubyte", "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
    ("t10k-images-idx3-ubyte", "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
    ("t10k-labels-idx1-ubyte", "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
];
type File = (&'static str, &'static str);

/// The folder with MNIST's four files, which were checked: `MNIST_DIR`, else the cache, into which
/// they are downloaded. `None`, and a word about it on the console, where they cannot be had.
pub fn find() -> Result<Option<PathBuf>> {
    if let Some(folder) = env::var_os("MNIST_DIR").filter(|folder| !folder.is_empty()) {
        // Absolute, as commands that read it run elsewhere.
        let folder = path::absolute(folder)?;
        let checked = FILES.iter().try_for_each(|file| check_in(&folder, file));
        checked.context("MNIST_DIR is set, but its files cannot be used")?;
        return Ok(Some(folder));
    }
    let Some(cache) = cache() else {
        println!("  There is no HOME to keep MNIST in; set MNIST_DIR instead.");
        return Ok(None);
    };
    if FILES.iter().all(|file| check_in(&cache, file).is_ok()) {
        return Ok(Some(cache));
    }
    say("Downloading MNIST (11 MB, once)");
    match FILES.iter().try_for_each(|file| fetch(file, &cache)) {
        Ok(()) => Ok(Some(cache)),
        Err(error) => {
            println!("  {error:#}");
            Ok(None)
        }
    }
}

/// Where downloads are kept for all work trees, if this user has such a place.
fn cache() -> Option<PathBuf> {
    let from = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let cache = from("XDG_CACHE_HOME").or_else(|| from("LOCALAPPDATA"));
    let cache = cache.or_else(|| Some(from("HOME")?.join(".cache")));
    cache.map(|cache| cache.join("mnist-cubic/mnist"))
}

/// Brings a file into the cache, unless it is there.
fn fetch(file: &File, cache: &Path) -> Result<()> {
    let name = file.0;
    if check_in(cache, file).is_ok() {
        return Ok(());
    }
    fs::create_dir_all(cache).with_context(|| format!("making {}", cache.display()))?;
    let part = cache.join(format!("{name}.{}.part", process::id()));
    for mirror in MIRRORS {
        let url = format!("{mirror}{}.gz", name);
        println!("  {url}");
        let checked = download(&url, &part).and_then(|()| check(file, &gunzip(&fs::read(&part)?)?));
        match checked {
            Ok(()) => {
                // A damaged one would be read first.
                let _ = fs::remove_file(cache.join(name));
                return Ok(fs::rename(&part, cache.join(format!("{}.gz", name)))?);
            }
            Err(error) => println!("  {error:#}"),
        }
        let _ = fs::remove_file(&part);
    }
    bail!("no mirror gave {}", name)
}

/// Downloads a URL into a file. What does not answer, or stops answering, is given up soon.
fn download(url: &str, file: &Path) -> Result<()> {
    run(Command::new("curl")
        .args(["--fail", "--silent", "--show-error", "--location", "--retry", "1"])
        .args(["--connect-timeout", "5", "--speed-limit", "1", "--speed-time", "20"])
        .args(["--max-filesize", "20000000", url, "--output"])
        .arg(file))
}

/// Checks a file, plain or `.gz`, of a folder.
fn check_in(folder: &Path, file: &File) -> Result<()> {
    check(file, &read_file(folder, file.0)?).with_context(|| folder.display().to_string())
}

/// Checks the contents of a file.
fn check((name, expected): &File, contents: &[u8]) -> Result<()> {
    let sha256 = hex(contents);
    ensure!(
        sha256 == *expected,
        "these are not the bytes of MNIST's {name}: the SHA-256 is {sha256} and not {expected}"
    );
    Ok(())
}

/// The SHA-256 of bytes, as hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a panic is how a test fails")]
mod tests {
    use super::*;

    /// "abc", with the SHA-256 that FIPS 180-2 prints for it.
    const ABC: File = ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");

    #[test]
    fn refuses_other_bytes() {
        assert!(check(&ABC, b"abc").is_ok());
        for bytes in [&b"abd"[..], b"ab", b"abcd", b""] {
            let error = check(&ABC, bytes).unwrap_err().to_string();
            assert!(error.contains("not the bytes of MNIST's abc"), "{error}");
        }
    }

    #[test]
    fn says_why_nothing_can_be_kept() {
        let file = env::temp_dir().join(format!("xtask-cache-{}", process::id()));
        fs::write(&file, "a file where the cache should be").unwrap();
        let error = fetch(&ABC, &file.join("mnist")).unwrap_err().to_string();
        fs::remove_file(file).unwrap();
        assert!(error.starts_with("making "), "{error}");
    }
}
