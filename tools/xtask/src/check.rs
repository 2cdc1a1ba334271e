//! `test`: every check the project has, one after the other, and what came of them.

mod browser;
mod circles;
mod counts;
mod docs;
mod end2end;
mod lint;
mod native;

use std::time::{Duration, Instant};

use counts::Counts;

use crate::command::step;
use crate::failure::Outcome;
use crate::layout::Layout;
use crate::table::table;
use crate::toolchain::{firefox, rust};

/// A part of the checks that a person can ask for alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Part {
    /// Formatter, import circles, references in the documents, and linter
    Lint,
    /// Tests that need no browser: core, sandbox, commands
    Native,
    /// Component tests in a browser
    Browser,
    /// Journeys through the release build in a browser, on several hosts
    E2e,
    /// Component tests and a smoke journey in Firefox ESR
    Firefox,
}

impl Part {
    const ALL: [Self; 5] = [Self::Lint, Self::Native, Self::Browser, Self::E2e, Self::Firefox];

    /// What of the Rust toolchain it needs.
    const fn toolchain(self) -> &'static [rust::Part] {
        match self {
            Self::Lint => &[rust::Part::Rustfmt, rust::Part::Clippy, rust::Part::WasmTarget],
            Self::Native => &[],
            Self::Browser | Self::E2e | Self::Firefox => &[rust::Part::WasmTarget],
        }
    }
}

/// What of the Rust toolchain the checks need, or one part of them: each once.
fn toolchain(only: Option<Part>) -> Vec<rust::Part> {
    let mut needed = Vec::new();
    for part in Part::ALL.into_iter().filter(|part| only.is_none_or(|only| only == *part)) {
        for need in part.toolchain() {
            if !needed.contains(need) {
                needed.push(*need);
            }
        }
    }
    needed
}

/// One line of the summary.
#[derive(Debug)]
struct Suite {
    name: String,
    counts: Counts,
    took: Duration,
    /// Why it did not run, if it did not.
    lack: Option<String>,
}

/// Runs the checks, or one part of them with extra arguments for its runner. True when nothing failed.
pub(crate) fn run(layout: &Layout, only: Option<Part>, arguments: &[String]) -> bool {
    let mut report = Report::default();
    // Before the first check: what fails for want of a part of the toolchain does not say so.
    if let Err(lack) = rust::install_missing(layout, &toolchain(only)) {
        report.add("Rust toolchain", Counts::one(false), Duration::ZERO, Some(lack.to_string()));
        return report.print();
    }
    let build = end2end::Build::default();
    let wanted = |part| only.is_none_or(|only| only == part);
    if wanted(Part::Lint) {
        lint::run(layout, &mut report);
    }
    if wanted(Part::Native) {
        native::run(layout, arguments, &mut report);
    }
    if wanted(Part::Browser) {
        report.suite("component tests", || browser::chromium(layout, arguments));
    }
    if wanted(Part::E2e) {
        end2end::run(layout, &build, arguments, &mut report);
    }
    if wanted(Part::Firefox) {
        second_browser(layout, &build, arguments, &mut report);
    }
    report.print()
}

/// What has been tried in one browser, once more in another, as far as there is one. Arguments are for the smoke journey, which
/// then runs alone.
fn second_browser(layout: &Layout, build: &end2end::Build, arguments: &[String], report: &mut Report) {
    const COMPONENTS: &str = "component tests, Firefox";
    const SMOKE: &str = "smoke journey, Firefox";
    match firefox::ready(layout) {
        Ok(firefox) => {
            if arguments.is_empty() {
                report.suite(COMPONENTS, || browser::firefox(layout, arguments, &firefox));
            }
            report.suite(SMOKE, || end2end::firefox(layout, build, arguments, &firefox));
        }
        Err(lack) => {
            report.skip(COMPONENTS, None);
            report.skip(SMOKE, Some(lack.to_string()));
        }
    }
}

/// What came of the suites so far.
#[derive(Debug, Default)]
struct Report {
    suites: Vec<Suite>,
}

impl Report {
    /// Runs a suite. One that could not run counts as one failure; the others go on.
    fn suite(&mut self, name: &str, run: impl FnOnce() -> Outcome<Counts>) {
        step(format!("Checking: {name}"));
        let begun = Instant::now();
        let (counts, lack) = match run() {
            Ok(counts) => (counts, None),
            Err(failure) => {
                println!("error: {failure}");
                (Counts::one(false), Some(failure.to_string()))
            }
        };
        self.add(name, counts, begun.elapsed(), lack);
    }

    /// Notes a suite that could not be tried here, which is no fault of the console.
    fn skip(&mut self, name: &str, lack: Option<String>) {
        self.add(name, Counts { skipped: 1, ..Counts::default() }, Duration::ZERO, lack);
    }

    fn add(&mut self, name: &str, counts: Counts, took: Duration, lack: Option<String>) {
        self.suites.push(Suite { name: name.to_owned(), counts, took, lack });
    }

    /// Prints the table, what failed, the reasons of what did not run, and the line with the totals, which is the last.
    fn print(&self) -> bool {
        let total = self.suites.iter().fold(Counts::default(), |sum, suite| sum.and(suite.counts.clone()));
        let row = |cells: [String; 5]| cells.to_vec();
        let mut rows = vec![row(["suite", "passed", "failed", "skipped", "time"].map(str::to_owned))];
        rows.extend(self.suites.iter().map(|suite| {
            let Counts { passed, failed, skipped, .. } = &suite.counts;
            let took = format!("{} s", suite.took.as_secs());
            row([suite.name.clone(), passed.to_string(), failed.to_string(), skipped.to_string(), took])
        }));
        println!("\n{}", table(&rows));
        for suite in &self.suites {
            for name in &suite.counts.names {
                println!("failed: {}: {name}", suite.name);
            }
            if let Some(lack) = &suite.lack {
                println!("{}: {lack}", suite.name);
            }
        }
        println!("{} passed, {} failed", total.passed, total.failed);
        total.failed == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_of_the_toolchain_is_set_up_for_the_checks_that_need_it() {
        use rust::Part::{Clippy, Rustfmt, WasmTarget};
        assert_eq!(toolchain(None), [Rustfmt, Clippy, WasmTarget]);
        assert_eq!(toolchain(Some(Part::Native)), []);
        assert_eq!(toolchain(Some(Part::E2e)), [WasmTarget]);
    }
}
