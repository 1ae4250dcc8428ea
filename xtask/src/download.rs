//! Downloads.

use std::{path::Path, process::Command};

use anyhow::{Result, bail};

use crate::process;

/// Downloads a URL into a file; a server that cannot be reached is an error within seconds.
pub fn download(url: &str, path: &Path) -> Result<()> {
    let fetched = process::succeeds(
        Command::new("node")
            // Newer versions of Node then use HTTPS_PROXY, as other programs do.
            .env("NODE_USE_ENV_PROXY", "1")
            .args(["--input-type=module", "--eval", include_str!("fetch.mjs")])
            .arg(url)
            .arg(path),
    )?;
    if !fetched {
        bail!("{url} could not be downloaded");
    }
    Ok(())
}
