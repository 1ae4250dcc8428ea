//! The npm packages of a folder, as its lock file names them.

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result};

use crate::{
    mnist::hex,
    process::{run, say},
};

/// Which of the packages.
#[derive(Clone, Copy, PartialEq)]
pub enum Packages {
    /// What the page is made of.
    Page,
    /// The tools to check it, too.
    All,
}

/// Installs the packages of a folder, unless they are there.
pub fn install(folder: &Path, packages: Packages) -> Result<()> {
    let lock = folder.join("package-lock.json");
    let lock = fs::read(&lock).with_context(|| format!("reading {}", lock.display()))?;
    let stamp = folder.join("node_modules/.installed");
    let all = format!("all {}", hex(&lock));
    let page = format!("page {}", hex(&lock));
    let installed = fs::read_to_string(&stamp).unwrap_or_default();
    if installed == all || (packages == Packages::Page && installed == page) {
        return Ok(());
    }
    say("Installing npm packages");
    let omit = match packages {
        Packages::Page => &["--omit=dev"][..],
        Packages::All => &[],
    };
    run(Command::new("npm")
        .args(["ci", "--no-audit", "--no-fund"])
        .args(omit)
        .current_dir(folder))?;
    let done = match packages {
        Packages::Page => page,
        Packages::All => all,
    };
    fs::write(stamp, done)?;
    Ok(())
}
