//! What the service worker must know of the site: its files, its version, and its policy.

use std::collections::BTreeMap;

use anyhow::{Result, bail};

use crate::{
    http::HASH,
    mnist::hex,
    site::{self, Files},
};

/// The service worker, at the top of the site.
pub const WORKER: &str = "sw.js";
/// Where its source names the version, the policy and the files.
const VERSION: &str = "const VERSION = \"\";";
const POLICY: &str = "const POLICY = \"\";";
const FILES: &str = "const FILES = {};";

/// The page's own Content-Security-Policy, for the responses that its meta element does not govern:
/// those of the workers. A header can forbid framing, too.
pub fn policy(page: &str) -> Result<String> {
    let policy = page
        .split_once("http-equiv=\"Content-Security-Policy\" content=\"")
        .and_then(|(_, rest)| rest.split_once('"'));
    match policy {
        Some((policy, _)) => Ok(format!("{policy}; frame-ancestors 'none'")),
        None => bail!("www/index.html has no Content-Security-Policy"),
    }
}

/// Fills in the service worker's source; `files` are all that it is to keep.
pub fn fill(source: &str, files: &Files, policy: &str) -> Result<String> {
    let list: BTreeMap<_, _> =
        files.iter().map(|(path, contents)| (path, hex(contents)[..HASH].to_owned())).collect();
    let list = serde_json::to_string_pretty(&list)?;
    let policy = serde_json::to_string(policy)?;
    let filled = [
        (VERSION, format!("const VERSION = \"{}\";", site::hash(files))),
        (POLICY, format!("const POLICY = {policy};")),
        (FILES, format!("const FILES = {list};")),
    ];
    let mut text = source.to_owned();
    for (place, value) in filled {
        if !text.contains(place) {
            bail!("www/{WORKER} has no `{place}`");
        }
        text = text.replace(place, &value);
    }
    Ok(text)
}
