//! The sandbox's own endpoints: clock, faults, log, reset. They are no part of the API.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;

use crate::app::{CONTROL_BASE, Shared};
use crate::clock::{ClockChange, ClockReading};
use crate::faults::Rule;
use crate::problem::Problem;

/// What `POST /sandbox/reset` takes; every key may be left out.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct ResetRequest {
    /// How many runs to fill the emptied database with.
    #[serde(default)]
    seed_runs: u64,
    /// Applied after the clock's reset and before the filling, so that seeded windows lie around the new time.
    #[serde(default)]
    clock: ClockChange,
}

/// One rule or many.
#[derive(Deserialize)]
#[serde(untagged)]
enum Rules {
    Many(Vec<serde_json::Value>),
    One(serde_json::Value),
}

pub(crate) fn router() -> Router<Shared> {
    Router::new()
        .route(&format!("{CONTROL_BASE}/clock"), get(read_clock).post(change_clock))
        .route(&format!("{CONTROL_BASE}/faults"), get(list_faults).post(add_faults).delete(clear_faults))
        .route(&format!("{CONTROL_BASE}/requests"), get(list_requests).delete(clear_requests))
        .route(&format!("{CONTROL_BASE}/reset"), post(reset))
}

async fn read_clock(State(app): State<Shared>) -> Json<ClockReading> {
    Json(app.clock.read())
}

async fn change_clock(State(app): State<Shared>, body: Bytes) -> Result<Json<ClockReading>, Problem> {
    let change: ClockChange = read(&body)?;
    app.clock.change(&change).map(Json).map_err(|error| Problem::invalid(vec![error]))
}

async fn list_faults(State(app): State<Shared>) -> Response {
    Json(json!({ "rules": app.faults.rules() })).into_response()
}

async fn add_faults(State(app): State<Shared>, body: Bytes) -> Result<Response, Problem> {
    let rules = match read(&body)? {
        Rules::Many(rules) => rules,
        Rules::One(rule) => vec![rule],
    };
    let mut checked = Vec::new();
    let mut errors = Vec::new();
    for (index, rule) in rules.into_iter().enumerate() {
        let rule = serde_json::from_value::<Rule>(rule).map_err(|error| error.to_string());
        match rule.and_then(|rule| rule.fault.check().map(|()| rule)) {
            Ok(rule) => checked.push(rule),
            Err(error) => errors.push(format!("rule {index}: {error}")),
        }
    }
    if !errors.is_empty() {
        return Err(Problem::invalid(errors));
    }
    app.faults.add(checked);
    Ok(list_faults(State(app)).await)
}

async fn clear_faults(State(app): State<Shared>) -> StatusCode {
    app.faults.clear();
    StatusCode::NO_CONTENT
}

async fn list_requests(State(app): State<Shared>) -> Response {
    Json(json!({ "requests": app.journal.entries() })).into_response()
}

async fn clear_requests(State(app): State<Shared>) -> StatusCode {
    app.journal.clear();
    StatusCode::NO_CONTENT
}

async fn reset(State(app): State<Shared>, body: Bytes) -> Result<Response, Problem> {
    let request: ResetRequest = read(&body)?;
    let change = ClockChange { reset: true, ..request.clock };
    // Checked first: a reset that cannot be carried out as asked changes nothing.
    app.clock.change(&change).map_err(|error| Problem::invalid(vec![error]))?;
    app.faults.clear();
    app.journal.clear();
    let work = tokio::task::spawn_blocking(move || {
        app.store.clear().map_err(|error| error.to_string())?;
        app.fill(request.seed_runs)?;
        Ok::<_, String>(app.store.total())
    });
    let runs = work.await.map_err(Problem::internal)?.map_err(Problem::internal)?;
    Ok(Json(json!({ "runs": runs })).into_response())
}

/// Reads a control body. An empty one is `{}`; its media type does not matter, because these are typed by hand.
fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    let body = if body.trim_ascii().is_empty() { b"{}" } else { body };
    serde_json::from_slice(body).map_err(|error| Problem::invalid(vec![error.to_string()]))
}
