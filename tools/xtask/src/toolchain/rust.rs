//! The Rust side: the parts of the toolchain, and programs that are installed from source.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use super::version::Version;
use crate::command::{ask, on_path, run, step, timed};
use crate::failure::{Failure, OrFail, Outcome};
use crate::layout::Layout;

/// The target the console is built for.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// Where Cargo looks for compiler flags before it looks into its files.
pub(super) const RUSTFLAGS: [&str; 3] =
    ["CARGO_ENCODED_RUSTFLAGS", "RUSTFLAGS", "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS"];

/// A part of the toolchain that a minimal installation of Rust does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// The standard library for [`WASM`].
    WasmTarget,
    /// `cargo fmt`.
    Rustfmt,
    /// `cargo clippy`.
    Clippy,
}

impl Part {
    fn name(self) -> String {
        match self {
            Self::WasmTarget => format!("the target {WASM}"),
            Self::Rustfmt => "rustfmt".to_owned(),
            Self::Clippy => "clippy".to_owned(),
        }
    }

    /// What follows `rustup` in the command that adds it.
    const fn rustup_arguments(self) -> [&'static str; 3] {
        match self {
            Self::WasmTarget => ["target", "add", WASM],
            Self::Rustfmt => ["component", "add", "rustfmt"],
            Self::Clippy => ["component", "add", "clippy"],
        }
    }

    fn is_installed(self, layout: &Layout) -> Outcome<bool> {
        let component = |subcommand| Ok(ask(cargo(layout).args([subcommand, "--version"]))?.ok);
        match self {
            Self::WasmTarget => {
                let mut rustc = Command::new("rustc");
                rustc.current_dir(&layout.root).args(["--print", "target-libdir", "--target", WASM]);
                let answer = ask(&mut rustc)?;
                Ok(answer.ok && Path::new(answer.stdout.trim()).is_dir())
            }
            Self::Rustfmt => component("fmt"),
            Self::Clippy => component("clippy"),
        }
    }
}

