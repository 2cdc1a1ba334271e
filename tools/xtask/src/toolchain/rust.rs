//! The Rust side: the parts of the toolchain, Trunk, and the wasm-bindgen programs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::version::{self, Version};
use crate::command::{ask, on_path, run, step, with_path};
use crate::failure::{Failure, OrFail, Outcome};
use crate::layout::Layout;

/// The target the console is built for.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// The last Trunk that builds with this project's Rust.
const TRUNK: Version = Version { major: 0, minor: 21, patch: 14 };

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
    step(format!("Adding to the Rust toolchain: {}", names(&missing)));
    for part in &missing {
        let mut rustup = Command::new("rustup");
        rustup.current_dir(&layout.root).args(part.rustup_arguments());
        run(&mut rustup, &format!("adding {} to the Rust toolchain", part.name()))
            .map_err(|failure| failure.remedy(by_hand(&missing)))?;
    }
    Ok(())
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

/// Trunk and wasm-bindgen, ready to be called.
#[derive(Debug)]
pub(crate) struct Tools {
    /// Folders that go before all others on PATH.
    folders: Vec<PathBuf>,
    /// Runs wasm tests; from the same package as wasm-bindgen.
    pub(crate) test_runner: PathBuf,
}

impl Tools {
    /// A command that finds these tools on its PATH.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        with_path(&mut command, &self.folders);
        // Trunk takes NO_COLOR for a flag of its own and refuses most values; with backtraces on, it adds one to its errors.
        command.env_remove("NO_COLOR").env("RUST_LIB_BACKTRACE", "0");
        command
    }
}

/// Finds or installs everything that building the console needs.
pub(crate) fn tools(layout: &Layout) -> Outcome<Tools> {
    let bindgen = bindgen_version(layout)?;
    let trunk = cargo_tool(layout, "trunk", "trunk", TRUNK, "about 5 minutes on two cores")?;
    let bindgen = cargo_tool(layout, "wasm-bindgen-cli", "wasm-bindgen", bindgen, "about 3 minutes on two cores")?;
    let test_runner = bindgen.with_file_name(format!("wasm-bindgen-test-runner{}", std::env::consts::EXE_SUFFIX));
    let folders =
        [&trunk, &bindgen].into_iter().filter_map(|program| program.parent()).map(Path::to_path_buf).collect();
    Ok(Tools { folders, test_runner })
}

/// Downloads the crates of the console, so that Trunk can build without the network.
pub(crate) fn fetch(layout: &Layout) -> Outcome {
    let answer = ask(cargo(layout).args(["fetch", "--locked", "--quiet", "--target", WASM]))?;
    if answer.ok {
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

/// The compiler's version: `1.95.0`.
pub(crate) fn version() -> Outcome<String> {
    let said = ask(Command::new("rustc").arg("--version"))?.stdout;
    said.split_whitespace().nth(1).map(str::to_owned).ok_or_else(|| Failure::new("rustc does not say its version"))
}

/// Where the compiler and its standard library are.
pub(crate) fn sysroot() -> Outcome<PathBuf> {
    Ok(PathBuf::from(ask(Command::new("rustc").args(["--print", "sysroot"]))?.stdout.trim()))
}

/// The program and the library must be of one version, down to the patch.
fn bindgen_version(layout: &Layout) -> Outcome<Version> {
    let lock = fs::read_to_string(layout.root.join("Cargo.lock")).or_fail("cannot read Cargo.lock")?;
    version::locked(&lock, "wasm-bindgen").ok_or_else(|| Failure::new("Cargo.lock does not name wasm-bindgen"))
}

/// A program of a certain version: from PATH, from the cache, or installed into the cache.
pub(super) fn cargo_tool(
    layout: &Layout,
    package: &str,
    program: &str,
    wanted: Version,
    duration: &str,
) -> Outcome<PathBuf> {
    let home = layout.tools.join(format!("{package}-{wanted}"));
    let cached = home.join("bin").join(format!("{program}{}", std::env::consts::EXE_SUFFIX));
    for candidate in on_path(program).into_iter().chain([cached.clone()]) {
        if version_of(&candidate) == Some(wanted) {
            return Ok(candidate);
        }
    }

    step(format!("Installing {package} {wanted} from source into {} ({duration}, once)", home.display()));
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
    if program == "trunk" {
        // Without the update check and TLS: this project's Trunk never uses the network.
        install.arg("--no-default-features").env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1");
    }
    run(&mut install, &format!("installing {package} {wanted}")).map_err(|failure| {
        failure.remedy(format!("Check the network connection, or put {program} {wanted} on PATH"))
    })?;
    if version_of(&cached) == Some(wanted) {
        Ok(cached)
    } else {
        Err(Failure::new(format!("{} is not {program} {wanted}", cached.display()))
            .remedy("Remove it and run this again"))
    }
}

fn version_of(program: &Path) -> Option<Version> {
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
