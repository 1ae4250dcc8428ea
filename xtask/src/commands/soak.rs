//! `cargo xtask soak`.

use std::process::Command;

use anyhow::{Context, Result};

use crate::{
    mnist::Mnist,
    npm::{self, Packages},
    paths::Paths,
    process::{run, say},
    site, tools,
};

/// Trains for a long time in headless Chromium and Firefox, and fails if the memory that the page
/// takes grows.
pub fn soak(paths: &Paths) -> Result<()> {
    let mnist = Mnist::find()?.context("MNIST cannot be had here; set MNIST_DIR")?;
    let browsers = tools::install(paths)?;
    let site = site::build(paths, Some(&mnist))?;
    npm::install(&paths.root.join("tests/page"), Packages::All)?;
    say("Training twenty times (a quarter of an hour in each browser)");
    run(browsers
        .name_in(&mut Command::new("node"))
        .arg(paths.root.join("tests/bench/soak.mjs"))
        .env("SITE", site))
}
