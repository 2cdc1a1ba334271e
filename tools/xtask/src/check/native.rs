//! The tests that run on this machine without a browser, counted for each package.

use std::time::{Duration, Instant};

use super::Report;
use super::counts::{self, Counts};
use crate::command::{follow, step};
use crate::layout::Layout;
use crate::toolchain::rust::cargo;

/// Each is built once and run in one go; separate runs would build what they share with other features again.
const PACKAGES: [&str; 3] = ["runboard-core", "runboard-sandbox", "xtask"];

/// What is known of a package's tests while they run.
#[derive(Debug, Clone, Copy)]
struct Seen {
    counts: Counts,
    took: Duration,
}

pub(super) fn run(layout: &Layout, arguments: &[String], report: &mut Report) {
    step("Checking: native tests");
    let mut seen = [Seen { counts: Counts::default(), took: Duration::ZERO }; PACKAGES.len()];
    let mut current = 0;
    let mut since = Instant::now();

    let mut tests = cargo(layout);
    tests.args(["test", "--locked", "--no-fail-fast"]).args(PACKAGES.iter().flat_map(|name| ["-p", name]));
    let ended = follow(tests.args(arguments), |line| {
        if let Some(package) = counts::announced(line, &PACKAGES) {
            current = package;
        }
        if let Some(counts) = counts::result_line(line)
            && let Some(package) = seen.get_mut(current)
        {
            package.counts = package.counts.and(counts);
            package.took += since.elapsed();
            since = Instant::now();
        }
    });
    let lack = ended.as_ref().err().map(ToString::to_string);
    let ended_well = ended.is_ok_and(|status| status.success());

    let all = seen.iter().fold(Counts::default(), |sum, package| sum.and(package.counts));
    if !arguments.is_empty() || (all.failed == 0 && !ended_well) {
        // A filter may leave packages out; and a run that broke down belongs to no package.
        report.add("native tests", all.judged(ended_well), since.elapsed(), lack);
        return;
    }
    for (name, package) in PACKAGES.iter().zip(seen) {
        report.add(&format!("tests, {name}"), package.counts.judged(true), package.took, None);
    }
}
