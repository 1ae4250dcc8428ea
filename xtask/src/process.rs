//! Running other programs, and saying so.

use std::{
    env,
    io::{BufRead, BufReader, Error, ErrorKind},
    path::Path,
    process::{Command, ExitStatus, Stdio},
};

use anyhow::{Context, Result, anyhow, bail};

/// Tells what comes next.
pub fn say(message: &str) {
    println!("\n=== {message}");
}

/// The cargo that runs us.
pub fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// npm in a folder. On Windows it is a script, whose whole name Rust wants to know.
pub fn npm(folder: &Path) -> Command {
    let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.current_dir(folder);
    command
}

/// Runs a program, its output shown; an exit code other than 0 is an error.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status();
    check(command, status)
}

/// Replaces this process by a program where possible, so that killing this one kills it.
pub fn become_program(command: &mut Command) -> Result<()> {
    #[cfg(unix)]
    let status = Err(std::os::unix::process::CommandExt::exec(command));
    #[cfg(not(unix))]
    let status = command.status();
    check(command, status)
}

/// Runs a program without a word, and tells whether its exit code was 0.
pub fn succeeds(command: &mut Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|it| it.success())
}

/// Runs a program, its output shown while it comes, and returns what it wrote to its standard
/// output, and whether its exit code was 0.
pub fn run_and_read(command: &mut Command) -> Result<(String, bool)> {
    let child = command.stdout(Stdio::piped()).spawn();
    let mut child = child.map_err(|error| start_error(command, &error))?;
    let mut text = String::new();
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).split(b'\n') {
            let line = String::from_utf8_lossy(&line?).into_owned();
            println!("{line}");
            text += &(line + "\n");
        }
    }
    Ok((text, child.wait()?.success()))
}

/// Runs a program and returns what it wrote to its standard output.
pub fn output(command: &mut Command) -> Result<String> {
    let output = command.stderr(Stdio::inherit()).output();
    let output = output.map_err(|error| start_error(command, &error))?;
    check(command, Ok(output.status))?;
    String::from_utf8(output.stdout).with_context(|| format!("the output of `{}`", line(command)))
}

fn check(command: &Command, status: Result<ExitStatus, Error>) -> Result<()> {
    let status = status.map_err(|error| start_error(command, &error))?;
    if !status.success() {
        bail!("`{}` failed ({status})", line(command));
    }
    Ok(())
}

fn start_error(command: &Command, error: &Error) -> anyhow::Error {
    let program = command.get_program().to_string_lossy();
    match error.kind() {
        ErrorKind::NotFound => anyhow!("`{program}` is not installed, or not in the PATH"),
        _ => anyhow!("`{program}` does not start: {error}"),
    }
}

/// The command as one would type it, for messages.
fn line(command: &Command) -> String {
    let args = command.get_args().map(|arg| arg.to_string_lossy());
    let words: Vec<_> = [command.get_program().to_string_lossy()].into_iter().chain(args).collect();
    words.join(" ")
}
