//! A word that names a state finds the runs in that state, too: it is one of the words that people see of them.

use super::*;

fn found(query: &str, name: &str, status: &str) -> bool {
    let run = run("1", name, None, Some(status));
    finds(&parse(query), IndexedRun { run: &run, phase: Phase::Unknown, job_label: None })
}

#[test]
fn word_that_names_a_state_finds_runs_in_it() {
    for (query, name, status, expected) in [
        ("failed", "Spring sale", "failed", true),
        ("FAILED", "Spring sale", "Failed", true),
        ("failed sale", "Spring sale", "failed", true),
        ("failed autumn", "Spring sale", "failed", false),
        ("failed OR autumn", "Spring sale", "failed", true),
        ("failed", "Spring sale", "completed", false),
        ("failed", "Those that failed", "completed", true),
        ("running", "Spring sale", "running", true),
        ("-failed", "Spring sale", "failed", false),
        ("-failed", "Those that failed", "completed", false),
        ("-failed", "Spring sale", "completed", true),
    ] {
        assert_eq!(found(query, name, status), expected, "{query} in {name}, {status}");
    }
}

#[test]
fn quotes_stars_and_parts_of_the_word_are_text() {
    for query in ["\"failed\"", "failed*", "fail", "failed,stopped", "name:failed"] {
        assert!(!found(query, "Spring sale", "failed"), "{query}");
        assert!(found(query, "failed,stopped", "completed"), "{query}");
    }
}

#[test]
fn word_that_names_a_state_does_not_narrow_its_beginning() {
    for (query, wider, narrows) in [
        ("failed", "faile", false),
        ("failed sale", "failed", true),
        ("failed", "failed", true),
        ("failed2", "failed", true),
        ("faile", "fail", true),
        ("-faile", "-failed", false),
        ("-failed", "-faile", false),
    ] {
        assert_eq!(parse(query).narrows(&parse(wider)), narrows, "{query} / {wider}");
    }
}
