//! `cargo xtask build`.

use anyhow::{Context, Result};

use crate::{
    data,
    mnist::Mnist,
    npm::{self, Packages},
    paths::Paths,
    process::say,
    site, sizes, wasm,
};

/// Makes `dist/`, the site for any static host.
pub fn build(paths: &Paths) -> Result<()> {
    let mnist = Mnist::find()?.context(
        "MNIST cannot be had here, and a site with synthetic digits is not to be published; \
         set MNIST_DIR to a folder with the four files",
    )?;
    let packed = data::pack(paths, Some(&mnist))?;
    npm::install(&paths.www(), Packages::Page)?;
    wasm::build(paths)?;
    say("Packing the site");
    let dist = paths.root.join("dist");
    site::assemble(paths, &packed, &dist)?;
    sizes::compress(&dist, &packed.manifest)?;
    println!("\n{} is ready for any static host.", dist.display());
    Ok(())
}
