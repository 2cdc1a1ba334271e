//! The Rust side: the wasm target, Trunk, and the wasm-bindgen programs.

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
    wasm_target()?;
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

fn wasm_target() -> Outcome {
    let answer = ask(Command::new("rustc").args(["--print", "target-libdir", "--target", WASM]))?;
    if answer.ok && Path::new(answer.stdout.trim()).is_dir() {
        return Ok(());
    }
    if on_path("rustup").is_none() {
        return Err(Failure::new(format!(
            "this Rust has no standard library for {WASM}, and there is no rustup to add it"
        ))
        .remedy("Install Rust with rustup (rustup.rs)"));
    }
    step(format!("Adding the Rust target {WASM}"));
    run(Command::new("rustup").args(["target", "add", WASM]), "adding the target")
        .map_err(|failure| failure.remedy("Check the network connection"))
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
