//! `cargo xtask test`.

use std::{
    fs,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::{
    counts::Counts,
    mnist::Mnist,
    npm::{self, Packages},
    paths::Paths,
    process::{Output, cargo, run, run_and_read, say, succeeds},
    site,
    tools::{self, Browsers},
    wasm,
};

/// Checks everything, and ends at the first step that fails.
pub fn test(paths: &Paths) -> Result<()> {
    let mut steps = Steps::default();
    let result = all(paths, &mut steps);
    steps.summarise(result.is_err());
    result
}

fn all(paths: &Paths, steps: &mut Steps) -> Result<()> {
    let cargo = || {
        let mut command = Command::new(cargo());
        command.current_dir(&paths.root);
        command
    };
    steps.run("Format", || run(cargo().args(["fmt", "--all", "--check"])))?;
    let (mnist, browsers) = steps.run("Set-up", || set_up(paths))?;
    let with_mnist = |mut command: Command| {
        if let Some(mnist) = &mnist {
            command.env("MNIST_DIR", &mnist.folder);
        }
        command
    };
    steps.run("Types and lints of the page", || {
        run(Command::new("npm").args(["run", "--silent", "check"]).current_dir(paths.www()))
    })?;
    steps.run("Lints", || {
        run(cargo()
            .args(["clippy", "--workspace", "--all-targets", "--features=cli"])
            .args(["--", "--deny=warnings"]))
    })?;
    steps.run("Lints for WebAssembly", || {
        run(cargo()
            .args(["clippy", "--package=mnist-cubic", "--lib", "--tests", "--target"])
            .args([wasm::TARGET, "--", "--deny=warnings"]))
    })?;
    steps.count("Tests of the commands", || {
        let mut command = with_mnist(cargo());
        command.args(["test", "--profile=xtask", "--package=xtask", "--no-fail-fast"]);
        Ok(Counts::of_rust(&run_and_read(&mut command)?))
    })?;
    steps.count("Native tests", || {
        let mut command = with_mnist(cargo());
        command.args(["test", "--package=mnist-cubic", "--package=mnist", "--no-fail-fast"]);
        Ok(Counts::of_rust(&run_and_read(&mut command)?))
    })?;
    let site = steps.run("Site", || site::build(paths, mnist.as_ref()))?;
    steps.count("Tests in Firefox", || {
        let output = run_and_read(
            Command::new("wasm-pack")
                .args(["test", "--headless", "--firefox"])
                .env("PATH", tools::path(paths)?)
                .current_dir(&paths.root),
        )?;
        Ok(Counts::of_rust(&output))
    })?;
    let page = paths.root.join("tests/page");
    steps.count("Tests of the page in Firefox and Chromium", || {
        test_page(paths, &page, &site, &browsers)
    })
}

/// Installs what is missing; looks for MNIST.
fn set_up(paths: &Paths) -> Result<(Option<Mnist>, Browsers)> {
    wasm::install_target()?;
    npm::install(&paths.www(), Packages::All)?;
    let browsers = tools::install(paths)?;
    let mnist = Mnist::find()?;
    if mnist.is_none() {
        println!("  MNIST cannot be had here; the tests use SYNTHETIC digits.");
    }
    Ok((mnist, browsers))
}

fn test_page(paths: &Paths, page: &Path, site: &Path, browsers: &Browsers) -> Result<Counts> {
    npm::install(page, Packages::All)?;
    let mut tests = Vec::new();
    for entry in fs::read_dir(page)? {
        let name = entry?.file_name().into_string();
        tests.extend(name.ok().filter(|name| name.ends_with(".test.js")));
    }
    tests.sort();
    let report = paths.target.join("page-tests.tap");
    fs::write(&report, "")?;
    let succeeded = succeeds(
        browsers
            .name_in(&mut Command::new("node"))
            // Two browsers at once would share the processor, and waits would run out.
            .args(["--test", "--test-concurrency=1"])
            .args(["--test-reporter=spec", "--test-reporter-destination=stdout"])
            .arg("--test-reporter=tap")
            .arg(format!("--test-reporter-destination={}", report.display()))
            .args(tests)
            .env("SITE", site)
            .current_dir(page),
    )?;
    let text = fs::read_to_string(&report).context("reading the report of the page's tests")?;
    Ok(Counts::of_node(&Output { succeeded, text }))
}

/// What was done, and how it went.
#[derive(Default)]
struct Steps {
    done: Vec<(&'static str, Duration)>,
    counts: Counts,
}

impl Steps {
    /// Times a step.
    fn run<T>(&mut self, name: &'static str, step: impl FnOnce() -> Result<T>) -> Result<T> {
        say(&format!("{name} ==="));
        let start = Instant::now();
        let result = step().with_context(|| name);
        self.done.push((name, start.elapsed()));
        println!("--- {name}: {}", seconds(start.elapsed()));
        result
    }

    /// Times tests, and counts them: none at all is a failure, too.
    fn count(&mut self, name: &'static str, step: impl FnOnce() -> Result<Counts>) -> Result<()> {
        let counts = self.run(name, step)?;
        println!("    {} passed, {} failed", counts.passed, counts.failed);
        self.counts += counts;
        if counts.failed > 0 {
            bail!("{name}: {} failed", counts.failed);
        }
        if counts.passed == 0 {
            bail!("{name}: no test ran");
        }
        Ok(())
    }

    fn summarise(&self, failed: bool) {
        say("Summary");
        for (name, duration) in &self.done {
            println!("{name:50}{:>15}", seconds(*duration));
        }
        // A step that failed without tests of its own counts as one.
        let failures = self.counts.failed.max(usize::from(failed));
        println!("\n{} passed, {failures} failed", self.counts.passed);
    }
}

fn seconds(duration: Duration) -> String {
    match duration.as_secs() {
        seconds @ 0..60 => format!("{seconds} s"),
        seconds => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}
