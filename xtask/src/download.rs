//! Downloads.

use std::{path::Path, process::Command};

use anyhow::{Context, Result, bail};

/// Downloads a URL into a file; a server that does not answer is an error within seconds.
pub fn download(url: &str, path: &Path) -> Result<()> {
    let fetched = Command::new("node")
        // Newer versions of Node then use HTTPS_PROXY, as other programs do.
        .env("NODE_USE_ENV_PROXY", "1")
        .args(["--input-type=module", "--eval", include_str!("fetch.mjs")])
        .arg(url)
        .arg(path)
        .output()
        .context("`node` does not start; is Node.js installed?")?;
    if !fetched.status.success() {
        bail!("{}", String::from_utf8_lossy(&fetched.stderr).trim());
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a panic is how a test fails")]
mod tests {
    use std::{env, fs, thread};

    use tiny_http::{Response, Server};

    use super::*;

    #[test]
    fn downloads_or_says_why_not() {
        let server = Server::http("127.0.0.1:0").unwrap();
        let host = format!("http://{}", server.server_addr());
        let file = env::temp_dir().join(format!("xtask-download-{}", std::process::id()));
        // Compressed files must arrive as they are.
        let contents: Vec<u8> = (0..=255).cycle().take(1_000_000).collect();
        let served = contents.clone();
        thread::spawn(move || {
            for request in server.incoming_requests() {
                let _ = match request.url() {
                    "/file.gz" => request.respond(Response::from_data(served.clone())),
                    _ => request.respond(Response::empty(404)),
                };
            }
        });

        download(&format!("{host}/file.gz"), &file).unwrap();
        assert!(fs::read(&file).unwrap() == contents);
        fs::remove_file(&file).unwrap();
        let error = download(&format!("{host}/absent"), &file).unwrap_err();
        assert_eq!(error.to_string(), "status 404");
        let error = download("http://127.0.0.1:1/", &file).unwrap_err();
        assert!(!error.to_string().is_empty());
        assert!(!file.exists());
    }
}
