//! Runs, times, tokens and problems for tests.

use super::window;
use runboard_core::problem::{Problem, ProblemKind};
use runboard_core::run::Run;
use runboard_core::time::{Span, Timestamp};
use serde_json::{Value, json};

pub(crate) fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

/// The time this many minutes after the start of the test.
pub(crate) fn in_minutes(minutes: i64) -> Timestamp {
    from_now(Span::from_minutes(minutes))
}

/// The time this long after the start of the test, which is always the same instant.
pub(crate) fn from_now(span: Span) -> Timestamp {
    at("2026-05-02T14:05:10Z").plus(span)
}

/// A run from its JSON; missing fields get defaults.
pub(crate) fn run(fields: Value) -> Run {
    let mut whole = json!({ "id": "r-1", "job_id": "j-1", "name": "Spring sale", "status": "scheduled" });
    for (key, value) in fields.as_object().unwrap() {
        whole[key] = value.clone();
    }
    Run::read_body(&whole.to_string()).unwrap()
}

/// A run whose window starts and ends this many minutes from now.
pub(crate) fn run_between(start: i64, end: i64, status: &str) -> Run {
    run(json!({
        "start_at": in_minutes(start).to_iso(),
        "end_at": in_minutes(end).to_iso(),
        "status": status,
    }))
}

pub(crate) fn problem(kind: ProblemKind) -> Problem {
    Problem::bare(kind)
}

pub(crate) fn server_failed() -> Problem {
    problem(ProblemKind::Server { status: 503 })
}

/// A token with these claims. It is not signed, since nothing here verifies it.
pub(crate) fn token(claims: &Value) -> String {
    let part = |value: &Value| {
        let text = window().btoa(&value.to_string()).unwrap();
        text.replace('+', "-").replace('/', "_").trim_end_matches('=').to_owned()
    };
    format!("{}.{}.c2lnbmF0dXJl", part(&json!({ "alg": "RS256", "typ": "JWT" })), part(claims))
}

/// A token that is valid for an hour.
pub(crate) fn good_token(application: &str) -> String {
    token(&json!({ "application_id": application, "exp": in_minutes(60).millis() / 1000 }))
}
