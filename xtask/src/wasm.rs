//! The networks, compiled to WebAssembly, and the JavaScript that goes with them.

use std::{
    path::{Path, PathBuf},
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

/// Compiles, writes `www/pkg`, and returns the module's path in it.
pub fn build(paths: &Paths) -> Result<PathBuf> {
    install_target()?;
    say("Compiling the networks to WebAssembly (minutes at first, then seconds)");
    run(Command::new(cargo())
        .args([
            "build",
            "--release",
            "--package=mnist-cubic",
            "--lib",
            "--target",
        ])
        .arg(TARGET)
        .current_dir(&paths.root))?;
    let compiled = paths.target.join(TARGET).join("release/mnist_cubic.wasm");
    let pkg = paths.www().join("pkg");
    Bindgen::new()
        .input_path(compiled)
        .web(true)
        .remove_name_section(true)
        .and_then(|bindgen| bindgen.generate(&pkg))
        .context("wasm-bindgen")?;
    Ok(pkg.join("mnist_cubic_bg.wasm"))
}

/// Features that the compiler was allowed to use, and wasm-opt may, too.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--enable-simd",
];

/// Makes a module smaller and faster, and returns the path of the result. Needs npm's binaryen.
pub fn optimise(paths: &Paths, module: &Path) -> Result<PathBuf> {
    say("Optimising the module");
    let optimised = paths.target.join("mnist_cubic_opt.wasm");
    run(Command::new("node")
        .arg(paths.www().join("node_modules/binaryen/bin/wasm-opt"))
        .arg("-O3")
        .args(FEATURES)
        .arg(module)
        .arg("--output")
        .arg(&optimised))?;
    Ok(optimised)
}
