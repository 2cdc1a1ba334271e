//! The operations that are logged and that fault rules apply to.

use serde::{Deserialize, Serialize};

/// The five operations of the API, and the one that issues tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Operation {
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
    pub(crate) fn needs_token(self) -> bool {
        self != Self::Token
    }
}
