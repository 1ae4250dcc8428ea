//! `cargo xtask parity`.

use std::process::Command;

use anyhow::{Context, Result};

use crate::{
    mnist::Mnist,
    paths::Paths,
    process::{run, say},
    site,
};

/// Trains each network ten times in WebAssembly and compares with ten native Keras runs.
pub fn parity(paths: &Paths) -> Result<()> {
    let mnist = Mnist::find()?.context("MNIST cannot be had here; set MNIST_DIR")?;
    let site = site::build(paths, Some(&mnist))?;
    say("Training each network ten times (minutes)");
    run(Command::new("node").arg(paths.root.join("tests/parity/parity.mjs")).env("SITE", site))
}
