//! `cargo xtask serve`.

use std::{
    fs::{self, File},
    io::ErrorKind,
    net::TcpListener,
    path::Path,
    sync::Arc,
    thread,
};

use anyhow::{Context, Result, anyhow, bail};
use tiny_http::{Header, Method, Request, Response, Server};

use crate::{
    data, http,
    mnist::Mnist,
    npm::{self, Packages},
    paths::Paths,
    process::say,
    site, wasm,
};

/// Requests that are answered at the same time.
const THREADS: usize = 4;

/// Builds the page and serves it until it is interrupted.
pub fn serve(paths: &Paths, port: u16) -> Result<()> {
    // Before the build, so that minutes are not spent in vain.
    let listener = listen(port)?;
    let site = paths.target.join("site");
    let mnist = Mnist::find()?;
    if mnist.is_none() {
        println!(
            "\n  MNIST cannot be had here. The page will learn SYNTHETIC digits, drawn by this"
        );
        println!("  program: not MNIST, and much easier. Set MNIST_DIR to a folder with the four");
        println!("  files, or come back online.");
    }
    let packed = data::pack(paths, mnist.as_ref())?;
    npm::install(&paths.www(), Packages::Page)?;
    let wasm = wasm::build(paths)?;
    site::assemble(paths, &packed, &wasm, &site)?;

    let policy = policy(&site)?;
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

/// The page's own Content-Security-Policy, for the responses that its meta element does not govern:
/// those of the workers. A header can forbid framing, too.
fn policy(site: &Path) -> Result<String> {
    let page = fs::read_to_string(site.join("index.html"))?;
    let policy = page
        .split_once("http-equiv=\"Content-Security-Policy\" content=\"")
        .and_then(|(_, rest)| rest.split_once('"'));
    match policy {
        Some((policy, _)) => Ok(format!("{policy}; frame-ancestors 'none'")),
        None => bail!("www/index.html has no Content-Security-Policy"),
    }
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
