//! Builds the console into `dist/`.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;

use crate::command::{run, step};
use crate::failure::{OrFail, Outcome};
use crate::layout::Layout;
use crate::seal::seal;
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
    step("Building the console for release into dist/ (some minutes the first time)");
    let mut trunk = tools.command("trunk");
    let fresh = layout.root.join("target/fresh-dist");
    trunk.current_dir(&layout.root).args(["build", "--release", "--log", "error", "--dist"]).arg(&fresh);
    if let Some(flags) = without_machine_paths(layout) {
        trunk.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags);
    }
    run(&mut trunk, "building the console")?;
    seal(&fresh, node)?;
    // Only a finished build becomes dist/: a failure on the way leaves the old one whole.
    let dist = layout.dist();
    let _ = fs::remove_dir_all(&dist);
    fs::rename(&fresh, &dist).or_fail("cannot move the finished build to dist/")
}

/// Compiler flags that keep this machine's folders out of the program's panic messages, and so make
/// the same source give the same bytes on every machine.
fn without_machine_paths(layout: &Layout) -> Option<OsString> {
    let home =
        env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| env::home_dir().map(|home| home.join(".cargo")))?;
    let registries = fs::read_dir(home.join("registry/src")).ok()?;
    let sources = registries.filter_map(|entry| entry.ok().map(|entry| (entry.path(), "/crates")));
    let mut flags = OsString::new();
    for (folder, name) in sources.chain([(layout.root.clone(), "/runboard")]) {
        // The variable is split at spaces, so such a folder cannot be named in it.
        if folder.to_string_lossy().contains(char::is_whitespace) {
            return None;
        }
        flags.push(if flags.is_empty() { "" } else { " " });
        flags.push("--remap-path-prefix=");
        flags.push(folder);
        flags.push(format!("={name}"));
    }
    Some(flags)
}
