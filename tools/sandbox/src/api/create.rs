//! Run a job.

use axum::http::{HeaderValue, StatusCode, header};
use serde_json::{Map, Value};

use super::{Call, says_json};
use crate::app::{API_BASE, App};
use crate::problem::Problem;
use crate::reply::Reply;
use crate::store::NewRun;
use crate::time::Millis;

const LONGEST_NAME: usize = 255;

pub(super) fn create(app: &App, call: &Call) -> Result<Reply, Problem> {
    if !says_json(&call.head) {
        return Err(Problem::of(StatusCode::UNSUPPORTED_MEDIA_TYPE, "The body must be sent as application/json"));
    }
    let body: Value = serde_json::from_slice(&call.body)
        .map_err(|error| Problem::invalid(vec![format!("the body must be valid JSON: {error}")]))?;
    let Value::Object(fields) = body else {
        return Err(Problem::invalid(vec!["the body must be a JSON object".to_owned()]));
    };
    let now = app.clock.now();
    let run = validate(&fields, now).map_err(Problem::invalid)?;
    let stored = app.store.insert(run, now, app.seed).map_err(Problem::internal)?;
    let mut reply = Reply::json(StatusCode::CREATED, &stored.wire(now))?;
    if let Reply::Whole { headers, .. } = &mut reply
        && let Ok(location) = HeaderValue::try_from(format!("{API_BASE}/runs/{}", stored.id))
    {
        headers.insert(header::LOCATION, location);
    }
    Ok(reply)
}

/// The run that `fields` describe, or everything that is wrong with them.
///
/// A start in the past is accepted, as by the service; an end in the past is not (contract, a run, point 3).
fn validate(fields: &Map<String, Value>, now: Millis) -> Result<NewRun, Vec<String>> {
    let mut errors = Vec::new();
    let job_id = text(fields, "jobId", "job_id", &mut errors);
    let name = text(fields, "name", "name", &mut errors);
    let start_at = time(fields, "startAt", "start_at", &mut errors);
    let end_at = time(fields, "endAt", "end_at", &mut errors);

    if job_id.is_some_and(str::is_empty) {
        errors.push("jobId should not be empty".to_owned());
    }
    if name.is_some_and(|name| name.is_empty() || name.chars().count() > LONGEST_NAME) {
        errors.push(format!("name must be from 1 to {LONGEST_NAME} characters long"));
    }
    if let (Some(start), Some(end)) = (start_at, end_at)
        && end <= start
    {
        errors.push("endAt must be later than startAt".to_owned());
    }
    if end_at.is_some_and(|end| end <= now) {
        errors.push("endAt must not be in the past".to_owned());
    }
    match (job_id, name, start_at, end_at) {
        (Some(job_id), Some(name), Some(start_at), Some(end_at)) if errors.is_empty() => {
            Ok(NewRun { job_id: job_id.to_owned(), name: name.to_owned(), start_at, end_at })
        }
        _ => Err(errors),
    }
}

/// The text under either spelling of a key; the printed one wins.
fn text<'a>(fields: &'a Map<String, Value>, camel: &str, snake: &str, errors: &mut Vec<String>) -> Option<&'a str> {
    let text = fields.get(camel).or_else(|| fields.get(snake)).and_then(Value::as_str);
    if text.is_none() {
        errors.push(format!("{camel} must be a string"));
    }
    text
}

fn time(fields: &Map<String, Value>, camel: &str, snake: &str, errors: &mut Vec<String>) -> Option<Millis> {
    let time = fields.get(camel).or_else(|| fields.get(snake)).and_then(Value::as_str).and_then(Millis::parse);
    if time.is_none() {
        errors.push(format!("{camel} must be an ISO 8601 date and time with an offset or Z"));
    }
    time
}
