//! The tests that run on this machine without a browser, counted for each package.

use std::time::{Duration, Instant};

use super::Report;
use super::counts::{self, Counts};
use crate::command::{follow, step};
use crate::layout::Layout;
use crate::toolchain::rust::cargo;

/// Packages that have tests, so that a run without any of theirs has lost them. Others count when they get some.
const TESTED: [&str; 3] = ["runboard-core", "runboard-sandbox", "xtask"];

/// What is known of a package's tests while they run.
#[derive(Debug)]
struct Package {
    name: String,
    counts: Counts,
    took: Duration,
}

impl Package {
    fn new(name: &str) -> Self {
        Self { name: name.to_owned(), counts: Counts::default(), took: Duration::ZERO }
    }
}

pub(super) fn run(layout: &Layout, arguments: &[String], report: &mut Report) {
    step("Checking: native tests");
    let mut packages: Vec<_> = TESTED.iter().map(|name| Package::new(name)).collect();
    let mut current = 0;
    let mut since = Instant::now();

    // In one go; separate runs would build what the packages share with other features again.
    let mut tests = cargo(layout);
    tests.args(["test", "--locked", "--no-fail-fast", "--workspace", "--exclude", "runboard"]);
    let ended = follow(tests.args(arguments), |line| {
        if let Some(name) = counts::announced(line) {
            current = packages.iter().position(|package| package.name == name).unwrap_or(packages.len());
            if current == packages.len() {
                packages.push(Package::new(&name));
            }
        }
        let Some(package) = packages.get_mut(current) else { return };
        package.counts.names.extend(counts::failed_test(line).map(str::to_owned));
        if let Some(counts) = counts::result_line(line) {
            package.counts = std::mem::take(&mut package.counts).and(counts);
            package.took += since.elapsed();
            since = Instant::now();
        }
    });
    let lack = ended.as_ref().err().map(ToString::to_string);
    let ended_well = ended.is_ok_and(|status| status.success());

    let all = packages.iter().fold(Counts::default(), |sum, package| sum.and(package.counts.clone()));
    if !arguments.is_empty() || (all.failed == 0 && !ended_well) {
        // A filter may leave packages out; and a run that broke down belongs to no package.
        report.add("native tests", all.judged(ended_well), since.elapsed(), lack);
        return;
    }
    for package in packages {
        let tested = TESTED.contains(&package.name.as_str());
        if tested || package.counts != Counts::default() {
            let counts = if tested { package.counts.judged(true) } else { package.counts };
            report.add(&format!("tests, {}", package.name), counts, package.took, None);
        }
    }
}
