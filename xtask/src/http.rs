//! What a static host must know: which file a URL means, and which headers go with it.

use std::path::{Path, PathBuf};

/// The file that a request's target means; `None` for what cannot be a file of the site.
pub fn resolve(site: &Path, target: &str) -> Option<PathBuf> {
    let path = target.split(['?', '#']).next()?.strip_prefix('/')?;
    let path = decode(path)?;
    let mut file = site.to_path_buf();
    for segment in path.split('/') {
        let leaves_the_site = segment.starts_with('.') || segment.contains(['\\', ':', '\0']);
        if leaves_the_site {
            return None;
        }
        file.push(segment);
    }
    if path.is_empty() || path.ends_with('/') {
        file.push("index.html");
    }
    file.is_file().then_some(file)
}

/// Undoes percent-encoding.
fn decode(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte == b'%' {
            let digits = str::from_utf8(rest.get(..2)?).ok()?;
            let hexadecimal = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
            bytes.push(u8::from_str_radix(digits, 16).ok().filter(|_| hexadecimal)?);
            rest = &rest[2..];
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

/// The media type of a file.
pub fn content_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("css") => "text/css; charset=utf-8",
        Some("html") => "text/html; charset=utf-8",
        Some("ico") => "image/x-icon",
        Some("js") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("png") => "image/png",
        Some("svg") => "image/svg+xml",
        Some("txt") => "text/plain; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("webmanifest") => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

/// How long a file may be kept: for ever in folders that are named by their contents, else not
/// without asking.
pub fn cache_control(site: &Path, file: &Path) -> &'static str {
    let path = file.strip_prefix(site).unwrap_or(file);
    let hashed = path.parent().is_some_and(|folder| {
        folder.iter().any(|name| {
            name.len() == HASH && name.as_encoded_bytes().iter().all(u8::is_ascii_hexdigit)
        })
    });
    if hashed { "public, max-age=31536000, immutable" } else { "no-cache" }
}

/// The length of the name of a folder named by its contents.
pub const HASH: usize = 16;

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a panic is how a test fails")]
mod tests {
    use std::{env, fs};

    use super::*;

    #[test]
    fn finds_files_of_the_site_and_no_others() {
        let top = env::temp_dir().join(format!("xtask-http-{}", std::process::id()));
        let site = top.join("site");
        fs::create_dir_all(site.join("views")).unwrap();
        fs::write(top.join("secret"), "").unwrap();
        fs::write(site.join(".hidden"), "").unwrap();
        for file in ["index.html", "views/pad.js", "é 1.txt"] {
            fs::write(site.join(file), "").unwrap();
        }

        let found = |target| {
            resolve(&site, target)
                .map(|file| file.strip_prefix(&site).unwrap().to_str().unwrap().to_owned())
        };
        assert_eq!(found("/").as_deref(), Some("index.html"));
        assert_eq!(found("/?a=/../b#c").as_deref(), Some("index.html"));
        assert_eq!(found("/views/pad.js?1").as_deref(), Some("views/pad.js"));
        assert_eq!(found("/views%2Fpad%2ejs").as_deref(), Some("views/pad.js"));
        assert_eq!(found("/%C3%A9%201.txt").as_deref(), Some("é 1.txt"));
        for target in [
            "",
            "index.html",
            "http://host/",
            "/absent",
            "/views",
            "/views/",
            "/index.html/",
            "/../secret",
            "/%2e%2e/secret",
            "/views/../../secret",
            "/..%2fsecret",
            "/..\\secret",
            "//../secret",
            "/.hidden",
            "/%",
            "/%2",
            "/%zz",
            "/%+2",
            "/%ff",
            "/%00",
            "/index.html%00",
        ] {
            assert_eq!(found(target), None, "{target}");
        }
        fs::remove_dir_all(top).unwrap();
    }

    #[test]
    fn keeps_what_is_named_by_its_contents() {
        let kept = |file: &str| cache_control("site".as_ref(), file.as_ref()) != "no-cache";
        assert!(kept("site/0123456789abcdef/main.js"));
        assert!(kept("site/0123456789abcdef/views/pad.js"));
        assert!(kept("site/data/0123456789abcdef/manifest.json"));
        assert!(!kept("site/index.html"));
        assert!(!kept("site/sw.js"));
        assert!(!kept("site/0123456789abcdef"));
    }
}
