//! Trunk, which rebuilds and reloads while a person edits. Nothing else needs it.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::version::Version;
use super::{bindgen, rust};
use crate::command::{on_path, with_path};
use crate::failure::{Failure, Outcome};
use crate::layout::Layout;

/// The last Trunk that builds with this project's Rust.
const TRUNK: Version = Version { major: 0, minor: 21, patch: 14 };

/// Trunk from PATH, from the cache, or installed into the cache.
pub(crate) fn ready(layout: &Layout) -> Outcome<Command> {
    // Without the update check and TLS: this project's Trunk never uses the network.
    let program =
        rust::cargo_tool(layout, "trunk", "trunk", TRUNK, &["--no-default-features"], "about 5 minutes on two cores")?;
    command(layout, &program)
}

/// Trunk from PATH, where a person has it.
pub(crate) fn on_this_machine(layout: &Layout) -> Outcome<Command> {
    let found = on_path("trunk").filter(|program| rust::version_of(program) == Some(TRUNK));
    let program = found.ok_or_else(|| {
        Failure::new(format!("there is no Trunk {TRUNK} on PATH, so it was not tried whether it builds the console"))
    })?;
    command(layout, &program)
}

/// Trunk with the workspace's wasm-bindgen before all others on its PATH.
fn command(layout: &Layout, program: &Path) -> Outcome<Command> {
    let bindgen = bindgen::wasm_bindgen(layout)?;
    let folders: Vec<PathBuf> = bindgen.parent().map(Path::to_path_buf).into_iter().collect();
    let mut command = Command::new(program);
    command.current_dir(&layout.root);
    with_path(&mut command, &folders);
    for variable in rust::RUSTFLAGS {
        command.env_remove(variable);
    }
    // Trunk takes NO_COLOR for a flag of its own and refuses most values; with backtraces on, it adds one to its errors.
    command.env_remove("NO_COLOR").env("RUST_LIB_BACKTRACE", "0");
    Ok(command)
}
