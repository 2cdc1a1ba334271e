//! A response before it is sent, in a form that fault rules can still change.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::abort::{Abort, AbortConnection, truncated};
use crate::problem::Problem;

const JSON: HeaderValue = HeaderValue::from_static("application/json");
const PROBLEM_JSON: HeaderValue = HeaderValue::from_static("application/problem+json");

#[derive(Clone, Debug)]
pub(crate) enum Reply {
    Complete(Parts),
    /// The connection ends after `sent` bytes of the announced body.
    Truncated {
        parts: Parts,
        sent: usize,
    },
    /// The connection is aborted without a response, as told or else as the client needs to see it fail.
    Aborted(Option<Abort>),
}

#[derive(Clone, Debug)]
pub(crate) struct Parts {
    pub(crate) status: StatusCode,
    /// All headers but those that every response gets.
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    /// # Errors
    /// A problem when `value` cannot be written as JSON.
    pub(crate) fn json(status: StatusCode, value: &impl Serialize) -> Result<Self, Problem> {
        let body = serde_json::to_vec(value).map_err(Problem::internal)?;
        Ok(Self::with_type(status, JSON, body))
    }

    /// A response of any media type.
    pub(crate) fn with_type(status: StatusCode, media_type: HeaderValue, body: Vec<u8>) -> Self {
        Self::Complete(Parts { status, headers: HeaderMap::from_iter([(header::CONTENT_TYPE, media_type)]), body })
    }

    pub(crate) fn with_header(self, name: HeaderName, value: HeaderValue) -> Self {
        self.with_headers(HeaderMap::from_iter([(name, value)]))
    }

    /// Adds headers, and replaces those of the same names.
    pub(crate) fn with_headers(mut self, headers: HeaderMap) -> Self {
        if let Self::Complete(parts) | Self::Truncated { parts, .. } = &mut self {
            parts.headers.extend(headers);
        }
        self
    }

    /// The status that is sent, or `None` when nothing is sent.
    pub(crate) fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Complete(parts) | Self::Truncated { parts, .. } => Some(parts.status),
            Self::Aborted(_) => None,
        }
    }
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        match self {
            // Bytes that are not a `Body` would get a media type of their own.
            Self::Complete(Parts { status, headers, body }) => (status, headers, Body::from(body)).into_response(),
            Self::Truncated { parts: Parts { status, mut headers, body }, sent } => {
                headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
                (status, headers, Body::new(truncated(body, sent))).into_response()
            }
            Self::Aborted(how) => {
                let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
                response.extensions_mut().insert(AbortConnection(how));
                response
            }
        }
    }
}

impl From<Problem> for Reply {
    fn from(problem: Problem) -> Self {
        // A struct of strings can always be written as JSON.
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        let reply = Self::with_type(problem.status, PROBLEM_JSON, body);
        if problem.status == StatusCode::UNAUTHORIZED {
            // Required with a 401 (RFC 9110, section 15.5.2).
            reply.with_header(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))
        } else {
            reply
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        Reply::from(self).into_response()
    }
}
