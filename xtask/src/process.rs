//! Running other programs, and saying so.

use std::{
    env,
    ffi::OsString,
    io::{BufRead, BufReader, ErrorKind},
    process::{Command, ExitStatus, Stdio},
};

use anyhow::{Context, Result, anyhow, bail};

/// Tells what comes next.
pub fn say(message: &str) {
    println!("\n=== {message}");
}

/// The cargo that runs us.
pub fn cargo() -> OsString {
    env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// Runs a program, its output shown; an exit code other than 0 is an error.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().map_err(|error| start_error(command, error))?;
    check(command, status)
}

/// Runs a program, its output shown, and tells whether its exit code was 0.
pub fn succeeds(command: &mut Command) -> Result<bool> {
    let status = command.status().map_err(|error| start_error(command, error))?;
    Ok(status.success())
}

/// How a program ended, and what it wrote to its standard output.
pub struct Output {
    /// Whether its exit code was 0.
    pub succeeded: bool,
    /// What it wrote.
    pub text: String,
}

/// Runs a program, its output shown while it comes, and read.
pub fn run_and_read(command: &mut Command) -> Result<Output> {
    let mut child =
        command.stdout(Stdio::piped()).spawn().map_err(|error| start_error(command, error))?;
    let mut text = String::new();
    if let Some(stdout) = child.stdout.take() {
        let mut stdout = BufReader::new(stdout);
        let mut line = Vec::new();
        while stdout.read_until(b'\n', &mut line)? > 0 {
            let shown = String::from_utf8_lossy(&line);
            print!("{shown}");
            text.push_str(&shown);
            line.clear();
        }
    }
    let succeeded = child.wait()?.success();
    Ok(Output { succeeded, text })
}

/// Runs a program and returns what it wrote to its standard output.
pub fn output(command: &mut Command) -> Result<String> {
    let output =
        command.stderr(Stdio::inherit()).output().map_err(|error| start_error(command, error))?;
    check(command, output.status)?;
    String::from_utf8(output.stdout).with_context(|| format!("the output of `{}`", line(command)))
}

fn check(command: &Command, status: ExitStatus) -> Result<()> {
    if !status.success() {
        bail!("`{}` failed ({status})", line(command));
    }
    Ok(())
}

fn start_error(command: &Command, error: std::io::Error) -> anyhow::Error {
    let program = command.get_program().to_string_lossy();
    match error.kind() {
        ErrorKind::NotFound => anyhow!("`{program}` is not installed, or not in the PATH"),
        _ => anyhow!("`{program}` does not start: {error}"),
    }
}

/// The command as one would type it, for messages.
fn line(command: &Command) -> String {
    let program = std::path::Path::new(command.get_program());
    let program = program.file_stem().unwrap_or(program.as_os_str());
    let mut words = vec![program.to_string_lossy()];
    words.extend(command.get_args().map(|arg| arg.to_string_lossy()));
    words.join(" ")
}
