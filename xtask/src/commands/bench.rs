//! `cargo xtask bench`.

use std::{path::PathBuf, process::Command};

use anyhow::{Context, Result};

use crate::{
    mnist::Mnist,
    npm::{self, Packages},
    paths::Paths,
    process::{run, say},
    site, tools,
};

/// Measures speed in headless Chromium and Firefox, prints a table and writes JSON. With a Python
/// that has Keras, measures that on the same work, too.
pub fn bench(paths: &Paths, keras: Option<PathBuf>) -> Result<()> {
    let mnist = Mnist::find()?.context("MNIST cannot be had here; set MNIST_DIR")?;
    let browsers = tools::install(paths)?;
    let site = site::build(paths, Some(&mnist))?;
    npm::install(&paths.root.join("tests/page"), Packages::All)?;
    say("Measuring, in Firefox and Chromium (minutes)");
    let json = paths.target.join("bench.json");
    let mut command = Command::new("node");
    browsers
        .name_in(&mut command)
        .arg(paths.root.join("tests/bench/bench.mjs"))
        .env("SITE", site)
        .env("JSON_FILE", &json);
    if let Some(python) = keras {
        command.env("KERAS", python).env("MNIST", &mnist.folder);
    }
    run(&mut command)?;
    println!("\nAlso in {}.", json.display());
    Ok(())
}
