//! The messages of tabs of which one reads for all.

use super::activity::StoredMoment;
use super::fields::each;
use super::run::Run;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A message. Every page of the origin can read it, so it contains no secret.
#[derive(Serialize, Deserialize)]
pub(crate) struct SharedMessage {
    /// The API, application and person it concerns.
    pub(crate) scope: String,
    /// A random id of the sending tab.
    pub(crate) tab: String,
    pub(crate) at: Option<Timestamp>,
    pub(crate) said: Said,
}

/// `{"hello": {}}`, `{"reading": {}}`, `{"alive": {…}}`, `{"leaving": {}}`, `{"offer": {…}}`, `{"ask": {…}}` or `{"runs": {…}}`.
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
    Offer {
        to: String,
    },
    Ask {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        of: Option<String>,
    },
    Runs {
        /// How many runs were sent: one that cannot be read is noticed.
        count: usize,
        #[serde(deserialize_with = "each")]
        runs: Vec<Run>,
        gone: Vec<Arc<str>>,
        /// When the earliest request for them was sent.
        sent: StoredMoment,
        /// How many milliseconds after that the request for each was; empty if for all at once.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        later: Vec<i64>,
        /// When the message was sent.
        #[serde(rename = "received")]
        posted_at: StoredMoment,
        all: bool,
        part: u32,
        parts: u32,
        /// How many runs all parts have together; a tab of an earlier build does not say it.
        #[serde(default)]
        total: usize,
        clock: Option<i64>,
        list: Option<Box<SharedList>>,
    },
}

/// How complete and how recent the list is.
#[derive(Serialize, Deserialize)]
pub(crate) struct SharedList {
    pub(crate) as_of: Option<Timestamp>,
    pub(crate) newest: Option<Timestamp>,
    pub(crate) complete: Option<Timestamp>,
    pub(crate) pages: u32,
    pub(crate) size: Option<u32>,
    pub(crate) total: Option<u64>,
    /// The number of runs of a reading that did not get every page, and of how many.
    pub(crate) incomplete: Option<usize>,
    pub(crate) incomplete_of: Option<u64>,
    pub(crate) missing: Vec<u32>,
    pub(crate) stopped: bool,
    pub(crate) unreadable: usize,
    pub(crate) failures: u32,
    pub(crate) problem: Option<SharedProblem>,
}

/// Why the list could not be read.
#[derive(Serialize, Deserialize)]
pub(crate) struct SharedProblem {
    pub(crate) kind: SharedKind,
    /// A time in milliseconds, or a status code.
    pub(crate) number: Option<i64>,
    pub(crate) status: Option<u16>,
    pub(crate) said: Option<String>,
    pub(crate) trace: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum SharedKind {
    Unreachable,
    TimedOut,
    Forbidden,
    NotFound,
    Limited,
    Server,
    Refused,
    Unreadable,
    Intercepted,
}
