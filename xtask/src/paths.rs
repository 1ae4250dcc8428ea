//! Where things lie in the work tree and outside it.

use std::{env, path::PathBuf, process::Command};

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::process;

/// The folders that commands read and write.
pub struct Paths {
    /// The top of the work tree.
    pub root: PathBuf,
    /// Cargo's target folder.
    pub target: PathBuf,
}

impl Paths {
    /// Asks cargo.
    pub fn find() -> Result<Self> {
        #[derive(Deserialize)]
        struct Metadata {
            workspace_root: PathBuf,
            target_directory: PathBuf,
        }
        let output = process::output(Command::new(process::cargo()).args([
            "metadata",
            "--format-version=1",
            "--no-deps",
        ]))?;
        let metadata: Metadata = serde_json::from_str(&output).context("reading cargo metadata")?;
        Ok(Self { root: metadata.workspace_root, target: metadata.target_directory })
    }

    /// The sources of the page.
    pub fn www(&self) -> PathBuf {
        self.root.join("www")
    }
}

/// Where downloads are kept for all work trees, if this user has such a place.
pub fn cache() -> Option<PathBuf> {
    let from = |name| env::var_os(name).filter(|value| !value.is_empty());
    from("XDG_CACHE_HOME")
        .or_else(|| from("LOCALAPPDATA"))
        .map(PathBuf::from)
        .or_else(|| Some(PathBuf::from(from("HOME")?).join(".cache")))
        .map(|cache| cache.join("mnist-cubic"))
}
