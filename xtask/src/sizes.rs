//! How much a visitor downloads, against the budget.

use std::{path::Path, process::Command};

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::{data::Manifest, process::output};

/// The digits that the page begins with.
const DIGITS: [u8; 3] = [0, 2, 5];

/// A file of the site; sizes in bytes.
#[derive(Deserialize)]
struct File {
    path: String,
    plain: usize,
    brotli: usize,
    gzip: usize,
}

/// Sums of file sizes.
#[derive(Default)]
struct Size {
    plain: usize,
    brotli: usize,
    gzip: usize,
}

/// Writes `.br` and `.gz` files beside those of the site that they make smaller, and prints what a
/// first visit costs.
pub fn compress(site: &Path, data: &Manifest) -> Result<()> {
    let files = output(
        Command::new("node")
            .args(["--input-type=module", "--eval", include_str!("compress.mjs")])
            .arg(site),
    )?;
    let files: Vec<File> = serde_json::from_str(&files).context("reading the sizes")?;
    let sum = |chosen: &dyn Fn(&str) -> bool| {
        let mut sum = Size::default();
        for file in files.iter().filter(|file| chosen(&file.path)) {
            sum.plain += file.plain;
            sum.brotli += file.brotli;
            sum.gzip += file.gzip;
        }
        sum
    };
    let is_data = |path: &str| path.starts_with("data/");
    let is_weights = |path: &str| path.ends_with(".safetensors");
    let chosen = DIGITS.iter().flat_map(|digit| data.digits[digit].files());
    let chosen: Vec<_> = chosen.map(|file| format!("/{}", file.file)).collect();

    println!("\n{:34}{:>10}{:>10}{:>10}{:>10}", "", "plain", "brotli", "gzip", "budget");
    let page = sum(&|path| !is_data(path) && !is_weights(path));
    row("page and wasm", &page, Some((page.brotli, 520_000)));
    row("  of which wasm", &sum(&|path| path.ends_with(".wasm")), None);
    let weights = sum(&is_weights);
    row("ready-made weights", &weights, Some((weights.plain, 460_000)));
    let named = |path: &str| chosen.iter().any(|name| path.ends_with(name));
    let images = sum(&|path| is_data(path) && named(path));
    row("images of digits 0, 2 and 5", &images, Some((images.brotli, 3_800_000)));
    row("images of all digits", &sum(&is_data), None);
    Ok(())
}

/// Prints sizes in kB, and what one of them may be.
fn row(name: &str, size: &Size, budget: Option<(usize, usize)>) {
    let kilobytes = |bytes: usize| format!("{:.1}", bytes as f64 / 1000.0);
    let verdict = match budget {
        Some((is, budget)) if is > budget => format!("{} OVER", kilobytes(budget)),
        Some((_, budget)) => kilobytes(budget),
        None => String::new(),
    };
    let [plain, brotli, gzip] = [size.plain, size.brotli, size.gzip].map(kilobytes);
    println!("{name:30} kB {plain:>10}{brotli:>10}{gzip:>10}{verdict:>10}");
}
