//! Node.js and the one package folder the project has: Playwright, and what shrinks the release build, all pinned.
//!
//! Both live in `tests/end2end` so that there is one lock file and one install. The console itself needs neither.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use super::version::Version;
use crate::command::{ask, on_path, run, timed};
use crate::failure::{Failure, OrFail, Outcome};
use crate::layout::Layout;

/// The oldest Node.js that Playwright runs on.
const OLDEST: u64 = 20;

/// A Node.js with the packages of `tests/end2end` installed.
#[derive(Debug)]
pub(crate) struct Node {
    packages: PathBuf,
}

/// Finds Node.js and installs the packages as locked, unless they are already there.
pub(crate) fn ready(layout: &Layout) -> Outcome<Node> {
    let remedy = format!("Install Node.js {OLDEST} or newer with npm");
    let lack = |what: &str| Failure::new(what).remedy(&remedy);
    let node = on_path("node").ok_or_else(|| lack("there is no Node.js on PATH"))?;
    let said = ask(Command::new(node).arg("--version"))?.stdout;
    let version = Version::first_in(&said).ok_or_else(|| lack("node does not say its version"))?;
    if version.major < OLDEST {
        return Err(lack(&format!("Node.js {version} is too old")));
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    if !ask(Command::new(npm).arg("--version")).is_ok_and(|answer| answer.ok) {
        return Err(lack("there is no npm on PATH"));
    }

    let home = layout.end2end();
    let lock = fs::read(home.join("package-lock.json")).or_fail("cannot read tests/end2end/package-lock.json")?;
    let packages = home.join("node_modules");
    // The lock as it was when these packages were installed.
    let stamp = packages.join(".installed-lock.json");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(Node { packages });
    }
    let mut install = Command::new(npm);
    install.current_dir(&home).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error"]);
    // Without a network npm would try for minutes.
    install.args(["--fetch-retries", "2", "--fetch-retry-mintimeout", "1000", "--fetch-retry-maxtimeout", "5000"]);
    let words = "Installing the packages of tests/end2end (Playwright, wasm-opt, terser; half a minute)";
    timed(words, || run(&mut install, "npm ci")).map_err(|failure| failure.remedy("Check the network connection"))?;
    fs::write(&stamp, &lock).or_fail(format!("cannot write {}", stamp.display()))?;
    Ok(Node { packages })
}

impl Node {
    /// The pinned `wasm-opt`.
    pub(crate) fn wasm_opt(&self) -> Command {
        self.script("binaryen/bin/wasm-opt")
    }

    /// The minifier for JavaScript. Trunk's own does not read what wasm-bindgen writes.
    pub(crate) fn terser(&self) -> Command {
        self.script("terser/bin/terser")
    }

    /// The TypeScript compiler.
    pub(crate) fn tsc(&self) -> Command {
        self.script("typescript/bin/tsc")
    }

    /// The Playwright command.
    pub(crate) fn playwright(&self) -> Command {
        self.script("@playwright/test/cli.js")
    }

    fn script(&self, path: &str) -> Command {
        let mut command = Command::new("node");
        command.arg(self.packages.join(path));
        command
    }
}
