//! Problem details (RFC 9457), the body of every error response.

use axum::http::{Method, StatusCode};
use serde::Serialize;
use uuid::Uuid;

/// What the `type` of a problem begins with. The name is reserved (RFC 2606), so it claims nobody's documentation.
const TYPES: &str = "https://runboard.invalid/sandbox/errors";

#[derive(Clone, Debug, Serialize)]
pub(crate) struct Problem {
    #[serde(skip)]
    pub(crate) status: StatusCode,
    #[serde(rename = "type")]
    kind: String,
    title: &'static str,
    detail: String,
    instance: String,
    /// One sentence for each mistake in the request, as the sibling resources answer with 400.
    #[serde(skip_serializing_if = "Option::is_none")]
    errors: Option<Vec<String>>,
}

impl Problem {
    /// A problem with the title and type of its status.
    pub(crate) fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        let title = if status == StatusCode::TOO_MANY_REQUESTS {
            // The API's own title (contract, errors).
            "Rate Limited"
        } else {
            status.canonical_reason().unwrap_or("Error")
        };
        let fragment = title.to_lowercase().replace(' ', "-");
        Self::with_type(status, &fragment, title, detail)
    }

    /// A problem whose type ends with `#fragment`.
    fn with_type(status: StatusCode, fragment: &str, title: &'static str, detail: impl Into<String>) -> Self {
        Self {
            status,
            kind: format!("{TYPES}#{fragment}"),
            title,
            detail: detail.into(),
            instance: Uuid::new_v4().urn().to_string(),
            errors: None,
        }
    }

    /// 400 with a list of all mistakes.
    pub(crate) fn invalid(errors: Vec<String>) -> Self {
        Self { errors: Some(errors.clone()), ..Self::new(StatusCode::BAD_REQUEST, errors.join("; ")) }
    }

    /// 401 with a type of its own for each reason.
    pub(crate) fn unauthorized(fragment: &str, detail: &str) -> Self {
        Self::with_type(StatusCode::UNAUTHORIZED, fragment, "Unauthorized", detail)
    }

    /// 404 for a run.
    pub(crate) fn no_such_run(id: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, format!("Run {id} was not found"))
    }

    /// 404 for a path.
    pub(crate) fn nothing_at(path: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, format!("There is nothing at {path}"))
    }

    pub(crate) fn method_not_allowed(method: &Method, path: &str) -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, format!("{method} is not allowed on {path}"))
    }

    /// 500 with the reason, because whoever reads it runs the sandbox.
    pub(crate) fn internal(reason: impl std::fmt::Display) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, reason.to_string())
    }
}
