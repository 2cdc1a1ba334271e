//! The programs of `tools/bindgen`: wasm-bindgen and the splitter, in the versions that Cargo.lock pins.

use std::path::PathBuf;

use super::rust;
use crate::command::{run, timed};
use crate::failure::Outcome;
use crate::layout::Layout;

const PACKAGE: &str = "runboard-bindgen";

/// The program that makes of a linked program what a browser loads.
pub(crate) fn bundler(layout: &Layout) -> Outcome<PathBuf> {
    timed("Building wasm-bindgen and the splitter (about 2 minutes on two cores, once)", || build(layout, &[]))?;
    Ok(program(layout, "bundle"))
}

/// What runs tests in a browser.
pub(crate) fn test_runner(layout: &Layout) -> Outcome<PathBuf> {
    command_line(layout)?;
    Ok(program(layout, "wasm-bindgen-test-runner"))
}

/// `wasm-bindgen`, as Trunk calls it.
pub(crate) fn wasm_bindgen(layout: &Layout) -> Outcome<PathBuf> {
    command_line(layout)?;
    Ok(program(layout, "wasm-bindgen"))
}

fn command_line(layout: &Layout) -> Outcome {
    let words = "Building the command-line programs of wasm-bindgen (about 2 minutes on two cores, once)";
    timed(words, || build(layout, &["--features", "cli"]))
}

fn build(layout: &Layout, features: &[&str]) -> Outcome {
    let mut cargo = rust::cargo(layout);
    // Optimised: without it, reading and writing the program takes half a minute.
    cargo.args(["build", "--locked", "--quiet", "--profile", "tools", "--package", PACKAGE]).args(features);
    run(&mut cargo, "building tools/bindgen")
}

fn program(layout: &Layout, name: &str) -> PathBuf {
    layout.target.join("tools").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}
