//! The commands for people: each does the set-up it needs and says what it does.

mod commands;
mod counts;
mod data;
mod download;
mod http;
mod mnist;
mod npm;
mod offline;
mod paths;
mod process;
mod site;
mod sizes;
mod tools;
mod wasm;

use std::process::ExitCode;

use anyhow::{Result, bail};
use lexopt::prelude::*;

use crate::paths::Paths;

const USAGE: &str = "\
Usage: cargo xtask COMMAND

  serve [--port 8080]   builds the page and serves it on this machine
  build                 makes dist/, the site for any static host
  test                  checks everything that must hold before a change lands
  train OPTIONS         trains natively; `cargo xtask train --help` lists the options
  runs                  trains ten seeds of the notebook's networks and the control, for what the page
                        shows before one trains, and the ready-made weights
  bench [--keras PYTHON]
                        measures speed in Chromium and Firefox, and that of Keras in this Python
  parity                compares ten runs of each network with ten of Keras
  soak                  trains for a long time and watches the memory

MNIST comes from the folder that MNIST_DIR names, or is downloaded once.";

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
    match command.as_str() {
        "serve" => {
            let mut port = 8080;
            while let Some(arg) = args.next()? {
                match arg {
                    Long("port") => port = args.value()?.parse()?,
                    other => return Err(other.unexpected().into()),
                }
            }
            commands::serve(&paths, port)
        }
        "build" => {
            no_more(&mut args)?;
            commands::build(&paths)
        }
        "test" => {
            no_more(&mut args)?;
            commands::test(&paths)
        }
        "bench" => {
            let mut keras = None;
            while let Some(arg) = args.next()? {
                match arg {
                    Long("keras") => keras = Some(args.value()?.into()),
                    other => return Err(other.unexpected().into()),
                }
            }
            commands::bench(&paths, keras)
        }
        "parity" => {
            no_more(&mut args)?;
            commands::parity(&paths)
        }
        "soak" => {
            no_more(&mut args)?;
            commands::soak(&paths)
        }
        "runs" => {
            no_more(&mut args)?;
            commands::runs(&paths)
        }
        "train" => commands::train(&paths, &args.raw_args()?.collect::<Vec<_>>()),
        other => bail!("there is no command `{other}`\n\n{USAGE}"),
    }
}

fn no_more(args: &mut lexopt::Parser) -> Result<()> {
    match args.next()? {
        Some(arg) => Err(arg.unexpected().into()),
        None => Ok(()),
    }
}
