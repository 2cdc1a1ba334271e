//! The messages between the tabs of one browser.

use super::run::NewRun;
use serde::{Deserialize, Serialize};

/// A message. Every page of the origin can read it, so it contains no secret.
#[derive(Serialize, Deserialize)]
pub(crate) struct TabMessage {
    /// The API and application it concerns.
    #[serde(rename = "home")]
    pub(crate) scope: String,
    /// A random id of the sending tab.
    pub(crate) tab: String,
    pub(crate) said: Said,
}

/// `{"doing": {…}}`, `{"settled": {…}}` or `{"stopping": {…}}`.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Said {
    Doing { key: String, run: NewRun, stage: Stage },
    Settled { key: String, run: Option<String> },
    Stopping { runs: Vec<String> },
}

/// The progress of a request.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Stage {
    Typing,
    Made,
    Sent,
    Unclear,
}
