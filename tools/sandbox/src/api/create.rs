//! Run a job.

use axum::http::{HeaderValue, StatusCode, header};
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::call::Call;
use crate::app::App;
use crate::options::API_BASE;
use crate::problem::Problem;
use crate::reply::Reply;
use crate::store::NewRun;
use crate::timestamp::Timestamp;

const MAX_NAME: usize = 255;

/// The request is camelCase in the document; snake_case is accepted as well.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CreateRequest {
    #[serde(alias = "job_id")]
    job_id: Option<Field<String>>,
    name: Option<Field<String>>,
    #[serde(alias = "start_at")]
    start_at: Option<Field<Timestamp>>,
    #[serde(alias = "end_at")]
    end_at: Option<Field<Timestamp>>,
}

/// An unreadable field does not hide mistakes in the others, so that one answer names them all.
#[derive(Deserialize)]
#[serde(untagged)]
enum Field<T> {
    Readable(T),
    Unreadable(IgnoredAny),
}

pub(super) fn create(app: &App, call: &Call) -> Result<Reply, Problem> {
    if !call.is_json() {
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "The body must be sent as application/json"));
    }
    // serde would read an array as a struct.
    if !call.body.trim_ascii_start().starts_with(b"{") {
        return Err(Problem::invalid(vec!["the body must be a JSON object".to_owned()]));
    }
    let request: CreateRequest = serde_json::from_slice(&call.body)
        .map_err(|error| Problem::invalid(vec![format!("the body must be valid JSON: {error}")]))?;
    let now = app.clock.now();
    let run = request.validate(now).map_err(Problem::invalid)?;
    let stored = app.store.insert(run, now, app.seed).map_err(Problem::internal)?;
    let reply = Reply::json(StatusCode::CREATED, &stored.response(now))?;
    let location = HeaderValue::try_from(format!("{API_BASE}/runs/{}", stored.id)).map_err(Problem::internal)?;
    Ok(reply.with_header(header::LOCATION, location))
}

impl CreateRequest {
    /// The requested run, or everything that is wrong with it.
    ///
    /// As with the service, the start may be in the past, but not the end (contract, a run, point 3).
    fn validate(self, now: Timestamp) -> Result<NewRun, Vec<String>> {
        const TEXT: &str = "a string";
        const TIME: &str = "an ISO 8601 date and time with an offset or Z";
        let mut errors = Vec::new();
        let job_id = readable(self.job_id, "jobId", TEXT, &mut errors);
        let name = readable(self.name, "name", TEXT, &mut errors);
        let start_at = readable(self.start_at, "startAt", TIME, &mut errors);
        let end_at = readable(self.end_at, "endAt", TIME, &mut errors);

        if job_id.as_ref().is_some_and(String::is_empty) {
            errors.push("jobId should not be empty".to_owned());
        }
        if name.as_ref().is_some_and(|name| name.is_empty() || name.chars().count() > MAX_NAME) {
            errors.push(format!("name must be from 1 to {MAX_NAME} characters long"));
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
                Ok(NewRun { job_id, name, start_at, end_at })
            }
            _ => Err(errors),
        }
    }
}

fn readable<T>(field: Option<Field<T>>, key: &str, expected: &str, errors: &mut Vec<String>) -> Option<T> {
    if let Some(Field::Readable(value)) = field {
        Some(value)
    } else {
        errors.push(format!("{key} must be {expected}"));
        None
    }
}
