//! What is saved in the browser's storage. It contains no secret; the token is stored separately.
//!
//! Only the console writes these, so they are read strictly; an unreadable entry of a list is skipped.

use super::fields::{each, text, valid};
use super::run::{NewRun, Run};
use super::summary::Blocks;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// What was typed into the form, with the address and zone it was typed at.
#[derive(Serialize, Deserialize, Default)]
#[serde(default)]
pub(crate) struct StoredDraft {
    pub(crate) job: String,
    pub(crate) source: String,
    pub(crate) name: String,
    pub(crate) now: bool,
    pub(crate) start: String,
    pub(crate) after: bool,
    pub(crate) end: String,
    pub(crate) length: String,
    pub(crate) at: String,
    pub(crate) zone: String,
    pub(crate) prefilled: bool,
}

/// A request to create a run, saved before it is sent.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StoredIntent {
    pub(crate) key: String,
    pub(crate) run: NewRun,
    pub(crate) asked_at: Timestamp,
    /// In milliseconds.
    #[serde(default, deserialize_with = "valid")]
    pub(crate) tolerance: Option<i64>,
    #[serde(default)]
    pub(crate) known: Vec<String>,
    #[serde(default, deserialize_with = "valid")]
    pub(crate) fate: Option<StoredFate>,
    #[serde(default)]
    pub(crate) refused: bool,
    #[serde(default, deserialize_with = "valid", skip_serializing_if = "Option::is_none")]
    pub(crate) watched_until: Option<Timestamp>,
    #[serde(default, deserialize_with = "each")]
    pub(crate) made: Vec<StoredMade>,
    #[serde(default)]
    pub(crate) told: bool,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum StoredFate {
    Open,
    Left,
    Refused,
    Made,
}

/// A run that a request created.
#[derive(Serialize, Deserialize)]
pub(crate) struct StoredMade {
    pub(crate) id: String,
    #[serde(default)]
    pub(crate) sure: bool,
    #[serde(default)]
    pub(crate) late: bool,
}

/// A stop that was sent and whose outcome is unknown.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StoredStop {
    pub(crate) run: Run,
    pub(crate) counts: Option<Blocks>,
    pub(crate) asked_at: Timestamp,
    pub(crate) answered_at: Option<Timestamp>,
}

/// The stop of several runs.
#[derive(Serialize, Deserialize, Default)]
#[serde(default)]
pub(crate) struct StoredBulk {
    pub(crate) halted: bool,
    pub(crate) at: Option<Timestamp>,
    pub(crate) rest: Option<Timestamp>,
    #[serde(deserialize_with = "each")]
    pub(crate) runs: Vec<StoredBulkEntry>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct StoredBulkEntry {
    pub(crate) run: Run,
    pub(crate) state: StoredBulkState,
    pub(crate) at: Option<Timestamp>,
}

/// The progress of one of the runs, with the API's word for its status or with what went wrong.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum StoredBulkState {
    Waiting,
    Sent,
    Asked,
    Unknown(StoredProblem),
    Stopped(String),
    Over(Option<String>),
    Refused(StoredProblem),
    Unread(StoredProblem),
    Kept,
    Elsewhere,
}

/// Why a request failed; the kind of the problem is derived from these.
#[derive(Serialize, Deserialize)]
pub(crate) struct StoredProblem {
    pub(crate) status: Option<u16>,
    pub(crate) said: Option<String>,
    pub(crate) trace: Option<String>,
    /// The time limit, if there was no answer within it.
    pub(crate) seconds: Option<i64>,
    /// Whether the answer could not be read.
    pub(crate) unreadable: bool,
    /// Whether something in front of the API answered.
    #[serde(default)]
    pub(crate) intercepted: bool,
}

/// A run that is being rescheduled.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StoredReschedule {
    pub(crate) old: String,
    pub(crate) old_name: String,
    pub(crate) new: Option<String>,
    pub(crate) asked: NewRun,
    /// The key of the request for the new run.
    #[serde(default)]
    pub(crate) key: String,
    pub(crate) step: StoredStep,
}

/// The current step. Its failure is not saved: the runs are read again.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum StoredStep {
    Creating,
    Verifying,
    CheckingOld,
    Stopping,
}

/// What a tab left unfinished: the texts of the types above, as session storage held them.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StoredUnfinished {
    pub(crate) at: Timestamp,
    #[serde(default)]
    pub(crate) signed_out: bool,
    pub(crate) create: Option<String>,
    pub(crate) stops: Option<String>,
    pub(crate) bulk: Option<String>,
    pub(crate) reschedule: Option<String>,
}

/// A saved view of the list.
#[derive(Serialize, Deserialize)]
pub(crate) struct StoredView {
    pub(crate) name: String,
    pub(crate) q: String,
    #[serde(default, deserialize_with = "text")]
    pub(crate) sort: Option<String>,
    /// Views of earlier versions have neither columns nor rows.
    #[serde(default, deserialize_with = "text", skip_serializing_if = "Option::is_none")]
    pub(crate) columns: Option<String>,
    #[serde(default, deserialize_with = "text", skip_serializing_if = "Option::is_none")]
    pub(crate) rows: Option<String>,
}
