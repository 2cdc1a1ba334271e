//! Builds the console into `dist/`.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::command::{ask, run, step};
use crate::failure::{Failure, OrFail, Outcome};
use crate::layout::Layout;
use crate::seal::{LINKER_FLAGS, Source, seal};
use crate::toolchain::node::{self, Node};
use crate::toolchain::rust::{self, Tools};

/// Builds for release and seals. Without Node.js it says so and leaves out what shrinks the build.
pub(crate) fn build(layout: &Layout) -> Outcome {
    let tools = rust::tools(layout)?;
    rust::fetch(layout)?;
    match node::ready(layout) {
        Ok(node) => build_with(layout, &tools, Some(&node)),
        Err(lack) => {
            step(format!("Leaving wasm-opt and terser out, so what is sent stays about a quarter larger: {lack}"));
            build_with(layout, &tools, None)
        }
    }
}

/// Builds for release with what has been set up already, the crates included.
pub(crate) fn build_with(layout: &Layout, tools: &Tools, node: Option<&Node>) -> Outcome {
    build_from(layout, tools, node, &source(layout)?)
}

/// Builds for release what `source` names.
pub(crate) fn build_from(layout: &Layout, tools: &Tools, node: Option<&Node>, source: &Source) -> Outcome {
    step("Building the console for release into dist/ (some minutes the first time)");
    let mut trunk = tools.command("trunk");
    let fresh = layout.root.join("target/fresh-dist");
    trunk.current_dir(&layout.root).args(["build", "--release", "--log", "error", "--dist"]).arg(&fresh);
    trunk.env("CARGO_TARGET_DIR", &layout.target);
    let mut flags = OsString::from(LINKER_FLAGS);
    match without_machine_paths(layout)? {
        Some(more) => {
            flags.push(" ");
            flags.push(more);
        }
        None => step("A folder's name has a space in it, so this build carries its name and is not reproducible"),
    }
    trunk.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags);
    run(&mut trunk, "building the console")?;
    let linked = layout.target.join("wasm32-unknown-unknown/release/runboard.wasm");
    seal(&fresh, Some(&linked), node, source)?;
    // Only a finished build becomes dist/: a failure on the way leaves the old one whole.
    let dist = layout.dist();
    let _ = fs::remove_dir_all(&dist);
    fs::rename(&fresh, &dist).or_fail("cannot move the finished build to dist/")
}

/// What is built: the version, and the commit if this is a Git repository.
pub(crate) fn source(layout: &Layout) -> Outcome<Source> {
    let manifest = fs::read_to_string(layout.root.join("Cargo.toml")).or_fail("cannot read Cargo.toml")?;
    let version = manifest
        .lines()
        .find_map(|line| line.strip_prefix("version = \"")?.strip_suffix('"'))
        .ok_or_else(|| Failure::new("Cargo.toml does not say the version"))?;
    Ok(Source { version: version.to_owned(), commit: commit(layout) })
}

fn commit(layout: &Layout) -> Option<String> {
    let git = |arguments: &[&str]| {
        let answer = ask(Command::new("git").current_dir(&layout.root).args(arguments)).ok()?;
        answer.ok.then(|| answer.stdout.trim().to_owned())
    };
    // A checkout that lies in somebody else's repository is not at that one's commit.
    let top = PathBuf::from(git(&["rev-parse", "--show-toplevel"])?);
    if fs::canonicalize(top).ok()? != fs::canonicalize(&layout.root).ok()? {
        return None;
    }
    let commit = git(&["rev-parse", "HEAD"])?;
    let changed = git(&["status", "--porcelain"]).is_none_or(|changes| !changes.is_empty());
    Some(if changed { format!("{commit}-modified") } else { commit })
}

/// Compiler flags that keep this machine's folders out of the program's panic messages, and so make the same source give
/// the same bytes on every machine. None when a folder cannot be named in them.
fn without_machine_paths(layout: &Layout) -> Outcome<Option<OsString>> {
    // Later ones win, so what may lie in another comes after it.
    let mut folders = vec![(layout.root.clone(), "/runboard"), (layout.target.clone(), "/target")];
    let home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| env::home_dir().map(|home| home.join(".cargo")));
    if let Some(entries) = home.and_then(|home| fs::read_dir(home.join("registry/src")).ok()) {
        folders.extend(entries.filter_map(|entry| entry.ok().map(|entry| (entry.path(), "/crates"))));
    }
    folders.push((rust::sysroot()?, "/rust"));
    let mut flags = OsString::new();
    for (folder, name) in folders {
        // The variable is split at spaces.
        if folder.to_string_lossy().contains(char::is_whitespace) {
            return Ok(None);
        }
        flags.push(if flags.is_empty() { "" } else { " " });
        flags.push("--remap-path-prefix=");
        flags.push(folder);
        flags.push(format!("={name}"));
    }
    Ok(Some(flags))
}
