//! Compiles the console and bundles it: what a browser loads, before it is made smaller and named by its bytes.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::command::run;
use crate::failure::{OrFail, Outcome};
use crate::layout::Layout;
use crate::toolchain::rust::{self, WASM};

/// The program's name, and that of its files.
pub(crate) const NAME: &str = "runboard";

/// What the splitter has to know: what refers to what, under names that differ.
const LINKER_FLAGS: [&str; 2] = ["-Clink-arg=--emit-relocs", "-Clink-arg=--no-demangle"];

/// Compiles for release, with the lazy functions marked. Gives back the program as it was linked.
pub(crate) fn compile(layout: &Layout) -> Outcome<PathBuf> {
    let mut flags: Vec<_> = LINKER_FLAGS.map(str::to_owned).into();
    flags.extend(without_machine_paths(layout)?);
    let mut cargo = rust::wasm_cargo(layout);
    cargo.args(["build", "--quiet", "--locked", "--release", "--target", WASM, "--features", "split", "--config"]);
    cargo.arg(rustflags(&flags)).env("CARGO_TARGET_DIR", &layout.target);
    run(&mut cargo, "compiling the console")?;
    Ok(layout.target.join(WASM).join("release").join(NAME).with_extension("wasm"))
}

/// Splits the program and writes the script that starts it. Gives back the folder they are in.
pub(crate) fn bundle(layout: &Layout, bundler: &Path, linked: &Path) -> Outcome<PathBuf> {
    let folder = layout.target.join("bundle");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).or_fail(format!("cannot create {}", folder.display()))?;
    run(Command::new(bundler).arg(linked).arg(&folder), "bundling the program")?;
    Ok(folder)
}

/// A setting of Cargo's. Settings of the command line are added to those of `.cargo/config.toml`, while a variable would
/// replace them.
fn rustflags(flags: &[String]) -> String {
    // A list of texts in JSON is one in TOML.
    format!("target.{WASM}.rustflags={}", serde_json::json!(flags))
}

/// Compiler flags that keep this machine's folders out of the program's panic messages, and so make the same source give
/// the same bytes on every machine.
fn without_machine_paths(layout: &Layout) -> Outcome<Vec<String>> {
    // Later ones win, so what may lie in another comes after it.
    let mut folders = vec![(layout.root.clone(), "/runboard"), (layout.target.clone(), "/target")];
    let home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| env::home_dir().map(|home| home.join(".cargo")));
    if let Some(entries) = home.and_then(|home| fs::read_dir(home.join("registry/src")).ok()) {
        folders.extend(entries.filter_map(|entry| entry.ok().map(|entry| (entry.path(), "/crates"))));
    }
    folders.push((rust::sysroot()?, "/rust"));
    let flag = |(folder, name): (PathBuf, &str)| format!("--remap-path-prefix={}={name}", folder.display());
    Ok(folders.into_iter().map(flag).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compiler_flags_with_spaces_and_quotes_stay_one_flag_each() {
        let flags = ["--remap-path-prefix=/my code=/x".to_owned(), "--cfg=a=\"b\"".to_owned()];
        assert_eq!(
            rustflags(&flags),
            r#"target.wasm32-unknown-unknown.rustflags=["--remap-path-prefix=/my code=/x","--cfg=a=\"b\""]"#
        );
    }
}
