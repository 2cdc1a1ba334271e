//! Stops that are not known to be done, as the text that session storage keeps: after a reload they are read on, never sent again.

use super::{Request, Stage, StopState as Stopping};
use crate::json;
use crate::problem::{Problem, ProblemKind};
use crate::run::{JobId, Run, RunId, Status};
use crate::summary::Summary;
use crate::time::{Span, Timestamp};
use serde_json::{Map, Value};

/// A stop that was asked for longer ago is no longer read after a reload.
const WATCHED: Span = Span::from_hours(24);

/// The stops that were sent and are not known to be done, as compact JSON; `None` when there are none. Holds no secret.
pub fn keep(stops: &[(RunId, Stopping)]) -> Option<String> {
    let pending = stops.iter().filter_map(|(_, stop)| match stop.stage() {
        Stage::Sending(request) | Stage::Requested(request) | Stage::Unknown(request, _) => Some(entry(request)),
        _ => None,
    });
    let entries: Vec<Value> = pending.collect();
    (!entries.is_empty()).then(|| Value::from(entries).to_string())
}

/// The stops of a kept text: each is read at once. An answer that had not come is one that is not known. What cannot be read
/// is no stop: a broken entry loses the others not.
pub fn recall(text: &str, now: Timestamp) -> Vec<(RunId, Stopping)> {
    let value = json::parse(text).unwrap_or_default();
    let entries = value.as_array().map(Vec::as_slice).unwrap_or_default();
    entries
        .iter()
        .filter_map(|entry| request(entry, now))
        .filter(|request| now.since(request.asked_at) < WATCHED)
        .map(|request| {
            let id = request.run.id.clone();
            let stage = match request.answered_at {
                Some(_) => Stage::Requested(request),
                None => Stage::Unknown(request, Problem::bare(ProblemKind::Aborted)),
            };
            (id, Stopping { stage, ..Stopping::default() })
        })
        .collect()
}

fn entry(request: &Request) -> Value {
    object(&[
        ("run", run(&request.run)),
        ("counts", request.counts.as_ref().map(counts).unwrap_or_default()),
        ("askedAt", Value::from(request.asked_at.to_iso())),
        ("answeredAt", time(request.answered_at)),
    ])
}

fn request(entry: &Value, now: Timestamp) -> Option<Request> {
    let time = |key: &str| Timestamp::parse(entry.get(key)?.as_str()?);
    let run = Box::new(Run::read(entry.get("run")?)?);
    let counts = entry.get("counts").and_then(|counts| Summary::read(&counts.to_string(), &run.id));
    Some(Request {
        run,
        counts,
        asked_at: time("askedAt")?,
        answered_at: time("answeredAt"),
        readings: 0,
        in_flight: false,
        due: now,
        // Whatever this page reads was asked for after it.
        epoch: 0,
    })
}

/// Under the names of the API.
pub(crate) fn run(run: &Run) -> Value {
    let text = |text: Option<&str>| text.map(Value::from).unwrap_or_default();
    object(&[
        ("id", Value::from(run.id.as_str())),
        ("job_id", text(run.job_id.as_ref().map(JobId::as_str))),
        ("name", Value::from(&*run.name)),
        ("status", text(run.status.as_ref().map(Status::as_str))),
        ("start_at", time(run.start_at)),
        ("end_at", time(run.end_at)),
        ("created_at", time(run.created_at)),
        ("updated_at", time(run.updated_at)),
    ])
}

/// Under the names of the API. Whose counts they are is not kept: that was said when they were read.
fn counts(summary: &Summary) -> Value {
    let count = |count: Option<u64>| count.map(Value::from).unwrap_or_default();
    let responses = summary.responses.map(|block| object(&[("recipients_count", count(block.recipients))]));
    let deliveries = summary.deliveries.map(|block| {
        object(&[
            ("recipients_count", count(block.recipients)),
            ("status_succeeded_count", count(block.succeeded)),
            ("status_failed_count", count(block.failed)),
            ("status_info_count", count(block.info)),
        ])
    });
    object(&[
        ("recipient_response", responses.unwrap_or_default()),
        ("action_delivery_status", deliveries.unwrap_or_default()),
    ])
}

/// In UTC.
pub(crate) fn time(at: Option<Timestamp>) -> Value {
    at.map(|at| Value::from(at.to_iso())).unwrap_or_default()
}

/// An object of these fields.
pub(crate) fn object(fields: &[(&str, Value)]) -> Value {
    Value::from(fields.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect::<Map<_, _>>())
}

#[cfg(test)]
mod tests;
