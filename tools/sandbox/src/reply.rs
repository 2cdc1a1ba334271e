//! An answer before it is sent, in a form that faults can still change.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::problem::Problem;
use crate::server::{BreakOff, breaking_body};

/// The media type of every answer that is no problem.
pub const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// An answer, or the way in which there is none.
#[derive(Clone, Debug)]
pub enum Reply {
    /// A whole answer.
    Whole {
        /// Its status.
        status: StatusCode,
        /// All headers but those that every answer gets.
        headers: HeaderMap,
        /// Its body.
        body: Vec<u8>,
    },
    /// The connection is broken off without an answer.
    Reset,
    /// The connection ends after this many bytes of a body that was announced longer.
    Cut {
        /// Its status.
        status: StatusCode,
        /// All headers but those that every answer gets.
        headers: HeaderMap,
        /// The body as announced.
        body: Vec<u8>,
        /// How much of it is sent.
        sent: usize,
    },
}

impl Reply {
    /// An answer in JSON.
    ///
    /// # Errors
    /// A problem when `value` cannot be written as JSON.
    pub fn json(status: StatusCode, value: &impl Serialize) -> Result<Self, Problem> {
        let body = serde_json::to_vec(value).map_err(Problem::internal)?;
        Ok(Self::with_type(status, JSON, body))
    }

    /// An answer of any media type.
    #[must_use]
    pub fn with_type(status: StatusCode, media_type: HeaderValue, body: Vec<u8>) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, media_type);
        Self::Whole { status, headers, body }
    }

    /// The status that is sent; `None` when nothing is.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Whole { status, .. } | Self::Cut { status, .. } => Some(*status),
            Self::Reset => None,
        }
    }
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        match self {
            // As a `Body`, because bytes alone would be given a media type that nobody asked for.
            Self::Whole { status, headers, body } => (status, headers, Body::from(body)).into_response(),
            Self::Cut { status, mut headers, body, sent } => {
                headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
                (status, headers, Body::new(breaking_body(body, sent))).into_response()
            }
            Self::Reset => {
                let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
                response.extensions_mut().insert(BreakOff);
                response
            }
        }
    }
}

impl From<Problem> for Reply {
    fn from(problem: Problem) -> Self {
        let mut reply = Self::with_type(problem.status(), crate::problem::PROBLEM_JSON, problem.body());
        if let (Self::Whole { headers, .. }, StatusCode::UNAUTHORIZED) = (&mut reply, problem.status()) {
            // Required with a 401 (RFC 9110, section 15.5.2).
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        reply
    }
}
