//! The operations that are logged and can be disturbed: the five of the API, and the one that issues tokens.

use serde::{Deserialize, Serialize};

/// One operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Operation {
    /// `POST /beta/jobs/runs`
    Create,
    /// `GET /beta/runs/`
    List,
    /// `GET /beta/runs/{id}`
    Run,
    /// `POST /beta/runs/{id}/stop`
    Stop,
    /// `GET /beta/jobs/runs/{id}/summary`
    Summary,
    /// `POST /sandbox/token`
    Token,
}

impl Operation {
    /// Whether a token is asked for.
    #[must_use]
    pub fn needs_token(self) -> bool {
        self != Self::Token
    }
}
