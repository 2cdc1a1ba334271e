//! Running other programs: in the foreground, for their answer, or line by line.

use std::env;
use std::ffi::OsStr;
use std::io::{self, BufRead, BufReader, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use crate::failure::{Failure, OrFail, Outcome};

/// What a program answered.
#[derive(Debug)]
pub(crate) struct Answer {
    /// Whether it ended with 0.
    pub(crate) ok: bool,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Says in one line what happens next.
pub(crate) fn step(words: impl std::fmt::Display) {
    let mark = if io::stdout().is_terminal() { "\u{1b}[1m==>\u{1b}[0m" } else { "==>" };
    println!("{mark} {words}");
    let _ = io::stdout().flush();
}

/// Says in one line what happens next, and how long it took once it is done. What is done at once says nothing more. Steps can
/// run beside each other, so the second line names its step, too: the words without what stands in brackets.
pub(crate) fn timed<T>(words: impl std::fmt::Display, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    let words = words.to_string();
    step(&words);
    let begun = Instant::now();
    let done = work()?;
    let took = begun.elapsed();
    if took >= Duration::from_secs(1) {
        println!("    {}: {} s", words.split(" (").next().unwrap_or_default(), took.as_secs());
    }
    Ok(done)
}

/// Runs a program that writes to the terminal itself; anything but exit code 0 is a failure.
pub(crate) fn run(command: &mut Command, what: &str) -> Outcome {
    let name = name_of(command);
    let status = command.stdin(Stdio::null()).status().or_fail(format!("cannot start {name}"))?;
    if status.success() { Ok(()) } else { Err(Failure::new(format!("{what} failed ({name}: {status})"))) }
}

/// Runs a program and keeps what it writes. Its exit code is part of the answer, not a failure.
pub(crate) fn ask(command: &mut Command) -> Outcome<Answer> {
    let name = name_of(command);
    let output = command.stdin(Stdio::null()).output().or_fail(format!("cannot start {name}"))?;
    Ok(Answer {
        ok: output.status.success(),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    })
}

/// Runs a program, shows what it writes as it writes it, and hands each line over without its colours.
/// Standard output and error share one pipe, so that their order is kept.
pub(crate) fn follow(command: &mut Command, mut line: impl FnMut(&str)) -> Outcome<ExitStatus> {
    let name = name_of(command);
    let failed = format!("cannot start {name}");
    let (reader, writer) = io::pipe().or_fail(&failed)?;
    if io::stdout().is_terminal() {
        command.env("CARGO_TERM_COLOR", "always").env("FORCE_COLOR", "1");
    }
    command.stdin(Stdio::null()).stdout(writer.try_clone().or_fail(&failed)?).stderr(writer);
    let mut child = command.spawn().or_fail(&failed)?;
    // The command keeps its ends of the pipe; while they are open the reader would never see the end.
    command.stdout(Stdio::null()).stderr(Stdio::null());

    let mut reader = BufReader::new(reader);
    let mut bytes = Vec::new();
    while reader.read_until(b'\n', &mut bytes).or_fail(format!("cannot read from {name}"))? > 0 {
        let _ = io::stdout().write_all(&bytes).and_then(|()| io::stdout().flush());
        line(without_colours(&String::from_utf8_lossy(&bytes)).trim_end());
        bytes.clear();
    }
    child.wait().or_fail(format!("cannot wait for {name}"))
}

/// A program by its name on PATH.
pub(crate) fn on_path(name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(&file)).find(|path| path.is_file())
}

/// Puts folders before all others on a command's PATH.
pub(crate) fn with_path(command: &mut Command, folders: &[PathBuf]) {
    let rest = env::var_os("PATH").unwrap_or_default();
    let all = folders.iter().cloned().chain(env::split_paths(&rest));
    if let Ok(joined) = env::join_paths(all) {
        command.env("PATH", joined);
    }
}

fn name_of(command: &Command) -> String {
    Path::new(command.get_program()).file_name().unwrap_or(OsStr::new("?")).to_string_lossy().into_owned()
}

/// Text without the escape sequences that colour a terminal.
pub(crate) fn without_colours(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(character) = rest.next() {
        if character == '\u{1b}' {
            // `ESC [ parameters letter`
            let _ = rest.find(char::is_ascii_alphabetic);
        } else {
            plain.push(character);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_taken_off() {
        assert_eq!(without_colours("test result: \u{1b}[1;32mok\u{1b}[0m. 3 passed"), "test result: ok. 3 passed");
        assert_eq!(without_colours("plain"), "plain");
    }

    #[test]
    fn a_program_that_is_not_there_is_a_failure_that_names_it() {
        let failure = run(&mut Command::new("runboard-no-such-program"), "trying").unwrap_err();
        assert!(failure.to_string().starts_with("cannot start runboard-no-such-program"), "{failure}");
    }
}
