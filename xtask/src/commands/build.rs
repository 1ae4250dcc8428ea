//! `cargo xtask build`.

use anyhow::Result;

use crate::paths::Paths;

/// Makes `dist/`.
pub fn build(_paths: &Paths) -> Result<()> {
    anyhow::bail!("not yet")
}
