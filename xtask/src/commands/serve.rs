//! `cargo xtask serve`.

use std::{
    fs,
    io::{BufRead, BufReader, ErrorKind, Read, Write},
    net::{TcpListener, TcpStream},
    path::Path,
    thread,
    time::Duration,
};

use anyhow::{Result, anyhow};

use crate::{http, mnist::Mnist, offline, paths::Paths, process::say, site};

/// How long a connection may be silent: a browser opens some in advance.
const PATIENCE: Duration = Duration::from_secs(60);
/// The longest request line and headers, in bytes.
const LONGEST_HEAD: u64 = 64 << 10;

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
    say("Serving; Ctrl+C ends it");
    println!("http://{}/", listener.local_addr()?);
    answer_all(&listener, &site, &policy);
    Ok(())
}

/// Answers for ever, each connection in a thread of its own.
fn answer_all(listener: &TcpListener, site: &Path, policy: &str) {
    thread::scope(|scope| {
        for stream in listener.incoming().flatten() {
            // A browser that went away is no concern of ours.
            scope.spawn(move || drop(answer(site, policy, &stream)));
        }
    });
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

/// Answers the one request of a connection.
fn answer(site: &Path, policy: &str, stream: &TcpStream) -> Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut lines = BufReader::new(stream.take(LONGEST_HEAD)).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    // No header matters here.
    while lines.next().transpose()?.is_some_and(|line| !line.is_empty()) {}
    let mut words = request.split(' ');
    let (method, target) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    if !["GET", "HEAD"].contains(&method) {
        let allowed = [("Allow", "GET, HEAD")];
        return send(stream, "405 Method Not Allowed", &allowed, b"Only GET and HEAD.");
    }
    let Some(file) = http::resolve(site, target) else {
        return send(stream, "404 Not Found", &[], b"There is no such file.");
    };
    let headers = [
        ("Content-Type", http::content_type(&file)),
        ("Cache-Control", http::cache_control(site, &file)),
        ("Content-Security-Policy", policy),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
    ];
    let contents = fs::read(&file)?;
    if method == "HEAD" {
        return send_head(stream, "200 OK", &headers, contents.len());
    }
    send(stream, "200 OK", &headers, &contents)
}

fn send(mut stream: &TcpStream, status: &str, headers: &[(&str, &str)], body: &[u8]) -> Result<()> {
    send_head(stream, status, headers, body.len())?;
    Ok(stream.write_all(body)?)
}

fn send_head(
    mut stream: &TcpStream,
    status: &str,
    headers: &[(&str, &str)],
    length: usize,
) -> Result<()> {
    let mut head =
        format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {length}\r\n");
    for (name, value) in headers {
        head += &format!("{name}: {value}\r\n");
    }
    Ok(stream.write_all(format!("{head}\r\n").as_bytes())?)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a panic is how a test fails")]
mod tests {
    use std::env;

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
        let folder = site.clone();
        thread::spawn(move || answer_all(&listener, &folder, &policy));

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
            assert!(head.iter().any(|header| header == line), "{line} not in {head:#?}");
        };
        let (head, body) = ask("GET /");
        assert_eq!((&*head[0], &*body), ("HTTP/1.1 200 OK", page));
        has(&head, "Content-Type: text/html; charset=utf-8");
        has(&head, "Cache-Control: no-cache");
        has(&head, "Content-Security-Policy: default-src 'self'; frame-ancestors 'none'");
        let (head, body) = ask("HEAD /0123456789abcdef/a.wasm");
        assert_eq!((&*head[0], &*body), ("HTTP/1.1 200 OK", ""));
        has(&head, "Content-Length: 4");
        has(&head, "Content-Type: application/wasm");
        has(&head, "Cache-Control: public, max-age=31536000, immutable");
        assert_eq!(ask("GET /../Cargo.toml").0[0], "HTTP/1.1 404 Not Found");
        assert_eq!(ask("POST /").0[0], "HTTP/1.1 405 Method Not Allowed");
        // Some of a browser's connections wait for their first request.
        let open: Vec<_> = (0..32).map(|_| TcpStream::connect(address).unwrap()).collect();
        for mut stream in open.into_iter().rev() {
            stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
            let mut response = String::new();
            stream.read_to_string(&mut response).unwrap();
            assert!(response.ends_with(page), "{response}");
        }
        fs::remove_dir_all(site).unwrap();
    }
}
