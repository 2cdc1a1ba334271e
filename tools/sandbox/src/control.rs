//! The sandbox's own endpoints: clock, fault rules, request log and reset. They are not part of the API.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::app::SharedApp;
use crate::clock::{ClockChange, ClockReading};
use crate::faults::Rule;
use crate::options::CONTROL_BASE;
use crate::problem::Problem;
use crate::request_log::LoggedRequest;

/// The body of `POST /sandbox/reset`; every key is optional.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct ResetRequest {
    /// How many sample runs to add to the emptied database.
    #[serde(default)]
    seed_runs: u64,
    /// Applied after the clock's reset and before the sample runs are added, whose windows lie around the new time.
    #[serde(default)]
    clock: ClockChange,
}

#[derive(Serialize)]
struct ResetResponse {
    runs: u64,
}

/// The body of `POST /sandbox/faults`. The rules stay unread here, so that each mistake can be reported with its index.
#[derive(Deserialize)]
#[serde(untagged)]
enum NewRules {
    Many(Vec<serde_json::Value>),
    One(serde_json::Value),
}

#[derive(Serialize)]
struct RulesResponse {
    rules: Vec<Rule>,
}

#[derive(Serialize)]
struct RequestsResponse {
    requests: Vec<LoggedRequest>,
}

pub(crate) fn router() -> Router<SharedApp> {
    Router::new()
        .route(&format!("{CONTROL_BASE}/clock"), get(read_clock).post(change_clock))
        .route(&format!("{CONTROL_BASE}/faults"), get(list_rules).post(add_rules).delete(clear_rules))
        .route(&format!("{CONTROL_BASE}/requests"), get(list_requests).delete(clear_requests))
        .route(&format!("{CONTROL_BASE}/reset"), post(reset))
}

async fn read_clock(State(app): State<SharedApp>) -> Json<ClockReading> {
    Json(app.clock.read())
}

async fn change_clock(State(app): State<SharedApp>, body: Bytes) -> Result<Json<ClockReading>, Problem> {
    let change: ClockChange = parse(&body)?;
    app.clock.change(&change).map(Json).map_err(|error| Problem::invalid(vec![error]))
}

async fn list_rules(State(app): State<SharedApp>) -> Json<RulesResponse> {
    Json(RulesResponse { rules: app.faults.rules() })
}

async fn add_rules(State(app): State<SharedApp>, body: Bytes) -> Result<Json<RulesResponse>, Problem> {
    let new_rules = match parse(&body)? {
        NewRules::Many(rules) => rules,
        NewRules::One(rule) => vec![rule],
    };
    let mut rules = Vec::new();
    let mut errors = Vec::new();
    for (index, rule) in new_rules.into_iter().enumerate() {
        let rule = serde_json::from_value::<Rule>(rule).map_err(|error| error.to_string());
        match rule.and_then(|rule| rule.fault.check().map(|()| rule)) {
            Ok(rule) => rules.push(rule),
            Err(error) => errors.push(format!("rule {index}: {error}")),
        }
    }
    if !errors.is_empty() {
        return Err(Problem::invalid(errors));
    }
    app.faults.add(rules);
    Ok(Json(RulesResponse { rules: app.faults.rules() }))
}

async fn clear_rules(State(app): State<SharedApp>) -> StatusCode {
    app.faults.clear();
    StatusCode::NO_CONTENT
}

async fn list_requests(State(app): State<SharedApp>) -> Json<RequestsResponse> {
    Json(RequestsResponse { requests: app.request_log.requests() })
}

async fn clear_requests(State(app): State<SharedApp>) -> StatusCode {
    app.request_log.clear();
    StatusCode::NO_CONTENT
}

async fn reset(State(app): State<SharedApp>, body: Bytes) -> Result<Json<ResetResponse>, Problem> {
    let request: ResetRequest = parse(&body)?;
    let change = ClockChange { reset: true, ..request.clock };
    // First, because it can fail: a reset that fails changes nothing.
    app.clock.change(&change).map_err(|error| Problem::invalid(vec![error]))?;
    app.faults.clear();
    app.request_log.clear();
    let work = tokio::task::spawn_blocking(move || {
        app.store.clear().map_err(|error| error.to_string())?;
        app.add_sample_runs(request.seed_runs)?;
        Ok::<_, String>(app.store.run_count())
    });
    let runs = work.await.map_err(Problem::internal)?.map_err(Problem::internal)?;
    Ok(Json(ResetResponse { runs }))
}

/// Reads the body of a control request. An empty body counts as `{}`, and the media type does not matter, because people
/// type these requests by hand.
fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    let body = if body.trim_ascii().is_empty() { b"{}" } else { body };
    serde_json::from_slice(body).map_err(|error| Problem::invalid(vec![error.to_string()]))
}
