//! Reading how many tests passed from what the runners themselves report.

use serde_json::Value;

use crate::command::without_colours;

/// What became of the tests of a suite.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) skipped: u64,
    /// Those that failed, as far as the runner named them.
    pub(crate) names: Vec<String>,
}

impl Counts {
    /// One check that is no test run, such as the formatter's.
    pub(crate) fn one(ok: bool) -> Self {
        Self { passed: ok.into(), failed: (!ok).into(), ..Self::default() }
    }

    /// Both together.
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.names.extend(other.names);
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            skipped: self.skipped + other.skipped,
            names: self.names,
        }
    }

    /// The counts of a run whose runner ended as told. A runner that failed without naming a test failed all the
    /// same, and so did one that ran nothing: it would go on passing after the last test was lost.
    pub(crate) fn judged(self, ended_well: bool) -> Self {
        let failed = if self.failed == 0 && (!ended_well || self.passed == 0) { 1 } else { self.failed };
        Self { failed, ..self }
    }
}

/// The name in a line like `test pace::a_name ... FAILED` of either harness (that of wasm-bindgen says `FAIL`).
pub(crate) fn failed_test(line: &str) -> Option<&str> {
    let (name, verdict) = line.trim().strip_prefix("test ")?.split_once(" ... ")?;
    verdict.starts_with("FAIL").then_some(name)
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
    let mut names = Vec::new();
    name_failed(report, &mut names);
    Some(Counts {
        passed: stat("expected")?,
        failed: stat("unexpected")? + stat("flaky")? + u64::try_from(errors).unwrap_or(1),
        skipped: stat("skipped")?,
        names,
    })
}

/// Of what Playwright says of a failure, enough to know what was waited for.
const LINES_OF_AN_ERROR: usize = 8;

/// Of what the page showed then, enough to know what it was doing instead.
const LINES_OF_A_PAGE: usize = 40;

/// What the page showed when a test failed, as Playwright keeps it beside the trace: its accessibility tree.
fn page_shown(result: &Value) -> Option<String> {
    let attachments = result.get("attachments")?.as_array()?;
    let context = attachments.iter().find(|one| one.get("name").and_then(Value::as_str) == Some("error-context"))?;
    let text = std::fs::read_to_string(context.get("path")?.as_str()?).ok()?;
    let (_, page) = text.split_once("```yaml\n")?;
    let page = page.split("```").next().unwrap_or_default();
    // What every page begins with tells nothing.
    Some(page.find("- main").and_then(|main| page.get(main..)).unwrap_or(page).to_owned())
}

/// Names the tests below `suite` that failed: `project › file:line › title`, and why.
fn name_failed(suite: &Value, names: &mut Vec<String>) {
    let list = |of: &Value, name: &str| of.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    let text = |of: &Value, name: &str| of.get(name).and_then(Value::as_str).unwrap_or("?").to_owned();
    for spec in list(suite, "specs") {
        let line = spec.get("line").and_then(Value::as_u64).unwrap_or_default();
        for test in list(&spec, "tests") {
            if ["unexpected", "flaky"].contains(&text(&test, "status").as_str()) {
                let project = text(&test, "projectName");
                let why = list(&test, "results").iter().find_map(|result| result.pointer("/error/message").cloned());
                let why = why.as_ref().and_then(Value::as_str).map(without_colours).unwrap_or_default();
                let page = list(&test, "results").iter().find_map(page_shown).unwrap_or_default();
                let why = why.lines().take(LINES_OF_AN_ERROR).chain(page.lines().take(LINES_OF_A_PAGE));
                let why: String = why.map(|line| format!("\n    {line}")).collect();
                names.push(format!("{project} › {}:{line} › {}{why}", text(&spec, "file"), text(&spec, "title")));
            }
        }
    }
    for inner in list(suite, "suites") {
        name_failed(&inner, names);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn counts(passed: u64, failed: u64, skipped: u64) -> Counts {
        Counts { passed, failed, skipped, names: Vec::new() }
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
    fn a_test_that_failed_is_named_by_both_harnesses() {
        assert_eq!(failed_test("test policy::pace::a_rule ... FAILED"), Some("policy::pace::a_rule"));
        assert_eq!(failed_test("test browser::banner::shown ... FAIL"), Some("browser::banner::shown"));
        assert_eq!(failed_test("test browser::banner::shown ... ok"), None);
        assert_eq!(failed_test("test result: FAILED. 3 passed; 2 failed; 0 ignored"), None);
    }

    #[test]
    fn a_journey_that_failed_is_named_with_its_host_and_its_place() {
        let spec = |title: &str, status: &str| {
            json!({"title": title, "file": "journeys/list.spec.ts", "line": 7,
                "tests": [{"projectName": "nginx", "status": status, "results": [{"error": {"message": "Error: \u{1b}[2mno"}}]}]})
        };
        let report = json!({
            "stats": {"expected": 1, "unexpected": 1, "flaky": 0, "skipped": 0},
            "suites": [{"specs": [spec("one", "expected")], "suites": [{"specs": [spec("two", "unexpected")]}]}],
        });
        assert_eq!(playwright(&report).unwrap().names, ["nginx › journeys/list.spec.ts:7 › two\n    Error: no"]);
    }

    #[test]
    fn what_the_page_showed_when_a_journey_failed_is_told() {
        let path = std::env::temp_dir().join(format!("error-context-{}.md", std::process::id()));
        std::fs::write(
            &path,
            "# Error\n\n```\nno\n```\n\n```yaml\n- banner\n- main:\n- alert: gone\n```\n\n# Source\n",
        )
        .unwrap();
        let attachments = json!([{"name": "trace", "path": "none"}, {"name": "error-context", "path": path}]);
        assert_eq!(page_shown(&json!({"attachments": attachments})).unwrap(), "- main:\n- alert: gone\n");
        std::fs::remove_file(&path).unwrap();
        assert_eq!(page_shown(&json!({"attachments": attachments})), None);
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
