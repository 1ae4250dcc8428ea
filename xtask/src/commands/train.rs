//! `cargo xtask train`.

use std::{ffi::OsString, process::Command};

use anyhow::{Context, Result};

use crate::{
    mnist::Mnist,
    paths::Paths,
    process::{cargo, run, say},
};

const USAGE: &str = include_str!("../../../src/cli/train.txt");

/// Trains natively, by the program in `src/cli`.
pub fn train(paths: &Paths, args: &[OsString]) -> Result<()> {
    if args.iter().any(|arg| arg == "--help" || arg == "-h") {
        print!("{USAGE}");
        return Ok(());
    }
    let mnist = Mnist::find()?.context("MNIST cannot be had here; set MNIST_DIR")?;
    say("Compiling the networks for this machine (minutes at first, then seconds)");
    // Where the caller stands: the names of files in `args` are meant from there.
    run(Command::new(cargo())
        .arg("run")
        .arg("--manifest-path")
        .arg(paths.root.join("Cargo.toml"))
        .args(["--package=mnist-cubic", "--features=cli"])
        .args(["--example", "train", "--"])
        .args(args)
        .env("MNIST_DIR", mnist.folder))
}
