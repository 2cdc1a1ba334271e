//! What is checked of the source itself: the formatter, import circles, what the documents refer to, and the linter on every crate for the
//! target it runs on.

use std::process::Command;

use super::counts::Counts;
use super::{Report, circles, docs};
use crate::command::follow;
use crate::failure::Outcome;
use crate::layout::Layout;
use crate::toolchain::rust::{WASM, cargo, wasm_cargo};

/// Warnings are errors here, not while a person writes.
const STRICT: [&str; 3] = ["--", "-D", "warnings"];

pub(super) fn run(layout: &Layout, report: &mut Report) {
    report.suite("format", || check(&mut cargo(layout), &["fmt", "--all", "--check"]));
    report.suite("import circles", || circles::check(layout));
    report.suite("documents", || docs::check(layout));
    report.suite("clippy, native", || {
        let members = ["--workspace", "--exclude", "runboard", "--all-targets"];
        check(&mut cargo(layout), &[&["clippy", "--locked"][..], &members, &STRICT].concat())
    });
    // Cargo lints the members this one needs, too, so core is linted for both targets. Its tests are native ones: what
    // they need does not build for wasm.
    report.suite("clippy, wasm", || {
        let targets = ["--target", WASM, "--lib", "--bins", "--tests", "-p", "runboard"];
        check(&mut wasm_cargo(layout), &[&["clippy", "--locked"][..], &targets, &STRICT].concat())
    });
}

fn check(cargo: &mut Command, arguments: &[&str]) -> Outcome<Counts> {
    let status = follow(cargo.args(arguments), |_| {})?;
    Ok(Counts::one(status.success()))
}
