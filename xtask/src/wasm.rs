//! The networks, compiled to WebAssembly, and the JavaScript that goes with them.

use std::{
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::{
    paths::Paths,
    process::{cargo, output, run, say},
};

/// Browsers, as Rust names them.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// Installs Rust's WebAssembly target, unless it is there.
pub fn install_target() -> Result<()> {
    let mut rustc = Command::new("rustc");
    rustc.args(["--print", "target-libdir", "--target", TARGET]);
    if Path::new(output(rustc.stderr(Stdio::null()))?.trim()).exists() {
        return Ok(());
    }
    say("Installing Rust's WebAssembly target");
    run(Command::new("rustup").args(["target", "add", TARGET]))
}

/// Compiles, and writes `www/pkg`.
///
/// No wasm-opt: binaryen 132's -O3 makes the module smaller, but what travels (brotli) larger, the
/// first epoch slower, and the others no faster; and it takes a minute.
pub fn build(paths: &Paths) -> Result<()> {
    install_target()?;
    say("Compiling the networks to WebAssembly (minutes at first, then seconds)");
    run(Command::new(cargo())
        .args(["build", "--release", "--package=mnist-cubic", "--lib", "--target"])
        .arg(TARGET)
        .current_dir(&paths.root))?;
    let compiled = paths.target.join(TARGET).join("release/mnist_cubic.wasm");
    Bindgen::new()
        .input_path(compiled)
        .remove_name_section(true)
        .web(true)
        .and_then(|bindgen| bindgen.generate(paths.www().join("pkg")))
        .context("wasm-bindgen")
}
