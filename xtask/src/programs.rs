//! `cargo xtask train` and `runs`: the programs in `examples`, with MNIST. `cargo xtask bench`, `soak`,
//! `parity` and `preview`: Node programs that measure the built site, or take its picture.

use std::{env, ffi::OsString, path::PathBuf, process::Command};

use anyhow::{Context, Result};

use crate::{
    Paths, mnist,
    process::{cargo, run, say},
    site,
    tools::{self, Tools},
};

/// Trains one network natively.
pub fn train(paths: &Paths, args: &[OsString]) -> Result<()> {
    run_example(paths, "train", args)
}

/// Trains the notebook's networks and the control from ten seeds, and writes what the page shows
/// before one trains: the ten runs' file and the ready-made weights.
pub fn runs(paths: &Paths) -> Result<()> {
    run_example(paths, "runs", &[paths.www.join("ready-made").into()])
}

/// Measures speed in headless Chromium and Firefox, and in the Pythons of `rivals` on the same work;
/// prints tables and writes JSON.
pub fn bench(paths: &Paths, mut rivals: Vec<(&str, OsString)>) -> Result<()> {
    let json = paths.target.join("bench.json");
    rivals.extend([("JSON_FILE", json.clone().into()), ("MNIST", find_mnist()?.into())]);
    measure(paths, "bench/bench.mjs", tools::install(paths)?, rivals)?;
    println!("\nAlso in {}.", json.display());
    Ok(())
}

/// Runs a Node program of `tests` that opens the page in headless browsers.
pub fn in_browsers(paths: &Paths, program: &str) -> Result<()> {
    measure(paths, program, tools::install(paths)?, vec![])
}

/// Trains each network ten times in WebAssembly and compares with ten native Keras runs.
pub fn parity(paths: &Paths) -> Result<()> {
    measure(paths, "parity/parity.mjs", Tools::new(), vec![])
}

/// Runs a Node program of `tests` on a site that is built for it.
fn measure(paths: &Paths, program: &str, tools: Tools, more: Vec<(&str, OsString)>) -> Result<()> {
    let folder = paths.site(program.trim_end_matches(".mjs"));
    site::build(paths, Some(&find_mnist()?), &folder)?;
    site::install_packages(&paths.root.join("tests/page"))?;
    say("Measuring (minutes; `soak` takes half an hour)");
    let mut command = Command::new("node");
    run(command
        .arg(paths.root.join("tests").join(program))
        .env("SITE", folder)
        // WebKitGTK's speed says nothing of Safari's.
        .env("BROWSERS", env::var_os("BROWSERS").unwrap_or("firefox,chromium".into()))
        .envs(tools)
        .envs(more))
}

fn run_example(paths: &Paths, example: &str, args: &[OsString]) -> Result<()> {
    let mut command = cargo();
    // Where the caller stands: the names of files in `args` are meant from there.
    command
        .arg("run")
        .arg("--manifest-path")
        .arg(paths.root.join("Cargo.toml"))
        .args(["--package=mnist-cubic", "--features=cli", "--example", example, "--"])
        .args(args);
    let asks_for_help = args.iter().any(|arg| arg == "--help" || arg == "-h");
    if !asks_for_help {
        command.env("MNIST_DIR", find_mnist()?);
    }
    say("Compiling the networks for this machine (minutes at first, then seconds)");
    run(&mut command)
}

fn find_mnist() -> Result<PathBuf> {
    mnist::find()?.context("MNIST cannot be had here; set MNIST_DIR")
}
