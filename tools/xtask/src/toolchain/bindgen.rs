//! The programs of `tools/bindgen`: wasm-bindgen and the splitter, in the versions that Cargo.lock pins.

use std::path::PathBuf;

use super::rust;
use crate::command::{run, timed};
use crate::failure::Outcome;
use crate::layout::Layout;

const PACKAGE: &str = "runboard-bindgen";

/// Cargo's profile for it, and the folder of what is built with that.
const PROFILE: &str = "bindgen";

/// The program that makes of a linked program what a browser loads.
pub(crate) fn bundler(layout: &Layout) -> Outcome<PathBuf> {
    timed("Building wasm-bindgen and the splitter (a minute on two cores, once)", || build(layout, &[]))?;
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
    let words = "Building the command-line programs of wasm-bindgen (a minute on two cores, once)";
    timed(words, || build(layout, &["--features", "cli"]))
}

fn build(layout: &Layout, features: &[&str]) -> Outcome {
    let mut cargo = rust::cargo(layout);
    cargo.args(["build", "--locked", "--quiet", "--profile", PROFILE, "--package", PACKAGE]).args(features);
    run(&mut cargo, "building tools/bindgen")
}

fn program(layout: &Layout, name: &str) -> PathBuf {
    layout.target.join(PROFILE).join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}
