//! The journeys: the release build, a sandbox for each worker, Playwright with the machine's browser, and the web
//! servers that the console is hosted on; and the smoke journey, which drives the machine's Firefox.

use std::cell::OnceCell;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::Report;
use super::counts::{self, Counts};
use crate::command::{follow, run as run_program};
use crate::console;
use crate::dist;
use crate::failure::{Failure, OrFail, Outcome};
use crate::layout::Layout;
use crate::parallel;
use crate::sandbox;
use crate::toolchain::firefox::Firefox;
use crate::toolchain::node::{self, Node};
use crate::toolchain::{browser, hosts, rust, trunk};

/// The console and the sandbox, built from the sources as they are; once for all that need them.
#[derive(Debug, Default)]
pub(super) struct Build(OnceCell<Outcome<Built>>);

#[derive(Debug)]
struct Built {
    node: Node,
    sandbox: PathBuf,
}

impl Build {
    fn get(&self, layout: &Layout) -> Outcome<&Built> {
        let build = || {
            // Without Node.js there are no journeys, and no reason to build for them.
            let node = node::ready(layout)?;
            let (sandbox, ()) = parallel::both(|| sandbox::build(layout), || console::build(layout))?;
            Ok(Built { node, sandbox })
        };
        self.0.get_or_init(build).as_ref().map_err(Clone::clone)
    }
}

pub(super) fn run(layout: &Layout, build: &Build, arguments: &[String], report: &mut Report) {
    report.suite("types of the journeys", || types(layout));
    if arguments.is_empty() {
        match trunk::on_this_machine(layout) {
            Ok(trunk) => report.suite("a build of Trunk's own", || unsplit(layout, trunk)),
            Err(lack) => report.skip("a build of Trunk's own", Some(lack.to_string())),
        }
    }
    // Without them the journeys still run, on the sandbox's own server; what could not be tried counts as failed.
    let hosts = hosts::ready();
    let found = hosts.as_deref().unwrap_or_default();
    report.suite("journeys", || journeys(layout, build, arguments, found));
    if let Err(lack) = hosts.as_ref() {
        report.suite("web servers", || Err(lack.clone()));
    }
}

/// What `trunk build` makes is one program, not optimised; the first steps of a new operator work in it.
fn unsplit(layout: &Layout, mut trunk: Command) -> Outcome<Counts> {
    let browser = browser::ready()?;
    let node = node::ready(layout)?;
    let dist = layout.target.join("trunk-dist");
    rust::fetch(layout)?;
    run_program(trunk.args(["build", "--log", "error", "--dist"]).arg(&dist), "building with Trunk")?;
    let results = layout.end2end().join("results/report.json");
    let _ = fs::remove_file(&results);
    let mut playwright = node.playwright();
    playwright
        .current_dir(layout.end2end())
        .args(["test", "journeys/first_run.spec.ts"])
        .env("CHROME", &browser.chrome)
        .env("RUNBOARD_SANDBOX", sandbox::build(layout)?)
        .env("RUNBOARD_DIST", &dist);
    let status = follow(&mut playwright, |_| {})?;
    Ok(read(&results)?.judged(status.success()))
}

fn types(layout: &Layout) -> Outcome<Counts> {
    let node = node::ready(layout)?;
    let status = follow(node.tsc().current_dir(layout.end2end()).arg("--noEmit"), |_| {})?;
    Ok(Counts::one(status.success()))
}

fn journeys(layout: &Layout, build: &Build, arguments: &[String], hosts: &[(&str, PathBuf)]) -> Outcome<Counts> {
    let browser = browser::ready()?;
    let Built { node, sandbox } = build.get(layout)?;
    let results = layout.end2end().join("results/report.json");
    // An old report must not stand for a run that wrote none.
    let _ = fs::remove_file(&results);
    let mut playwright = node.playwright();
    playwright
        .current_dir(layout.end2end())
        .arg("test")
        .args(arguments)
        .env("CHROME", &browser.chrome)
        .env("RUNBOARD_SANDBOX", sandbox)
        .env("RUNBOARD_DIST", layout.dist());
    if !hosts.is_empty() {
        playwright.env("RUNBOARD_HOSTING", dist::gather(layout)?.join("hosting"));
        playwright.envs(hosts.iter().map(|(variable, program)| (variable, program)));
    }
    let status = follow(&mut playwright, |_| {})?;
    let counts = read(&results)?;
    Ok(counts.judged(status.success()))
}

/// The smoke journey in Firefox.
pub(super) fn firefox(layout: &Layout, build: &Build, arguments: &[String], firefox: &Firefox) -> Outcome<Counts> {
    let Built { node, sandbox } = build.get(layout)?;
    let results = layout.end2end().join("results/firefox.json");
    let _ = fs::remove_file(&results);
    let mut playwright = node.playwright();
    playwright
        .current_dir(layout.end2end())
        .args(["test", "--config", "firefox/playwright.config.ts"])
        .args(arguments)
        .env("FIREFOX", &firefox.program)
        .env("GECKODRIVER", &firefox.driver)
        .env("RUNBOARD_SANDBOX", sandbox)
        .env("RUNBOARD_DIST", layout.dist());
    let status = follow(&mut playwright, |_| {})?;
    Ok(read(&results)?.judged(status.success()))
}

fn read(results: &Path) -> Outcome<Counts> {
    let text = fs::read_to_string(results).or_fail("Playwright wrote no report")?;
    let report: Value = serde_json::from_str(&text).or_fail("Playwright's report is not JSON")?;
    counts::playwright(&report).ok_or_else(|| Failure::new("Playwright's report has no counts"))
}