/// Adds with rustup whatever of these is missing. rustup itself reads `rust-toolchain.toml` only while it installs a whole
/// toolchain, and not at all where `RUSTUP_AUTO_INSTALL=0` is set.
pub(crate) fn install_missing(layout: &Layout, parts: &[Part]) -> Outcome {
    let mut missing = Vec::new();
    for part in parts {
        if !part.is_installed(layout)? {
            missing.push(*part);
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    if on_path("rustup").is_none() {
        return Err(without_rustup(&missing));
    }
    let add = |part: &Part| {
        let mut rustup = Command::new("rustup");
        rustup.current_dir(&layout.root).args(part.rustup_arguments());
        run(&mut rustup, &format!("adding {} to the Rust toolchain", part.name()))
    };
    timed(format!("Adding to the Rust toolchain: {}", names(&missing)), || missing.iter().try_for_each(add))
        .map_err(|failure| failure.remedy(by_hand(&missing)))
}

fn names(parts: &[Part]) -> String {
    parts.iter().map(|part| part.name()).collect::<Vec<_>>().join(", ")
}

fn without_rustup(missing: &[Part]) -> Failure {
    Failure::new(format!("this Rust has no {}, and there is no rustup to add it", names(missing).replace("the ", "")))
        .remedy("Install Rust with rustup (rustup.rs)")
}

fn by_hand(missing: &[Part]) -> String {
    let commands: Vec<_> = missing.iter().map(|part| format!("rustup {}", part.rustup_arguments().join(" "))).collect();
    format!("Check the network connection, or run this where there is one: {}", commands.join(" && "))
}

/// Downloads the crates of the console, so that a failure for want of a network says so.
pub(crate) fn fetch(layout: &Layout) -> Outcome {
    let begun = Instant::now();
    let answer = ask(cargo(layout).args(["fetch", "--locked", "--quiet", "--target", WASM]))?;
    if answer.ok {
        // Not announced: most of the time there is nothing to do.
        if begun.elapsed() > Duration::from_secs(2) {
            step(format!("Downloaded the crates in {} s", begun.elapsed().as_secs()));
        }
        return Ok(());
    }
    let network = ["download", "resolve host", "network", "timed out", "connect"];
    if network.iter().any(|word| answer.stderr.to_lowercase().contains(word)) {
        return Err(Failure::new("the crate registry cannot be reached").remedy("Check the network connection"));
    }
    Err(Failure::new(format!("cargo fetch failed: {}", answer.stderr.trim())))
}

/// `cargo`, in the checkout.
pub(crate) fn cargo(layout: &Layout) -> Command {
    let mut command = Command::new("cargo");
    command.current_dir(&layout.root);
    command
}

/// `cargo` for what is compiled for the browser. Flags in the person's own variables would replace those of
/// `.cargo/config.toml`, which the console's types depend on.
pub(crate) fn wasm_cargo(layout: &Layout) -> Command {
    let mut command = cargo(layout);
    for variable in RUSTFLAGS {
        command.env_remove(variable);
    }
    command
}

/// The compiler's version: `1.95.0`.
pub(crate) fn version() -> Outcome<String> {
    let said = ask(Command::new("rustc").arg("--version"))?.stdout;
    said.split_whitespace().nth(1).map(str::to_owned).ok_or_else(|| Failure::new("rustc does not say its version"))
}

/// Where the compiler and its standard library are.
pub(crate) fn sysroot() -> Outcome<PathBuf> {
    Ok(PathBuf::from(ask(Command::new("rustc").args(["--print", "sysroot"]))?.stdout.trim()))
}

/// A program of a certain version: from PATH, from the cache, or installed into the cache.
pub(super) fn cargo_tool(
    layout: &Layout,
    package: &str,
    program: &str,
    wanted: Version,
    extra: &[&str],
    duration: &str,
) -> Outcome<PathBuf> {
    let home = layout.tools.join(format!("{package}-{wanted}"));
    let cached = home.join("bin").join(format!("{program}{}", std::env::consts::EXE_SUFFIX));
    for candidate in on_path(program).into_iter().chain([cached.clone()]) {
        if version_of(&candidate) == Some(wanted) {
            return Ok(candidate);
        }
    }

    let words = format!("Installing {package} {wanted} from source into {} ({duration}, once)", home.display());
    fs::create_dir_all(&home).or_fail(format!("cannot create {}", home.display()))?;
    let mut install = Command::new("cargo");
    install
        // Outside the checkout, so that its Cargo settings do not reach the tool.
        .current_dir(&home)
        .args(["install", "--locked", "--force", "--no-track", "--root"])
        .arg(&home)
        .arg(format!("{package}@{wanted}"))
        .env_remove("CARGO_TARGET_DIR")
        // Their own release settings (one unit, whole-program) double the wait and save nothing here.
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
    install.args(extra).env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1");
    timed(words, || run(&mut install, &format!("installing {package} {wanted}"))).map_err(|failure| {
        failure.remedy(format!("Check the network connection, or put {program} {wanted} on PATH"))
    })?;
    if version_of(&cached) == Some(wanted) {
        Ok(cached)
    } else {
        Err(Failure::new(format!("{} is not {program} {wanted}", cached.display()))
            .remedy("Remove it and run this again"))
    }
}

pub(super) fn version_of(program: &Path) -> Option<Version> {
    if !program.is_file() {
        return None;
    }
    let answer = ask(Command::new(program).arg("--version")).ok()?;
    answer.ok.then(|| Version::first_in(&answer.stdout)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_part_that_cannot_be_added_is_named_with_the_way_to_get_it() {
        let missing = [Part::WasmTarget, Part::Clippy];
        assert_eq!(
            without_rustup(&missing).to_string(),
            "this Rust has no target wasm32-unknown-unknown, clippy, and there is no rustup to add it. \
             Install Rust with rustup (rustup.rs)"
        );
        let by_hand = by_hand(&missing);
        assert!(
            by_hand.ends_with("rustup target add wasm32-unknown-unknown && rustup component add clippy"),
            "{by_hand}"
        );
    }
}
