//! `cargo xtask train`, and other programs of the root package.

use std::{ffi::OsString, process::Command};

use anyhow::{Context, Result};

use crate::{
    mnist::Mnist,
    paths::Paths,
    process::{cargo, run, say},
};

/// Trains natively.
pub fn train(paths: &Paths, args: Vec<OsString>) -> Result<()> {
    native(paths, "train", &args)
}

/// Runs a program of the root package, one of `src/cli`, on MNIST.
fn native(paths: &Paths, program: &str, args: &[OsString]) -> Result<()> {
    let mnist = Mnist::find()?.context("MNIST cannot be had here; set MNIST_DIR")?;
    say("Compiling the networks for this machine (minutes at first, then seconds)");
    run(Command::new(cargo())
        .args(["run", "--package=mnist-cubic", "--features=cli"])
        .args(["--example", program, "--"])
        .args(args)
        .env("MNIST_DIR", mnist.folder)
        .current_dir(&paths.root))
}
