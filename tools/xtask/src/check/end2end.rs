//! The journeys: the sealed release build, a sandbox for each worker, Playwright with the machine's browser, and the web
//! servers that the console is hosted on.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::Report;
use super::counts::{self, Counts};
use crate::command::follow;
use crate::console;
use crate::dist;
use crate::failure::{Failure, OrFail, Outcome};
use crate::layout::Layout;
use crate::sandbox;
use crate::toolchain::node;
use crate::toolchain::{browser, hosts, rust};

pub(super) fn run(layout: &Layout, arguments: &[String], report: &mut Report) {
    report.suite("types of the journeys", || types(layout));
    // Without them the journeys still run, on the sandbox's own server; what could not be tried counts as failed.
    let hosts = hosts::ready();
    let found = hosts.as_deref().unwrap_or_default();
    report.suite("journeys", || journeys(layout, arguments, found));
    if let Err(lack) = hosts.as_ref() {
        report.suite("web servers", || Err(lack.clone()));
    }
}

fn types(layout: &Layout) -> Outcome<Counts> {
    let node = node::ready(layout)?;
    let status = follow(node.tsc().current_dir(layout.end2end()).arg("--noEmit"), |_| {})?;
    Ok(Counts::one(status.success()))
}

fn journeys(layout: &Layout, arguments: &[String], hosts: &[(&str, PathBuf)]) -> Outcome<Counts> {
    let browser = browser::ready()?;
    let node = node::ready(layout)?;
    let tools = rust::tools(layout)?;
    rust::fetch(layout)?;
    console::build_with(layout, &tools, Some(&node))?;
    let sandbox = sandbox::build(layout)?;

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

fn read(results: &Path) -> Outcome<Counts> {
    let text = fs::read_to_string(results).or_fail("Playwright wrote no report")?;
    let report: Value = serde_json::from_str(&text).or_fail("Playwright's report is not JSON")?;
    counts::playwright(&report).ok_or_else(|| Failure::new("Playwright's report has no counts"))
}
