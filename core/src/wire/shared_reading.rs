//! The messages of tabs of which one reads for all.

use super::activity::StoredMoment;
use super::fields::each;
use super::run::Run;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A message. Every page of the origin can read it, so it contains no secret.
#[derive(Serialize, Deserialize)]
pub(crate) struct SharedMessage {
    /// The API, application and person it concerns.
    pub(crate) scope: String,
    /// A random id of the sending tab.
    pub(crate) tab: String,
    pub(crate) said: Said,
}

/// `{"hello": {}}`, `{"reading": {}}`, `{"alive": {…}}`, `{"leaving": {}}` or `{"runs": {…}}`.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Said {
    Hello {},
    Reading {},
    Leaving {},
    /// In milliseconds: since the last reading began, and until the next one is allowed.
    Alive {
        read: Option<i64>,
        hold: Option<i64>,
    },
    Runs {
        /// How many runs were sent: one that cannot be read is noticed.
        count: usize,
        #[serde(deserialize_with = "each")]
        runs: Vec<Run>,
        gone: Vec<Arc<str>>,
        sent: StoredMoment,
        received: StoredMoment,
        all: bool,
        part: u32,
        parts: u32,
    },
}
