//! `cargo xtask train` and `cargo xtask runs`: the programs in `examples`, with MNIST.

use std::{ffi::OsString, process::Command};

use anyhow::{Context, Result};

use crate::{
    mnist::Mnist,
    paths::Paths,
    process::{cargo, run, say},
};

/// Trains one network natively.
pub fn train(paths: &Paths, args: &[OsString]) -> Result<()> {
    run_example(paths, "train", args)
}

/// Trains the notebook's networks and the control from ten seeds, and writes what the page shows
/// before one trains: the ten runs' file and the ready-made weights.
pub fn runs(paths: &Paths) -> Result<()> {
    run_example(paths, "runs", &[paths.www().into()])
}

fn run_example(paths: &Paths, example: &str, args: &[OsString]) -> Result<()> {
    let mut command = Command::new(cargo());
    // Where the caller stands: the names of files in `args` are meant from there.
    command
        .arg("run")
        .arg("--manifest-path")
        .arg(paths.root.join("Cargo.toml"))
        .args(["--package=mnist-cubic", "--features=cli", "--example", example, "--"])
        .args(args);
    let asks_for_help = args.iter().any(|arg| arg == "--help" || arg == "-h");
    if !asks_for_help {
        let mnist = Mnist::find()?.context("MNIST cannot be had here; set MNIST_DIR")?;
        command.env("MNIST_DIR", mnist.folder);
    }
    say("Compiling the networks for this machine (minutes at first, then seconds)");
    run(&mut command)
}
