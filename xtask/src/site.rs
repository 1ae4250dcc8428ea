//! The static site: the networks compiled to WebAssembly, the page that Vite builds around them, and
//! the images beside it. And `cargo xtask serve` and `build`.

use std::{
    env::consts::{ARCH, OS},
    fs::{self, File},
    io::ErrorKind,
    net::TcpListener,
    path::Path,
    process::Command,
};

use anyhow::{Context, Result, anyhow};
use wasm_bindgen_cli_support::Bindgen;

use crate::{
    Paths, data,
    mnist::{self, hex},
    process::{become_program, cargo, npm, output, run, say},
};

/// Rust's target for browsers.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// Builds the page and serves it until it is interrupted.
pub fn serve(paths: &Paths, port: u16) -> Result<()> {
    // Before the build, so that minutes are not spent in vain.
    let listener = listen(port)?;
    let mnist = mnist::find()?;
    if mnist.is_none() {
        println!("\n  MNIST cannot be had here. The page will learn SYNTHETIC digits, drawn by");
        println!("  this program: not MNIST, and much easier. Set MNIST_DIR to a folder with the");
        println!("  four files, or come back online.");
    }
    let port = listener.local_addr()?.port();
    // A folder a port, so that two that serve don't share one.
    let folder = paths.site(&format!("serve-{port}"));
    build(paths, mnist.as_deref(), &folder)?;
    drop(listener);
    say("Serving; Ctrl+C ends it");
    let host = paths.root.join("xtask/host.mjs");
    become_program(Command::new("node").arg(host).arg(folder).arg(port.to_string()))
}

fn listen(port: u16) -> Result<TcpListener> {
    TcpListener::bind(("127.0.0.1", port)).map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => anyhow!(
            "port {port} is taken by another program; name another one, as in \
             `cargo xtask serve --port {}`",
            if port == u16::MAX { 8080 } else { port + 1 }
        ),
        _ => anyhow!("port {port} cannot be used: {error}"),
    })
}

/// Makes `dist/`, the site for any static host, and fails where a visitor would download too much.
pub fn publish(paths: &Paths) -> Result<()> {
    let mnist = mnist::find()?.context(
        "MNIST cannot be had here, and a site with synthetic digits is not to be published; \
         set MNIST_DIR to a folder with the four files",
    )?;
    let dist = paths.root.join("dist");
    build(paths, Some(&mnist), &dist)?;
    say("Compressing the site");
    run(Command::new("node").arg(paths.root.join("xtask/compress.mjs")).arg(&dist))?;
    println!("\n{} is ready for any static host.", dist.display());
    Ok(())
}

/// Makes the site in `folder`. Without the folder of MNIST's files its digits are synthetic.
pub fn build(paths: &Paths, mnist: Option<&Path>, folder: &Path) -> Result<()> {
    let _lock = lock(paths)?;
    let images = data::pack(paths, mnist)?;
    install_packages(&paths.www)?;
    build_wasm(paths)?;
    say("Building the page");
    // Vite empties the folder; its config reads the variable.
    run(npm(&paths.www).args(["run", "--silent", "build"]).env("SITE", folder))?;
    let beside = folder.join("data");
    fs::create_dir_all(&beside).with_context(|| format!("making {}", beside.display()))?;
    for file in fs::read_dir(images)? {
        let file = file?;
        fs::copy(file.path(), beside.join(file.file_name()))?;
    }
    Ok(())
}

/// Held while what commands share is made anew: npm packages, `www/pkg`, packed images.
pub fn lock(paths: &Paths) -> Result<File> {
    fs::create_dir_all(&paths.target).context("making the target folder")?;
    let file = File::create(paths.target.join("xtask.lock")).context("making xtask.lock")?;
    file.lock().context("waiting for another command")?;
    Ok(file)
}

/// Installs the npm packages of a folder, as its lock file names them, unless they are there.
pub fn install_packages(folder: &Path) -> Result<()> {
    let lock = folder.join("package-lock.json");
    let lock = fs::read(&lock).with_context(|| format!("reading {}", lock.display()))?;
    // `npm ci` begins by removing what is there, this file too.
    let stamp = folder.join("node_modules/.installed");
    // Some hold programs for this system.
    let wanted = format!("{} {OS} {ARCH}", hex(&lock));
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    say("Installing npm packages");
    // Whatever NODE_ENV leaves out: Vite is one of them. An old Node is refused.
    run(npm(folder)
        .args(["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--engine-strict"])
        .args(["--include=dev", "--include=optional"]))?;
    Ok(fs::write(stamp, wanted)?)
}

/// Installs Rust's WebAssembly target, unless it is there.
pub fn install_target() -> Result<()> {
    let args = ["--print", "target-libdir", "--target", TARGET];
    if Path::new(output(Command::new("rustc").args(args))?.trim()).exists() {
        return Ok(());
    }
    say("Installing Rust's WebAssembly target");
    run(Command::new("rustup").args(["target", "add", TARGET]))
}

/// Compiles the networks, and writes `www/pkg`: the module, its bindings and its types.
///
/// No wasm-opt: binaryen 132's -O3 makes the module smaller, but its brotli download larger, the
/// first epoch slower, and the others no faster; and it takes a minute.
pub fn build_wasm(paths: &Paths) -> Result<()> {
    install_target()?;
    say("Compiling the networks to WebAssembly (minutes at first, then seconds)");
    run(cargo()
        .args(["build", "--release", "--package=mnist-cubic", "--lib", "--target"])
        .arg(TARGET)
        .current_dir(&paths.root)
        // A relative one would be another folder from there; and simd128 is among our own flags.
        .env("CARGO_TARGET_DIR", &paths.target)
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS"))?;
    Bindgen::new()
        .input_path(paths.target.join(TARGET).join("release/mnist_cubic.wasm"))
        .remove_name_section(true)
        .typescript(true)
        .web(true)
        .and_then(|bindgen| bindgen.generate(paths.www.join("pkg")))
        .context("wasm-bindgen")
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a panic is how a test fails")]
mod tests {
    use super::*;

    #[test]
    fn names_another_port() {
        let listener = listen(0).unwrap();
        let taken = listen(listener.local_addr().unwrap().port()).unwrap_err().to_string();
        assert!(taken.contains("is taken by another program"), "{taken}");
    }
}
