//! The programs that the tests need, installed where they are missing.

use std::{
    collections::BTreeMap,
    env,
    ffi::{OsStr, OsString},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use crate::{
    Paths,
    process::{cargo, output, run, say, succeeds},
};

/// Where programs are, by the variables of the environment that name them.
pub type Tools = BTreeMap<&'static str, PathBuf>;

/// Where to get a missing program.
enum Source {
    /// Debian's package.
    Apt(&'static str),
    /// A crate, in this version.
    Cargo(&'static str, &'static str),
}
use Source::{Apt, Cargo};

/// The variable that names a program, the names under which it is looked for, and its source.
const PROGRAMS: [(&str, &[&str], Source); 5] = [
    ("FIREFOX", &["firefox", "firefox-esr", MAC_FIREFOX], Apt("firefox-esr")),
    ("CHROMIUM", &["chromium", "chromium-browser", "google-chrome", MAC_CHROME], Apt("chromium")),
    ("CHROMEDRIVER", &["chromedriver"], Apt("chromium-driver")),
    ("GECKODRIVER", &["geckodriver"], Cargo("geckodriver", "0.37.1")),
    ("WASM_PACK", &["wasm-pack"], Cargo("wasm-pack", "0.15.1")),
];
const MAC_FIREFOX: &str = "/Applications/Firefox.app/Contents/MacOS/firefox";
const MAC_CHROME: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/// Installs what the tests need.
pub fn install(paths: &Paths) -> Result<Tools> {
    // At once, rather than minutes later by a driver's complaint.
    for (variable, ..) in PROGRAMS {
        if let Some(path) = named(variable).filter(|path| !path.is_file()) {
            bail!("{variable} names {}, expected the path of a program", path.display());
        }
    }
    // The parts of Rust that rustup's minimal profile leaves out.
    for (component, command) in [("rustfmt", "fmt"), ("clippy", "clippy")] {
        if !succeeds(cargo().args([command, "--version"])) {
            say(&format!("Installing {component}"));
            run(Command::new("rustup").args(["component", "add", component]))?;
        }
    }
    let (mut packages, mut crates) = (Vec::new(), Vec::new());
    for (variable, names, source) in PROGRAMS {
        match source {
            _ if find(variable, names).is_some() => {}
            Apt(package) => packages.push(package),
            Cargo(name, version) => crates.push((name, version)),
        }
    }
    // First, as they may be refused, and crates take minutes.
    if !packages.is_empty() {
        install_packages(&packages)
            .context("FIREFOX, CHROMIUM and CHROMEDRIVER may name the programs; else")?;
    }
    crates.into_iter().try_for_each(|(name, version)| cargo_install(name, version, &[]))?;
    install_wasm_bindgen(paths)?;
    let found = PROGRAMS.into_iter().map(|(variable, names, _)| {
        let path = find(variable, names);
        Ok((variable, path.with_context(|| format!("{} is not in the PATH", names[0]))?))
    });
    found.collect()
}

/// Installs WebKit, where Debian's packages are to be had; elsewhere the tests in it are skipped.
pub fn install_webkit(harness: &Path) {
    let is_there = find("WEBKIT_DRIVER", &["WebKitWebDriver"]).is_some()
        && find("XVFB", &["Xvfb"]).is_some()
        && succeeds(&mut Command::new(harness.join("webkit.py")));
    let packages = ["webkit2gtk-driver", "xvfb", "python3-gi", "gir1.2-webkit2-4.1"];
    if !is_there && let Err(error) = install_packages(&packages) {
        println!("  WebKit is left out; for tests in it, {error:#}");
    }
}

/// The PATH for programs that look for these tools; geckodriver looks there for Firefox.
pub fn path(paths: &Paths, tools: &Tools) -> Result<OsString> {
    // The folder of the cargo that runs us before Firefox's, where a system's own may lie.
    let cargo = env::var_os("CARGO").map(PathBuf::from);
    let beside = [cargo.as_deref(), Some(&*tools["FIREFOX"])].into_iter().flatten();
    let beside = beside.filter_map(|program| Some(program.parent()?.to_path_buf()));
    Ok(env::join_paths([own(paths).join("bin")].into_iter().chain(beside).chain(folders()))?)
}

/// Installs Debian packages, all at once.
fn install_packages(packages: &[&str]) -> Result<()> {
    let names = packages.join(" ");
    let root = output(Command::new("id").arg("-u")).is_ok_and(|user| user.trim() == "0");
    if !root || !succeeds(Command::new("apt-get").arg("--version")) {
        bail!("install these packages, by the names that Debian has for them: {names}");
    }
    say(&format!("Installing {names}"));
    run(Command::new("apt-get").args(["update", "--quiet"]))?;
    run(Command::new("apt-get")
        .args(["install", "--quiet", "--yes", "--no-install-recommends"])
        .args(packages)
        .env("DEBIAN_FRONTEND", "noninteractive"))
}

/// Installs the command line of wasm-bindgen in the version of the library, whose test runner
/// wasm-pack looks for. Another version that someone needs elsewhere stays as it is.
fn install_wasm_bindgen(paths: &Paths) -> Result<()> {
    let lock = fs::read_to_string(paths.root.join("Cargo.lock")).context("reading Cargo.lock")?;
    let version = locked_version(&lock, "wasm-bindgen").context("there is no wasm-bindgen")?;
    let own = own(paths);
    let is_right = |folder: PathBuf| {
        let program = find_in(&folder, "wasm-bindgen")?;
        let text = output(Command::new(program).arg("--version")).ok()?;
        (text.split_whitespace().nth(1) == Some(version)).then_some(())
    };
    if [own.join("bin")].into_iter().chain(folders()).find_map(is_right).is_some() {
        return Ok(());
    }
    let apart = ["--force".as_ref(), "--root".as_ref(), own.as_os_str()];
    cargo_install("wasm-bindgen-cli", version, &apart)
}

/// Without `--locked`: not every registry has what a lock file of last year names.
fn cargo_install(name: &str, version: &str, args: &[&OsStr]) -> Result<()> {
    say(&format!("Installing {name} (a few minutes, once)"));
    run(cargo()
        .args(["install", name, "--version", version])
        .args(args)
        // The tools wait for browsers; compiling them is what takes time.
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
        // A target folder of its own, so that no lock of ours holds it up.
        .env_remove("CARGO_TARGET_DIR"))
}

/// The version of a package in a lock file.
fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let (_, entry) = lock.split_once(&format!("name = \"{package}\"\nversion = \""))?;
    Some(entry.split_once('"')?.0)
}

/// Where tools lie that must not replace those of the user.
fn own(paths: &Paths) -> PathBuf {
    paths.target.join("tools")
}

/// The folders where programs may lie.
fn folders() -> Vec<PathBuf> {
    let mut folders: Vec<_> = env::split_paths(&env::var_os("PATH").unwrap_or_default()).collect();
    // Where `cargo install` puts programs, whether or not that is in the PATH.
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".cargo")));
    folders.extend(home.map(|home| home.join("bin")));
    folders
}

/// The program that its variable names, else the first that is found.
fn find(variable: &str, names: &[&str]) -> Option<PathBuf> {
    let found = |name| folders().iter().find_map(|folder| find_in(folder, name));
    named(variable).or_else(|| names.iter().find_map(|name| found(name)))
}

fn named(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).filter(|path| !path.is_empty()).map(PathBuf::from)
}

fn find_in(folder: &Path, name: &str) -> Option<PathBuf> {
    let path = folder.join(name).with_extension(env::consts::EXE_EXTENSION);
    path.is_file().then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_versions_from_a_lock_file() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.80\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\nsource = \"x\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked_version(lock, "wasm"), None);
    }
}
