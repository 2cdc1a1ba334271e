//! The stop of several runs as the text that session storage keeps: after a reload its results are told on, and nothing more is
//! sent before the person says so.

use super::{BulkStopState as Bulk, Entry, EntryStage as State, Pause};
use crate::json;
use crate::policy::stop;
use crate::problem::{Answer, Problem, ProblemKind};
use crate::run::{Run, Status};
use crate::time::{Span, Timestamp};
use serde_json::Value;
use std::sync::Arc;

/// A list that was confirmed longer ago may no longer be what the person wants.
const MEANT: Span = Span::from_hours(1);

impl Bulk {
    /// What is being done or to be told, as compact JSON; `None` where there is nothing. Holds no secret.
    pub fn keep(&self) -> Option<String> {
        let entries: Vec<Value> = self.work.iter().map(entry).collect();
        (!entries.is_empty()).then(|| {
            stop::object(&[
                ("halted", Value::from(self.halted)),
                ("at", stop::time(self.confirmed_at)),
                ("rest", stop::time(self.rest)),
                ("runs", Value::from(entries)),
            ])
            .to_string()
        })
    }

    /// What was kept. What was being read or had not begun waits for the person ([`Pause::Reloaded`]); what was sent without an answer is
    /// not known. An entry that cannot be read is left out.
    /// What was confirmed too long ago is not gone on with.
    pub fn recall(text: &str, now: Timestamp) -> Self {
        let value = json::parse(text).unwrap_or_default();
        let entries = value.get("runs").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let halted = value.get("halted").and_then(Value::as_bool).unwrap_or_default();
        let time = |key: &str| Timestamp::parse(value.get(key)?.as_str()?);
        let confirmed_at = time("at");
        let meant = confirmed_at.is_some_and(|at| now.since(at) < MEANT);
        let mut work: Vec<Entry> = entries.iter().filter_map(recalled).collect();
        for entry in work.iter_mut().filter(|entry| (halted || !meant) && entry.state == State::Waiting) {
            entry.state = State::Kept;
        }
        let waits = work.iter().any(|entry| entry.state == State::Waiting);
        let pause = waits.then_some(Pause::Reloaded);
        Self { work, halted, pause, rest: time("rest").filter(|_| waits), confirmed_at, ..Self::default() }
    }
}

fn entry(entry: &Entry) -> Value {
    let (state, word, problem) = match &entry.state {
        State::Waiting | State::Reading => ("waiting", None, None),
        State::Sending | State::Unknown(Problem { kind: ProblemKind::Aborted, .. }) => ("sent", None, None),
        State::Asked => ("asked", None, None),
        State::Unknown(problem) => ("unknown", None, Some(problem)),
        State::Stopped(word) => ("stopped", Some(word), None),
        State::Over(word) => ("over", word.as_ref(), None),
        State::Refused(problem) => ("refused", None, Some(problem)),
        State::NotRead(problem) => ("unread", None, Some(problem)),
        State::Kept => ("kept", None, None),
    };
    let text = |text: Option<&str>| text.map(Value::from).unwrap_or_default();
    stop::object(&[
        ("run", stop::run(&entry.run)),
        ("state", Value::from(state)),
        ("word", text(word.map(Status::as_str))),
        ("at", stop::time(entry.at)),
        ("status", problem.and_then(|problem| problem.status).map(Value::from).unwrap_or_default()),
        ("said", text(problem.and_then(|problem| problem.said.as_deref()))),
        ("trace", text(problem.and_then(|problem| problem.trace.as_deref()))),
        ("seconds", problem.and_then(time_limit).map(Value::from).unwrap_or_default()),
        ("unreadable", Value::from(problem.is_some_and(|problem| problem.kind == ProblemKind::Undecodable))),
    ])
}

fn time_limit(problem: &Problem) -> Option<i64> {
    if let ProblemKind::TimedOut { after } = problem.kind { Some(after.millis() / 1000) } else { None }
}

fn recalled(value: &Value) -> Option<Entry> {
    let text = |key: &str| json::text(value, &[key]).map(str::to_owned);
    let word = || text("word").map(|word| Status::new(&word));
    let state = match text("state")?.as_str() {
        "waiting" => State::Waiting,
        "sent" => State::Unknown(Problem::bare(ProblemKind::Aborted)),
        "asked" => State::Asked,
        "unknown" => State::Unknown(problem(value)),
        "stopped" => State::Stopped(word()?),
        "over" => State::Over(word()),
        "refused" => State::Refused(problem(value)),
        "unread" => State::NotRead(problem(value)),
        _ => State::Kept,
    };
    let at = text("at").and_then(|at| Timestamp::parse(&at));
    Some(Entry { run: Arc::new(Run::read(value.get("run")?)?), state, at, tries: 0 })
}

/// What went wrong, of the kind that its status says.
fn problem(value: &Value) -> Problem {
    let text = |key: &str| json::text(value, &[key]).map(str::to_owned);
    let status = value.get("status").and_then(Value::as_u64).and_then(|status| u16::try_from(status).ok());
    let seconds = value.get("seconds").and_then(Value::as_i64);
    let unreadable = value.get("unreadable").and_then(Value::as_bool) == Some(true);
    let kind = match (status, seconds) {
        _ if unreadable => ProblemKind::Undecodable,
        (Some(status), _) => {
            let answer = Answer { status, content_type: None, retry_after: None, date: None, body: "" };
            Problem::read(answer).kind
        }
        (None, Some(seconds)) => ProblemKind::TimedOut { after: Span::from_seconds(seconds) },
        (None, None) => ProblemKind::Unreachable { offline: false },
    };
    Problem { kind, said: text("said"), trace: text("trace"), status }
}

#[cfg(test)]
mod tests;
