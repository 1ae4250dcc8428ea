//! The commands for people: each does the set-up it needs and says what it does.

mod counts;
mod data;
mod mnist;
mod process;
mod programs;
mod site;
mod test;
mod tools;

use std::{path::PathBuf, process::ExitCode};

use anyhow::{Context, Result, bail};
use lexopt::prelude::*;

const USAGE: &str = "\
Usage: cargo xtask COMMAND

  serve [--port 8080]   builds the page and serves it on this machine
  build                 makes dist/, the site for any static host
  test                  checks everything that must hold before a change lands
  train OPTIONS         trains natively; `cargo xtask train --help` lists the options
  runs                  trains ten seeds of the notebook's networks and the control, for what the page
                        shows before one trains, and the ready-made weights
  bench [--jax PYTHON] [--keras PYTHON]
                        measures speed in Chromium and Firefox, and in these Pythons
  parity                compares ten runs of each network with ten of Keras
  soak                  trains for a long time and watches the memory
  preview               takes the pictures that a link to the page and the README are shown with

MNIST comes from the folder that MNIST_DIR names, or is downloaded once.";

/// The folders that commands read and write.
struct Paths {
    /// The top of the work tree.
    root: PathBuf,
    /// The sources of the page.
    www: PathBuf,
    /// Cargo's target folder.
    target: PathBuf,
}

impl Paths {
    /// Asks cargo.
    fn find() -> Result<Self> {
        let args = ["metadata", "--format-version=1", "--no-deps"];
        let metadata = process::output(process::cargo().args(args))?;
        let metadata: serde_json::Value = serde_json::from_str(&metadata)?;
        let folder = |name| metadata[name].as_str().map(PathBuf::from).context("cargo metadata");
        let root = folder("workspace_root")?;
        Ok(Self { www: root.join("www"), root, target: folder("target_directory")? })
    }

    /// Where a command builds its site: apart, so that none takes it from under another's page.
    fn site(&self, command: &str) -> PathBuf {
        self.target.join("site").join(command)
    }
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let mut args = lexopt::Parser::from_env();
    let command = match args.next()? {
        Some(Value(command)) => command.string()?,
        Some(Long("help") | Short('h')) | None => {
            println!("{USAGE}");
            return Ok(());
        }
        Some(other) => return Err(other.unexpected().into()),
    };
    let paths = Paths::find()?;
    if command == "train" {
        return programs::train(&paths, &args.raw_args()?.collect::<Vec<_>>());
    }
    let (mut port, mut rivals) = (8080, Vec::new());
    while let Some(arg) = args.next()? {
        match (&*command, arg) {
            ("serve", Long("port")) => port = args.value()?.parse()?,
            ("bench", Long("jax")) => rivals.push(("JAX", args.value()?)),
            ("bench", Long("keras")) => rivals.push(("KERAS", args.value()?)),
            (_, other) => return Err(other.unexpected().into()),
        }
    }
    match &*command {
        "serve" => site::serve(&paths, port),
        "build" => site::publish(&paths),
        "test" => test::test(&paths),
        "runs" => programs::runs(&paths),
        "bench" => programs::bench(&paths, rivals),
        "parity" => programs::parity(&paths),
        "soak" => programs::in_browsers(&paths, "bench/soak.mjs"),
        "preview" => programs::in_browsers(&paths, "bench/preview.mjs"),
        other => bail!("there is no command `{other}`\n\n{USAGE}"),
    }
}
