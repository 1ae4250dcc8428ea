//! `cargo xtask test`.

use std::{
    process::Command,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::{
    Paths,
    counts::Counts,
    mnist,
    process::{cargo, npm, run, run_and_read, say},
    site, tools,
};

/// Checks everything, and ends at the first step that fails.
pub fn test(paths: &Paths) -> Result<()> {
    let mut steps = Steps::default();
    let result = all(paths, &mut steps);
    steps.summarise(result.is_err());
    result
}

fn all(paths: &Paths, steps: &mut Steps) -> Result<()> {
    let (www, page) = (&paths.www, paths.root.join("tests/page"));
    let cargo = |args: &[&str]| {
        let mut command = cargo();
        command.args(args).current_dir(&paths.root);
        command
    };
    steps.run("Format", || run(&mut cargo(&["fmt", "--all", "--check"])))?;
    let (tools, mnist) = steps.run("Set-up", || {
        let mnist = mnist::find()?;
        let _lock = site::lock(paths)?;
        let tools = tools::install(paths)?;
        tools::install_webkit(&page.join("harness"));
        site::install_packages(www)?;
        site::install_packages(&page)?;
        // The page takes its types from what is compiled.
        site::build_wasm(paths)?;
        Ok((tools, mnist))
    })?;
    if mnist.is_none() {
        println!("  MNIST cannot be had here; the tests use SYNTHETIC digits.");
    }
    let script = |name| {
        let mut command = npm(www);
        command.args(["run", "--silent", name]);
        command
    };
    steps.run("Types and lints of the page", || run(&mut script("check")))?;
    steps.count("Tests of the page's modules", script("test"))?;
    let clippy = |args: &[&str]| run(cargo(&["clippy"]).args(args).args(["--", "--deny=warnings"]));
    steps.run("Lints", || clippy(&["--workspace", "--all-targets", "--features=cli"]))?;
    let wasm = ["--package=mnist-cubic", "--lib", "--tests", "--target", site::TARGET];
    steps.run("Lints for WebAssembly", || clippy(&wasm))?;
    steps.run("Documentation", || {
        run(cargo(&["doc", "--package=mnist-cubic", "--package=mnist", "--no-deps"])
            .env("RUSTDOCFLAGS", "--deny=warnings"))
    })?;
    let native = |packages: &[&str]| {
        let mut command = cargo(&["test", "--no-fail-fast"]);
        command.args(packages);
        // Tests that need MNIST are ignored without it.
        if let Some(mnist) = &mnist {
            command.env("MNIST_DIR", mnist).args(["--", "--include-ignored"]);
        }
        command
    };
    steps.count("Tests of the commands", native(&["--profile=xtask", "--package=xtask"]))?;
    steps.count("Native tests", native(&["--package=mnist-cubic", "--package=mnist"]))?;
    let folder = paths.site("test");
    steps.run("Site", || site::build(paths, mnist.as_deref(), &folder))?;
    let mut wasm_pack = Command::new(&tools["WASM_PACK"]);
    wasm_pack
        .args(["test", "--headless", "--firefox", "--geckodriver"])
        .arg(&tools["GECKODRIVER"])
        .env("PATH", tools::path(paths, &tools)?)
        .current_dir(&paths.root);
    steps.count("Tests in Firefox", wasm_pack)?;
    let mut page_tests = Command::new("node");
    // Two files at once would share the processor, and waits would run out.
    page_tests.args(["--test", "--test-concurrency=1", "--test-reporter=spec"]).current_dir(&page);
    page_tests.envs(tools).env("SITE", folder);
    steps.count("Tests of the page in each browser", page_tests)?;
    Ok(())
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
        println!("--- {name}: {:.0?}", start.elapsed());
        result
    }

    /// Times tests, and counts them: none at all is a failure, too.
    fn count(&mut self, name: &'static str, mut tests: Command) -> Result<()> {
        // Words that are read are not coloured.
        tests.env("NO_COLOR", "1").env_remove("FORCE_COLOR");
        let (text, succeeded) = self.run(name, || run_and_read(&mut tests))?;
        let Counts { passed, failed, skipped } = Counts::of(&text, succeeded);
        println!("    {passed} passed, {failed} failed, {skipped} skipped");
        self.counts.passed += passed;
        self.counts.failed += failed;
        self.counts.skipped += skipped;
        match (passed, failed) {
            (_, 1..) => bail!("{name}: {failed} failed"),
            (0, _) => bail!("{name}: no test ran"),
            _ => Ok(()),
        }
    }

    fn summarise(&self, failed: bool) {
        say("Summary");
        for (name, duration) in &self.done {
            println!("{name:50}{duration:>10.0?}");
        }
        if self.counts.skipped > 0 {
            println!("\n{} skipped", self.counts.skipped);
        }
        // A step that failed without tests of its own counts as one.
        let failures = self.counts.failed.max(usize::from(failed));
        println!("\n{} passed, {failures} failed", self.counts.passed);
    }
}
