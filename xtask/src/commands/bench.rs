//! `cargo xtask bench`.

use std::process::Command;

use anyhow::{Context, Result};

use crate::{
    mnist::Mnist,
    npm::{self, Packages},
    paths::Paths,
    process::{run, say},
    site, tools,
};

/// Measures speed in headless Chromium and Firefox, prints a table and writes JSON.
pub fn bench(paths: &Paths) -> Result<()> {
    let mnist = Mnist::find()?.context("MNIST cannot be had here; set MNIST_DIR")?;
    let browsers = tools::install(paths)?;
    let site = site::build(paths, Some(&mnist))?;
    npm::install(&paths.root.join("tests/page"), Packages::All)?;
    say("Measuring, in Firefox and Chromium (minutes)");
    let json = paths.target.join("bench.json");
    run(browsers
        .name_in(&mut Command::new("node"))
        .arg(paths.root.join("tests/bench/bench.mjs"))
        .env("SITE", site)
        .env("JSON_FILE", &json))?;
    println!("\nAlso in {}.", json.display());
    Ok(())
}
