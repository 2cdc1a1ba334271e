//! Stops of unknown outcome in session storage: after a reload their runs are read, and nothing is sent again.

use super::{Request, Stage, StopState};
use crate::problem::{Problem, ProblemKind};
use crate::run::{Run, RunId};
use crate::summary::Summary;
use crate::time::{Span, Timestamp};
use crate::wire::stored::StoredStop;
use crate::wire::{read_each, to_text};

/// A stop requested longer ago is not restored. As with creates, somebody may come back only after a weekend.
const WATCHED: Span = Span::from_hours(7 * 24);

/// The sent stops of unknown outcome as compact JSON; `None` if there are none. Contains no secret.
pub fn keep(stops: &[(RunId, StopState)]) -> Option<String> {
    let pending = stops.iter().filter_map(|(_, stop)| match stop.stage() {
        Stage::Sending(request) | Stage::Requested(request) | Stage::Unknown(request, _) => Some(request.into()),
        _ => None,
    });
    let entries: Vec<StoredStop> = pending.collect();
    (!entries.is_empty()).then(|| to_text(&entries))
}

/// A saved text without the stops of these runs; `None` if none is left.
pub(crate) fn keep_except(text: &str, runs: &[RunId]) -> Option<String> {
    let is_held = |stored: &StoredStop| runs.iter().any(|run| stored.run.id.as_deref() == Some(run.as_str()));
    let entries: Vec<StoredStop> = read_each(text).into_iter().filter(|stored| !is_held(stored)).collect();
    (!entries.is_empty()).then(|| to_text(&entries))
}

/// The stops of a saved text, each due to be read at once. Those without an answer have an unknown outcome. Unreadable
/// entries are skipped.
pub fn recall(text: &str, now: Timestamp) -> Vec<(RunId, StopState)> {
    read_each(text)
        .into_iter()
        .filter_map(|stored| recalled(stored, now))
        .filter(|request| now.since(request.asked_at) < WATCHED)
        .map(|request| {
            let id = request.run.id.clone();
            let stage = match request.answered_at {
                Some(_) => Stage::Requested(request),
                None => Stage::Unknown(request, Problem::bare(ProblemKind::Aborted)),
            };
            (id, StopState { stage, ..StopState::default() })
        })
        .collect()
}

impl From<&Request> for StoredStop {
    fn from(request: &Request) -> Self {
        Self {
            run: (&*request.run).into(),
            counts: request.counts.as_ref().map(Into::into),
            asked_at: request.asked_at,
            answered_at: request.answered_at,
        }
    }
}

fn recalled(stored: StoredStop, now: Timestamp) -> Option<Request> {
    Some(Request {
        run: Box::new(Run::try_from(stored.run).ok()?),
        counts: stored.counts.as_ref().map(Summary::from),
        asked_at: stored.asked_at,
        answered_at: stored.answered_at,
        is_repeated: false,
        readings: 0,
        last_read_at: None,
        in_flight: false,
        due: now,
        // Everything this page reads was requested after it.
        epoch: 0,
    })
}

#[cfg(test)]
mod tests;
