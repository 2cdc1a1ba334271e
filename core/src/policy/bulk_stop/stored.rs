//! A bulk stop in session storage: after a reload its results are still shown, and nothing more is sent until the person
//! says so.

use super::{BulkStopState, Entry, EntryStage, Pause};
use crate::problem::{Answer, Problem, ProblemKind};
use crate::run::{Run, Status};
use crate::time::{Span, Timestamp};
use crate::wire::stored::{StoredBulk, StoredBulkEntry, StoredBulkState as Stored, StoredProblem};
use crate::wire::{read, to_text};
use std::sync::Arc;

/// A list confirmed longer ago may no longer be what the person wants.
const MEANT: Span = Span::from_hours(1);

impl BulkStopState {
    /// The progress and results as compact JSON; `None` if there are none. Contains no secret.
    pub fn keep(&self) -> Option<String> {
        let stored = StoredBulk {
            halted: self.halted,
            at: self.confirmed_at,
            rest: self.rest,
            runs: self.work.iter().map(StoredBulkEntry::from).collect(),
        };
        (!stored.runs.is_empty()).then(|| to_text(&stored))
    }

    /// The same, while some runs have no final result; `None` once there is only a report left to read.
    pub fn unfinished_text(&self) -> Option<String> {
        self.keep().filter(|_| !self.is_finished())
    }

    /// Whether every run has its final result: there is at most a report left to read.
    pub fn is_finished(&self) -> bool {
        let is_final =
            |state: &EntryStage| state.is_settled() && !matches!(state, EntryStage::Requested | EntryStage::Unknown(_));
        self.work.iter().all(|entry| is_final(&entry.state))
    }

    /// Adds what another tab left ([`Self::recall`]) below a finished report that was not dismissed yet. To be called while
    /// [`Self::is_finished`].
    #[must_use]
    pub fn take_up(self, text: &str, now: Timestamp) -> Self {
        let mut taken = Self::recall(text, now);
        let mut work = self.work;
        work.retain(|entry| taken.work.iter().all(|other| other.run.id != entry.run.id));
        work.append(&mut taken.work);
        Self { work, ..taken }
    }

    /// When the bulk stop of a saved text was confirmed.
    pub(crate) fn confirmed_at_of(text: &str) -> Option<Timestamp> {
        read::<StoredBulk>(text)?.at
    }

    /// Restores a saved text. Runs that were being read or were still waiting wait for the person ([`Pause::Reloaded`]);
    /// the outcome of a stop without an answer is unknown. A list confirmed too long ago is not continued. Unreadable
    /// entries are skipped.
    pub fn recall(text: &str, now: Timestamp) -> Self {
        let stored: StoredBulk = read(text).unwrap_or_default();
        let meant = stored.at.is_some_and(|at| now.since(at) < MEANT);
        let mut work: Vec<Entry> = stored.runs.into_iter().filter_map(recalled).collect();
        for entry in work.iter_mut().filter(|entry| (stored.halted || !meant) && entry.state == EntryStage::Waiting) {
            entry.state = EntryStage::Skipped;
        }
        let waits = work.iter().any(|entry| entry.state == EntryStage::Waiting);
        let pause = waits.then_some(Pause::Reloaded);
        let rest = stored.rest.filter(|_| waits);
        Self { work, halted: stored.halted, pause, rest, confirmed_at: stored.at, ..Self::default() }
    }
}

impl From<&Entry> for StoredBulkEntry {
    fn from(entry: &Entry) -> Self {
        let word = |status: &Status| status.as_str().to_owned();
        let state = match &entry.state {
            EntryStage::Waiting | EntryStage::Reading => Stored::Waiting,
            EntryStage::Sending | EntryStage::Unknown(Problem { kind: ProblemKind::Aborted, .. }) => Stored::Sent,
            EntryStage::Requested => Stored::Asked,
            EntryStage::Unknown(problem) => Stored::Unknown(problem.into()),
            EntryStage::Stopped(status) => Stored::Stopped(word(status)),
            EntryStage::AlreadyOver(status) => Stored::Over(status.as_ref().map(word)),
            EntryStage::Refused(problem) => Stored::Refused(problem.into()),
            EntryStage::ReadFailed(problem) => Stored::Unread(problem.into()),
            EntryStage::Skipped => Stored::Kept,
            EntryStage::Elsewhere => Stored::Elsewhere,
        };
        Self { run: (&*entry.run).into(), state, at: entry.at }
    }
}

fn recalled(stored: StoredBulkEntry) -> Option<Entry> {
    let state = match stored.state {
        Stored::Waiting => EntryStage::Waiting,
        Stored::Sent => EntryStage::Unknown(Problem::bare(ProblemKind::Aborted)),
        Stored::Asked => EntryStage::Requested,
        Stored::Unknown(problem) => EntryStage::Unknown(problem.into()),
        Stored::Stopped(word) => EntryStage::Stopped(Status::new(&word)),
        Stored::Over(word) => EntryStage::AlreadyOver(word.as_deref().map(Status::new)),
        Stored::Refused(problem) => EntryStage::Refused(problem.into()),
        Stored::Unread(problem) => EntryStage::ReadFailed(problem.into()),
        Stored::Kept => EntryStage::Skipped,
        Stored::Elsewhere => EntryStage::Elsewhere,
    };
    Some(Entry { run: Arc::new(Run::try_from(stored.run).ok()?), state, at: stored.at, tries: 0 })
}

impl From<&Problem> for StoredProblem {
    fn from(problem: &Problem) -> Self {
        let seconds = match problem.kind {
            ProblemKind::TimedOut { after } => Some(after.millis() / 1000),
            _ => None,
        };
        Self {
            status: problem.status,
            said: problem.said.clone(),
            trace: problem.trace.clone(),
            seconds,
            unreadable: problem.kind == ProblemKind::Undecodable,
            intercepted: matches!(problem.kind, ProblemKind::Intercepted { .. }),
        }
    }
}

impl From<StoredProblem> for Problem {
    fn from(stored: StoredProblem) -> Self {
        let kind = match (stored.status, stored.seconds) {
            _ if stored.unreadable => ProblemKind::Undecodable,
            _ if stored.intercepted => ProblemKind::Intercepted { wait: None },
            (Some(status), _) => {
                let answer = Answer { status, ..Answer::default() };
                Self::read(answer).kind
            }
            (None, Some(seconds)) => ProblemKind::TimedOut { after: Span::from_seconds(seconds) },
            (None, None) => ProblemKind::Unreachable { offline: false },
        };
        Self { kind, said: stored.said, trace: stored.trace, status: stored.status }
    }
}

#[cfg(test)]
mod tests;
