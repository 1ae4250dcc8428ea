//! The programs that the tests need, installed where they are missing.

use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};

use crate::{
    paths::Paths,
    process::{cargo, output, run, say, succeeds},
};

/// The browsers and what drives them.
pub struct Browsers {
    /// Firefox.
    pub firefox: PathBuf,
    /// Drives Firefox.
    pub geckodriver: PathBuf,
    /// Chromium or Chrome.
    pub chromium: PathBuf,
    /// Drives Chromium.
    pub chromedriver: PathBuf,
}

impl Browsers {
    /// Tells a program, by its environment, where they are.
    pub fn name_in<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command
            .env("FIREFOX", &self.firefox)
            .env("GECKODRIVER", &self.geckodriver)
            .env("CHROMIUM", &self.chromium)
            .env("CHROMEDRIVER", &self.chromedriver)
    }
}

const FIREFOX: &[&str] = &["firefox", "firefox-esr"];
const CHROMIUM: &[&str] = &["chromium", "chromium-browser", "google-chrome"];
const CHROMEDRIVER: &[&str] = &["chromedriver"];
/// Debian's packages, and the programs that each is for.
const PACKAGES: [(&str, &[&str]); 3] =
    [("firefox-esr", FIREFOX), ("chromium", CHROMIUM), ("chromium-driver", CHROMEDRIVER)];

/// Installs what the tests need.
pub fn install(paths: &Paths) -> Result<Browsers> {
    install_components()?;
    install_packages()?;
    for program in ["wasm-pack", "geckodriver"] {
        if find(&[program]).is_none() {
            cargo_install(&[program])?;
        }
    }
    install_wasm_bindgen(paths)?;
    Ok(Browsers {
        firefox: need(FIREFOX)?,
        geckodriver: need(&["geckodriver"])?,
        chromium: need(CHROMIUM)?,
        chromedriver: need(CHROMEDRIVER)?,
    })
}

/// The PATH for programs that look for these tools.
pub fn path(paths: &Paths) -> Result<OsString> {
    Ok(env::join_paths(folders(Some(paths)))?)
}

/// Installs the parts of Rust that rustup's minimal profile leaves out.
fn install_components() -> Result<()> {
    for component in ["rustfmt", "clippy"] {
        let mut version = Command::new(cargo());
        version.args([component.trim_start_matches("rust"), "--version"]);
        if !succeeds(version.stdout(Stdio::null()).stderr(Stdio::null()))? {
            say(&format!("Installing {component}"));
            run(Command::new("rustup").args(["component", "add", component]))?;
        }
    }
    Ok(())
}

/// Installs the Debian packages that are missing, all at once.
fn install_packages() -> Result<()> {
    let missing: Vec<_> = PACKAGES
        .iter()
        .filter(|(_, programs)| find(programs).is_none())
        .map(|(package, _)| *package)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let root = find(&["id"]).is_some() && output(Command::new("id").arg("-u"))?.trim() == "0";
    if !root || find(&["apt-get"]).is_none() {
        bail!(
            "the tests need programs that are missing; install these packages (Debian's names): {}",
            missing.join(" ")
        );
    }
    say(&format!("Installing {}", missing.join(", ")));
    run(Command::new("apt-get").args(["update", "--quiet"]))?;
    run(Command::new("apt-get")
        .args(["install", "--quiet", "--yes", "--no-install-recommends"])
        .args(missing)
        .env("DEBIAN_FRONTEND", "noninteractive"))
}

/// Installs the command line of wasm-bindgen in the version of the library, whose test runner
/// wasm-pack looks for. Another version that someone needs elsewhere stays as it is.
fn install_wasm_bindgen(paths: &Paths) -> Result<()> {
    let lock = fs::read_to_string(paths.root.join("Cargo.lock")).context("reading Cargo.lock")?;
    let version =
        locked_version(&lock, "wasm-bindgen").context("Cargo.lock has no wasm-bindgen")?;
    let mut another = false;
    for folder in folders(Some(paths)) {
        if let Some(program) = find_in(&folder, "wasm-bindgen") {
            let installed = output(Command::new(program).arg("--version").stderr(Stdio::null()));
            if installed.is_ok_and(|text| text.split_whitespace().nth(1) == Some(version)) {
                return Ok(());
            }
            another = true;
        }
    }
    let mut args: Vec<OsString> =
        ["wasm-bindgen-cli", "--version", version].map(OsString::from).into();
    if another {
        args.extend(["--root".into(), tools(paths).into(), "--force".into()]);
    }
    cargo_install(&args)
}

fn cargo_install(args: &[impl AsRef<std::ffi::OsStr>]) -> Result<()> {
    let program = args[0].as_ref().to_string_lossy();
    say(&format!("Installing {program} (a few minutes, once)"));
    run(Command::new(cargo())
        .arg("install")
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
fn tools(paths: &Paths) -> PathBuf {
    paths.target.join("tools")
}

/// The folders where programs may lie; ours comes first.
fn folders(paths: Option<&Paths>) -> Vec<PathBuf> {
    let mut folders: Vec<_> = paths.map(|paths| tools(paths).join("bin")).into_iter().collect();
    folders.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
    // Where `cargo install` puts programs, whether or not that is in the PATH.
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".cargo")));
    folders.extend(home.map(|home| home.join("bin")));
    folders
}

/// Finds the first of these programs that is there.
fn find(names: &[&str]) -> Option<PathBuf> {
    let folders = folders(None);
    names.iter().find_map(|name| folders.iter().find_map(|folder| find_in(folder, name)))
}

fn find_in(folder: &Path, name: &str) -> Option<PathBuf> {
    let path = folder.join(name).with_extension(env::consts::EXE_EXTENSION);
    path.is_file().then_some(path)
}

fn need(names: &[&str]) -> Result<PathBuf> {
    find(names).with_context(|| format!("{} was installed, but is not in the PATH", names[0]))
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
