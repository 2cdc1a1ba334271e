//! "While you were away: 3 opened, 2 ended, 1 failed, 1 stopped".

use super::echoes::leave_out_echoes;
use super::entry::Entry;
use super::kind::Kind;
use crate::run::RunId;
use crate::time::Timestamp;
use rustc_hash::FxHashSet;
use std::sync::Arc;

/// How many runs something was seen of since a moment. Each run counts once for each kind.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Away {
    /// New runs.
    pub appeared: usize,
    /// Runs whose window opened.
    pub opened: usize,
    /// Runs that completed or whose window ended, and that neither failed nor were stopped.
    pub ended: usize,
    /// Runs that failed.
    pub failed: usize,
    /// Runs that were stopped.
    pub stopped: usize,
    /// Runs whose status began to contradict their window.
    pub contradictions: usize,
    /// Runs whose share of failures rose.
    pub failures_rose: usize,
}

impl Away {
    /// Whether an entry was noticed since then, by this computer's clock.
    pub fn is_since(entry: &Entry, since: Timestamp) -> bool {
        entry.noticed.here >= since
    }

    /// Counts what was noticed since then, without what only repeats something that was done here since then: just what
    /// [`super::Filter`] lists.
    pub fn since<'a>(entries: impl IntoIterator<Item = &'a Arc<Entry>>, since: Timestamp) -> Self {
        let mut entries: Vec<_> = entries.into_iter().filter(|entry| Self::is_since(entry, since)).cloned().collect();
        leave_out_echoes(&mut entries);
        let mut seen: FxHashSet<(Kind, &RunId)> = FxHashSet::default();
        for entry in &entries {
            let kind = match Kind::of(entry) {
                Kind::Completed => Kind::Ended,
                kind => kind,
            };
            if let Some(run) = &entry.run {
                seen.insert((kind, run));
            }
        }
        let count = |wanted: Kind| seen.iter().filter(|(kind, _)| *kind == wanted).count();
        let is_worse = |run: &RunId| [Kind::Failed, Kind::Stopped].iter().any(|kind| seen.contains(&(*kind, run)));
        Self {
            appeared: count(Kind::Appeared),
            opened: count(Kind::Opened),
            ended: seen.iter().filter(|(kind, run)| *kind == Kind::Ended && !is_worse(run)).count(),
            failed: count(Kind::Failed),
            stopped: count(Kind::Stopped),
            contradictions: count(Kind::Contradiction),
            failures_rose: count(Kind::FailuresRose),
        }
    }

    /// Whether nothing was seen.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
