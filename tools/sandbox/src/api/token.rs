//! Issue a token. Not an operation of the API, but what a portal's token endpoint does.

use axum::http::{HeaderValue, StatusCode, header};

use super::call::Call;
use crate::app::App;
use crate::problem::Problem;
use crate::reply::Reply;
use crate::token::{TokenRequest, TokenResponse};

pub(super) fn issue(app: &App, call: &Call) -> Result<Reply, Problem> {
    let request = if call.body.trim_ascii().is_empty() {
        TokenRequest::default()
    } else {
        serde_json::from_slice(&call.body).map_err(|error| Problem::invalid(vec![error.to_string()]))?
    };
    let token = app.keys.issue(&request, app.clock.now()).map_err(|error| Problem::invalid(vec![error]))?;
    let reply = Reply::json(StatusCode::OK, &TokenResponse { token })?;
    // No cache may store a token (RFC 6750, section 5.3).
    Ok(reply.with_header(header::CACHE_CONTROL, HeaderValue::from_static("no-store")))
}
