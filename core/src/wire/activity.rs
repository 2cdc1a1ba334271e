//! The record of what happened, as the browser stores it and as it is exported; and the runs as they were last known.
//!
//! A value that cannot be read costs its field; an entry without a key, a kind or its times is skipped.

use super::fields::{count, each, text, time, valid};
use super::run::Run;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// An instant by this computer's clock and by the API's.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub(crate) struct StoredMoment {
    pub(crate) here: Timestamp,
    pub(crate) api: Timestamp,
}

/// One entry. Contains no secret.
#[derive(Serialize, Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct StoredEntry {
    #[serde(deserialize_with = "text")]
    pub(crate) key: Option<Arc<str>>,
    #[serde(deserialize_with = "text")]
    pub(crate) kind: Option<String>,
    #[serde(deserialize_with = "text", skip_serializing_if = "Option::is_none")]
    pub(crate) run: Option<Arc<str>>,
    #[serde(deserialize_with = "text", skip_serializing_if = "Option::is_none")]
    pub(crate) name: Option<Arc<str>>,
    #[serde(deserialize_with = "text", skip_serializing_if = "Option::is_none")]
    pub(crate) job: Option<Arc<str>>,
    #[serde(deserialize_with = "valid")]
    pub(crate) noticed: Option<StoredMoment>,
    /// When it happened, where the API gave that.
    #[serde(deserialize_with = "time", skip_serializing_if = "Option::is_none")]
    pub(crate) at: Option<Timestamp>,
    /// When it was last seen not to have happened yet.
    #[serde(deserialize_with = "valid", skip_serializing_if = "Option::is_none")]
    pub(crate) after: Option<StoredMoment>,
    /// The contradiction, or the state that a run went back to.
    #[serde(deserialize_with = "text", skip_serializing_if = "Option::is_none")]
    pub(crate) detail: Option<String>,
    /// Shares of failures, in tenths of a percent.
    #[serde(deserialize_with = "count", skip_serializing_if = "Option::is_none")]
    pub(crate) from: Option<u64>,
    #[serde(deserialize_with = "count", skip_serializing_if = "Option::is_none")]
    pub(crate) to: Option<u64>,
    #[serde(deserialize_with = "text", skip_serializing_if = "Option::is_none")]
    pub(crate) outcome: Option<String>,
    #[serde(deserialize_with = "valid", skip_serializing_if = "Option::is_none")]
    pub(crate) settled: Option<StoredMoment>,
    #[serde(deserialize_with = "text", skip_serializing_if = "Option::is_none")]
    pub(crate) new_run: Option<Arc<str>>,
    #[serde(deserialize_with = "count", skip_serializing_if = "Option::is_none")]
    pub(crate) runs: Option<u64>,
    #[serde(deserialize_with = "text", skip_serializing_if = "Option::is_none")]
    pub(crate) text: Option<Arc<str>>,
    /// Whether the person is notified of it.
    #[serde(deserialize_with = "text", skip_serializing_if = "Option::is_none")]
    pub(crate) alert: Option<String>,
}

/// What a person wants to be notified of.
#[derive(Serialize, Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct StoredBells {
    #[serde(deserialize_with = "each")]
    pub(crate) bells: Vec<StoredBell>,
    /// In tenths of a percent.
    #[serde(deserialize_with = "count")]
    pub(crate) failures_rose_by: Option<u64>,
    #[serde(deserialize_with = "valid")]
    pub(crate) system: Option<bool>,
}

/// On a run, a job, or a view and its query.
#[derive(Serialize, Deserialize, Default)]
#[serde(default)]
pub(crate) struct StoredBell {
    #[serde(deserialize_with = "text", skip_serializing_if = "Option::is_none")]
    pub(crate) run: Option<Arc<str>>,
    #[serde(deserialize_with = "text", skip_serializing_if = "Option::is_none")]
    pub(crate) job: Option<Arc<str>>,
    #[serde(deserialize_with = "text", skip_serializing_if = "Option::is_none")]
    pub(crate) view: Option<Arc<str>>,
    #[serde(deserialize_with = "text", skip_serializing_if = "Option::is_none")]
    pub(crate) q: Option<Arc<str>>,
    #[serde(deserialize_with = "text", skip_serializing_if = "Option::is_none")]
    pub(crate) name: Option<Arc<str>>,
}

/// The runs as they were last known.
#[derive(Serialize, Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct StoredKnownRuns {
    #[serde(deserialize_with = "valid")]
    pub(crate) all_known: Option<StoredMoment>,
    #[serde(deserialize_with = "each")]
    pub(crate) runs: Vec<StoredKnownRun>,
    #[serde(deserialize_with = "each")]
    pub(crate) shares: Vec<StoredShare>,
}

/// The lowest share of failures of a run since the last rise that was told, in tenths of a percent, and when it was read.
#[derive(Serialize, Deserialize)]
pub(crate) struct StoredShare {
    pub(crate) run: Arc<str>,
    pub(crate) share: u32,
    pub(crate) at: StoredMoment,
}

/// One of them.
#[derive(Serialize, Deserialize)]
pub(crate) struct StoredKnownRun {
    pub(crate) run: Run,
    pub(crate) sent: StoredMoment,
    pub(crate) received: Timestamp,
    pub(crate) told: Timestamp,
}

/// An entry in an exported file.
#[derive(Serialize)]
pub(crate) struct ExportedEntry<'a> {
    pub(crate) kind: Option<&'a str>,
    pub(crate) run_id: Option<&'a str>,
    pub(crate) name: Option<&'a str>,
    pub(crate) job_id: Option<&'a str>,
    pub(crate) detail: Option<&'a str>,
    pub(crate) outcome: Option<&'a str>,
    pub(crate) new_run_id: Option<&'a str>,
    pub(crate) runs: Option<u32>,
    pub(crate) receipt: Option<&'a str>,
    pub(crate) happened_at: Option<Timestamp>,
    pub(crate) not_before: Option<Timestamp>,
    pub(crate) noticed_at: Timestamp,
    pub(crate) settled_at: Option<Timestamp>,
    pub(crate) noticed_at_here: Timestamp,
}
