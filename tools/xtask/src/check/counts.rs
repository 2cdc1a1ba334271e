//! Reading how many tests passed from what the runners themselves report.

use serde_json::Value;

/// What became of the tests of a suite.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) skipped: u64,
}

impl Counts {
    /// One check that is no test run, such as the formatter's.
    pub(crate) fn one(ok: bool) -> Self {
        Self { passed: ok.into(), failed: (!ok).into(), skipped: 0 }
    }

    /// Both together.
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            skipped: self.skipped + other.skipped,
        }
    }

    /// The counts of a run whose runner ended as told. A runner that failed without naming a test failed all the
    /// same, and so did one that ran nothing: it would go on passing after the last test was lost.
    pub(crate) fn judged(self, ended_well: bool) -> Self {
        let failed = if self.failed == 0 && (!ended_well || self.passed == 0) { 1 } else { self.failed };
        Self { failed, ..self }
    }
}

/// The counts in a line like `test result: ok. 12 passed; 0 failed; 1 ignored; …`, which Rust's own harness and
/// that of wasm-bindgen both print at the end of each binary.
pub(crate) fn result_line(line: &str) -> Option<Counts> {
    let (_, results) = line.trim().strip_prefix("test result: ")?.split_once(". ")?;
    let mut counts = Counts::default();
    for result in results.split(';') {
        let mut words = result.split_whitespace();
        let (Some(number), Some(what)) = (words.next().and_then(|word| word.parse().ok()), words.next()) else {
            continue;
        };
        match what {
            "passed" => counts.passed = number,
            "failed" => counts.failed = number,
            "ignored" => counts.skipped = number,
            _ => {}
        }
    }
    Some(counts)
}

/// The package whose tests Cargo says it runs next: `Running unittests src/lib.rs (…/deps/runboard_core-1a2b3c…)`
/// or `Doc-tests runboard_core`. A binary of `tests/` is named after its file and belongs to the package before it.
pub(crate) fn announced(line: &str) -> Option<String> {
    let line = line.trim();
    let name = if let Some(name) = line.strip_prefix("Doc-tests ") {
        name
    } else {
        let (_, path) = line.strip_prefix("Running unittests ")?.rsplit_once(['/', '\\'])?;
        path.rsplit_once('-')?.0
    };
    Some(name.replace('_', "-"))
}

/// The counts in the report of Playwright's JSON reporter. A test that passed only when tried again is a failed one;
/// errors outside tests count one each.
pub(crate) fn playwright(report: &Value) -> Option<Counts> {
    let stats = report.get("stats")?;
    let stat = |name: &str| stats.get(name).and_then(Value::as_u64);
    let errors = report.get("errors").and_then(Value::as_array).map_or(0, Vec::len);
    Some(Counts {
        passed: stat("expected")?,
        failed: stat("unexpected")? + stat("flaky")? + u64::try_from(errors).unwrap_or(1),
        skipped: stat("skipped")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn counts(passed: u64, failed: u64, skipped: u64) -> Counts {
        Counts { passed, failed, skipped }
    }

    #[test]
    fn result_lines_of_both_harnesses_are_read() {
        for (line, read) in [
            (
                "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s",
                Some(counts(12, 0, 1)),
            ),
            (
                "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 filtered out; finished in 0.1s",
                Some(counts(3, 2, 0)),
            ),
            ("running 3 tests", None),
            ("test result_is_read ... ok", None),
        ] {
            assert_eq!(result_line(line), read, "{line}");
        }
    }

    #[test]
    fn the_package_whose_tests_run_next_is_known() {
        for (line, package) in [
            (
                "     Running unittests src/lib.rs (target/debug/deps/runboard_core-0123456789abcdef)",
                Some("runboard-core"),
            ),
            ("   Doc-tests runboard_sandbox", Some("runboard-sandbox")),
            ("     Running unittests src/main.rs (/tmp/t/debug/deps/xtask-0123456789abcdef)", Some("xtask")),
            ("     Running tests/api.rs (target/debug/deps/api-0123456789abcdef)", None),
            ("test a ... ok", None),
        ] {
            assert_eq!(announced(line).as_deref(), package, "{line}");
        }
    }

    #[test]
    fn a_playwright_report_counts_flaky_tests_and_errors_as_failed() {
        let report = json!({"stats": {"expected": 7, "unexpected": 1, "flaky": 1, "skipped": 2}, "errors": [{}]});
        assert_eq!(playwright(&report), Some(counts(7, 3, 2)));
        assert_eq!(playwright(&json!({})), None);
    }

    #[test]
    fn a_suite_that_ran_nothing_or_whose_runner_failed_has_failed() {
        assert_eq!(counts(0, 0, 0).judged(true), counts(0, 1, 0));
        assert_eq!(counts(5, 0, 0).judged(false), counts(5, 1, 0));
        assert_eq!(counts(5, 2, 0).judged(false), counts(5, 2, 0));
        assert_eq!(counts(5, 0, 1).judged(true), counts(5, 0, 1));
    }
}
