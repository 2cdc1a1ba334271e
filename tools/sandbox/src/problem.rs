//! Problem details (RFC 9457), the form of every error the sandbox answers.

use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::hash::uuid;
use crate::reply::Reply;

/// Where the `type` of a problem points. The name is reserved (RFC 2606): nobody's documentation is claimed.
const TYPES: &str = "https://runboard.invalid/sandbox/errors";

/// One error, as answered.
#[derive(Clone, Debug, Serialize)]
pub struct Problem {
    #[serde(skip)]
    status: StatusCode,
    #[serde(rename = "type")]
    kind: String,
    title: &'static str,
    detail: String,
    instance: String,
    /// What is wrong with the request, one sentence per field (the siblings' form for 400).
    #[serde(skip_serializing_if = "Option::is_none")]
    errors: Option<Vec<String>>,
}

impl Problem {
    /// A problem whose `type` ends with `#fragment`.
    #[must_use]
    pub fn new(status: StatusCode, fragment: &str, title: &'static str, detail: impl Into<String>) -> Self {
        Self {
            status,
            kind: format!("{TYPES}#{fragment}"),
            title,
            detail: detail.into(),
            instance: format!("urn:uuid:{}", uuid(rand::random(), rand::random())),
            errors: None,
        }
    }

    /// A problem whose title and type are those of the status.
    #[must_use]
    pub fn of(status: StatusCode, detail: impl Into<String>) -> Self {
        let title = if status == StatusCode::TOO_MANY_REQUESTS {
            // The API's own title, see the section on errors in the contract.
            "Rate Limited"
        } else {
            status.canonical_reason().unwrap_or("Error")
        };
        let fragment = title.to_lowercase().replace(' ', "-");
        Self::new(status, &fragment, title, detail)
    }

    /// 400 with the list of what is wrong.
    #[must_use]
    pub fn invalid(errors: Vec<String>) -> Self {
        let detail = errors.join("; ");
        let mut problem = Self::new(StatusCode::BAD_REQUEST, "bad-request", "Bad Request", detail);
        problem.errors = Some(errors);
        problem
    }

    /// 404 for a run. The same words whether it never existed or may not be seen.
    #[must_use]
    pub fn no_such_run(id: &str) -> Self {
        Self::of(StatusCode::NOT_FOUND, format!("Run {id} was not found"))
    }

    /// 500 for what should not happen, with the reason, since whoever reads it runs the sandbox.
    #[must_use]
    pub fn internal(reason: impl std::fmt::Display) -> Self {
        Self::of(StatusCode::INTERNAL_SERVER_ERROR, reason.to_string())
    }

    /// The status it is answered with.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The body it is answered with.
    #[must_use]
    pub fn body(&self) -> Vec<u8> {
        // A struct of strings always serialises.
        serde_json::to_vec(self).unwrap_or_default()
    }
}

/// The media type of problem details.
pub const PROBLEM_JSON: HeaderValue = HeaderValue::from_static("application/problem+json");

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        Reply::from(self).into_response()
    }
}
