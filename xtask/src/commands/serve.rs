//! `cargo xtask serve`.

use std::{
    fs::{self, File},
    io::ErrorKind,
    net::TcpListener,
    path::Path,
    sync::Arc,
    thread,
};

use anyhow::{Context, Result, anyhow};
use tiny_http::{Header, Method, Request, Response, Server};

use crate::{http, mnist::Mnist, offline, paths::Paths, process::say, site};

/// Requests that are answered at the same time.
const THREADS: usize = 4;

/// Builds the page and serves it until it is interrupted.
pub fn serve(paths: &Paths, port: u16) -> Result<()> {
    // Before the build, so that minutes are not spent in vain.
    let listener = listen(port)?;
    let mnist = Mnist::find()?;
    if mnist.is_none() {
        println!(
            "\n  MNIST cannot be had here. The page will learn SYNTHETIC digits, drawn by this"
        );
        println!("  program: not MNIST, and much easier. Set MNIST_DIR to a folder with the four");
        println!("  files, or come back online.");
    }
    let site = site::build(paths, mnist.as_ref())?;

    let policy = offline::policy(&fs::read_to_string(site.join("index.html"))?)?;
    let address = listener.local_addr()?;
    let server = Server::from_listener(listener, None).map_err(|error| anyhow!("{error}"))?;
    let server = Arc::new(server);
    say("Serving; Ctrl+C ends it");
    println!("http://{address}/");
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                for request in server.incoming_requests() {
                    // A browser that went away is no concern of ours.
                    let _ = answer(&site, &policy, request);
                }
            });
        }
    });
    Ok(())
}

fn listen(port: u16) -> Result<TcpListener> {
    TcpListener::bind(("127.0.0.1", port)).map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => anyhow!(
            "port {port} is taken by another program; name another one, as in \
             `cargo xtask serve --port {}`",
            if port == u16::MAX { 8080 } else { port + 1 }
        ),
        _ => anyhow!("port {port} cannot be used: {error}"),
    })
}

fn answer(site: &Path, policy: &str, request: Request) -> Result<()> {
    if !matches!(request.method(), Method::Get | Method::Head) {
        let response = Response::from_string("Only GET and HEAD.").with_status_code(405);
        return Ok(request.respond(response.with_header(header("Allow", "GET, HEAD")?))?);
    }
    let Some(file) = http::resolve(site, request.url()) else {
        let response = Response::from_string("There is no such file.").with_status_code(404);
        return Ok(request.respond(response)?);
    };
    let response = Response::from_file(File::open(&file)?)
        .with_header(header("Content-Type", http::content_type(&file))?)
        .with_header(header("Cache-Control", http::cache_control(site, &file))?)
        .with_header(header("Content-Security-Policy", policy)?)
        .with_header(header("X-Content-Type-Options", "nosniff")?)
        .with_header(header("Referrer-Policy", "no-referrer")?);
    Ok(request.respond(response)?)
}

fn header(name: &str, value: &str) -> Result<Header> {
    Header::from_bytes(name, value)
        .ok()
        .with_context(|| format!("the header {name} cannot be {value:?}"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a panic is how a test fails")]
mod tests {
    use std::{
        env,
        io::{Read, Write},
        net::TcpStream,
    };

    use super::*;

    #[test]
    fn answers_as_a_static_host() {
        let site = env::temp_dir().join(format!("xtask-serve-{}", std::process::id()));
        let build = site.join("0123456789abcdef");
        fs::create_dir_all(&build).unwrap();
        let page = r#"<meta http-equiv="Content-Security-Policy" content="default-src 'self'">"#;
        fs::write(site.join("index.html"), page).unwrap();
        fs::write(build.join("a.wasm"), "wasm").unwrap();
        let policy = offline::policy(page).unwrap();
        assert_eq!(policy, "default-src 'self'; frame-ancestors 'none'");
        let listener = listen(0).unwrap();
        let address = listener.local_addr().unwrap();
        let taken = listen(address.port()).unwrap_err().to_string();
        assert!(taken.contains("is taken by another program"), "{taken}");
        let server = Server::from_listener(listener, None).unwrap();
        let folder = site.clone();
        thread::spawn(move || {
            for request in server.incoming_requests() {
                answer(&folder, &policy, request).unwrap();
            }
        });

        let ask = |request: &str| {
            let mut stream = TcpStream::connect(address).unwrap();
            let request = format!("{request} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            stream.write_all(request.as_bytes()).unwrap();
            let mut response = String::new();
            stream.read_to_string(&mut response).unwrap();
            let (head, body) = response.split_once("\r\n\r\n").unwrap();
            let head: Vec<_> = head.lines().map(str::to_owned).collect();
            (head, body.to_owned())
        };
        let has = |head: &[String], line: &str| {
            assert!(
                head.iter().any(|header| header == line),
                "{line} not in {head:#?}"
            );
        };
        let (head, body) = ask("GET /");
        assert_eq!((&*head[0], &*body), ("HTTP/1.1 200 OK", page));
        has(&head, "Content-Type: text/html; charset=utf-8");
        has(&head, "Cache-Control: no-cache");
        has(
            &head,
            "Content-Security-Policy: default-src 'self'; frame-ancestors 'none'",
        );
        let (head, body) = ask("HEAD /0123456789abcdef/a.wasm");
        assert_eq!((&*head[0], &*body), ("HTTP/1.1 200 OK", ""));
        has(&head, "Content-Length: 4");
        has(&head, "Content-Type: application/wasm");
        has(&head, "Cache-Control: public, max-age=31536000, immutable");
        assert_eq!(ask("GET /../Cargo.toml").0[0], "HTTP/1.1 404 Not Found");
        assert_eq!(ask("POST /").0[0], "HTTP/1.1 405 Method Not Allowed");
        fs::remove_dir_all(site).unwrap();
    }
}
