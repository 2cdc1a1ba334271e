//! What a confirmed stop leaves behind, to be shown and copied.

use super::Request;
use crate::run::{KnownStatus, Run, RunId, Status};
use crate::summary::Summary;
use crate::time::Timestamp;
use std::sync::Arc;

/// Why a stop counts as done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Evidence {
    /// The status is a known word for "stopped".
    StoppedStatus,
    /// The status is another word than before the request: quote both. It may have ended by itself.
    StatusChanged,
}

/// The receipt of a stop.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Receipt {
    /// The run.
    pub id: RunId,
    /// Its name.
    pub name: Arc<str>,
    /// When the stop was sent.
    pub asked_at: Timestamp,
    /// When the API took the request; `None` where no answer came.
    pub answered_at: Option<Timestamp>,
    /// When the changed status was read.
    pub confirmed_at: Timestamp,
    /// Why it counts as done.
    pub evidence: Evidence,
    /// The status word before.
    pub before: Option<Status>,
    /// The status word now, verbatim.
    pub status: Status,
    /// The counts as they were shown when it was asked.
    pub counts_before: Option<Summary>,
    /// The counts since it was confirmed.
    pub counts_after: Option<Summary>,
}

impl Receipt {
    pub(super) fn new(request: Request, evidence: Evidence, status: Status, now: Timestamp) -> Self {
        let Request { run, counts, asked_at, answered_at, .. } = request;
        Self {
            id: run.id,
            name: run.name,
            asked_at,
            answered_at,
            confirmed_at: now,
            evidence,
            before: run.status,
            status,
            counts_before: counts,
            counts_after: None,
        }
    }
}

/// Whether a run read after the request shows that the stop took effect: a known word for stopped, or another word than
/// before. A window that opens meanwhile turns `scheduled` into `running`: that is no stop. Where no word was known
/// before, only a word that is known to be an end counts as a change.
pub fn evidence(before: Option<&Status>, now: &Run) -> Option<(Evidence, Status)> {
    let status = now.status.clone()?;
    let evidence = match status.known() {
        Some(KnownStatus::Stopped) => Evidence::StoppedStatus,
        Some(KnownStatus::Scheduled | KnownStatus::Running) => return None,
        known => match before {
            Some(before) if before.as_str().eq_ignore_ascii_case(status.as_str()) => return None,
            None if known.is_none() => return None,
            _ => Evidence::StatusChanged,
        },
    };
    Some((evidence, status))
}
