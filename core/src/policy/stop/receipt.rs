//! The receipt of a confirmed stop, to show and copy.

use super::Request;
use crate::run::{KnownStatus, Run, RunId, Status};
use crate::summary::Summary;
use crate::time::Timestamp;
use std::sync::Arc;

/// Why a stop counts as confirmed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Evidence {
    /// The status is a known word for "stopped".
    StoppedStatus,
    /// The status differs from the one before the request: both should be quoted, as the run may have ended on its own.
    StatusChanged,
}

/// The receipt of a confirmed stop.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Receipt {
    /// The run.
    pub id: RunId,
    /// Its name.
    pub name: Arc<str>,
    /// When the stop was sent.
    pub asked_at: Timestamp,
    /// When the API accepted it; `None` if no answer came.
    pub answered_at: Option<Timestamp>,
    /// When the changed status was read.
    pub confirmed_at: Timestamp,
    /// Why it counts as confirmed.
    pub evidence: Evidence,
    /// The status before.
    pub before: Option<Status>,
    /// The status now, verbatim.
    pub status: Status,
    /// The counts when the stop was requested.
    pub counts_before: Option<Summary>,
    /// The counts after it was confirmed.
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

/// Whether a run read after the request shows that the stop took effect: a known status for stopped, or another status
/// than before. A window that opens meanwhile turns `scheduled` into `running`, which is no evidence. If there was no
/// status before, only a known end status counts as a change.
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
