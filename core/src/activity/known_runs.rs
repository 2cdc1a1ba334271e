//! The runs as they were last read, and what has happened since.

use super::changes::{Seen, next_change, passed, read_again, read_first};
use super::entry::{Moment, ReadTime};
use super::failures::FailureShares;
use super::noticed::Noticed;
use crate::run::{Run, RunId};
use crate::summary::Summary;
use crate::time::{Span, Timestamp};
use crate::wire::activity::StoredShare;
use crate::wire::{read, to_text};
use rustc_hash::FxBuildHasher;
use std::collections::HashMap;
use std::sync::Arc;

/// What is known of the runs, so that a reading and the passing of time tell what has happened.
#[derive(Clone, Debug, Default)]
pub struct KnownRuns {
    runs: HashMap<Arc<str>, Seen, FxBuildHasher>,
    /// When the last reading that knew all runs was sent.
    all_known: Option<Moment>,
    /// Whether only some runs were restored, so that an unknown run may be an old one.
    is_partial: bool,
    /// When a window next opens or ends.
    due: Option<Timestamp>,
    /// The last reading or tick, by the API's clock.
    woken_at: Option<Timestamp>,
    shares: FailureShares,
    /// What was read before this instant may have changed while nobody looked.
    awake_since: Option<Timestamp>,
}

/// A longer pause between ticks means that the tab was hidden or the computer slept.
const LONGEST_PAUSE: Span = Span::from_minutes(2);

impl KnownRuns {
    /// What a reading shows, in the order in which it happened. Call it with every run that is read. The first reading of all
    /// ([`KnownRuns::note_all_known`]) tells nothing: it is what later ones are compared with.
    pub fn read(&mut self, runs: impl IntoIterator<Item = Arc<Run>>, at: ReadTime) -> Vec<Noticed> {
        self.wake(at.received.api);
        let mut noticed = Vec::new();
        for run in runs {
            self.read_one(run, at, &mut noticed);
        }
        noticed.sort_by_key(|noticed| noticed.entry.happened());
        noticed
    }

    /// Records that all runs that existed when a reading was sent are known. Call it once that reading is complete.
    pub fn note_all_known(&mut self, sent: Moment) {
        self.all_known = Some(sent);
        self.is_partial = false;
    }

    /// The windows that opened or ended by now. What was read before a long pause waits for the next reading.
    pub fn tick(&mut self, now: Moment) -> Vec<Noticed> {
        self.wake(now.api);
        if self.due.is_none_or(|due| due > now.api) {
            return Vec::new();
        }
        let awake_since = self.awake_since;
        let (mut noticed, mut due) = (Vec::new(), None);
        for seen in self.runs.values_mut().filter(|seen| awake_since.is_none_or(|since| seen.received >= since)) {
            if next_change(&seen.run, seen.told).is_some_and(|at| at <= now.api) {
                let before = Some((Arc::clone(&seen.run), seen.told));
                noticed.extend(Noticed::all(passed(seen, now), before, &(Arc::clone(&seen.run), now.api)));
                seen.told = now.api;
            }
            due = earlier(due, next_change(&seen.run, seen.told));
        }
        self.due = due;
        noticed.sort_by(|a, b| (a.entry.happened(), &a.entry.key).cmp(&(b.entry.happened(), &b.entry.key)));
        noticed
    }

    /// When [`KnownRuns::tick`] may have something to tell.
    pub const fn due(&self) -> Option<Timestamp> {
        self.due
    }

    /// What a reading of a run's summary shows: an entry if the share of failures rose by `threshold` (tenths of a percent, such as 100)
    /// or more since it was lowest.
    pub fn read_summary(&mut self, run: &Arc<Run>, summary: &Summary, at: ReadTime, threshold: u32) -> Option<Noticed> {
        self.shares.read(run, summary, at, threshold)
    }

    /// What the other tabs need to know of a run's summary, so that whichever of them reads the next one notices the same rise.
    pub fn share_text(&self, run: &RunId) -> Option<String> {
        let (share, at) = self.shares.of(run)?;
        Some(to_text(&StoredShare { run: run.shared(), share, at: at.into() }))
    }

    /// Takes in what another tab told by [`KnownRuns::share_text`]. Returns whether it was that.
    pub fn hear_share(&mut self, text: &str) -> bool {
        let Some(StoredShare { run, share, at }) = read(text) else { return false };
        self.shares.hear(RunId::new(&run), share, at.into());
        true
    }

    /// Forgets a run that the API says does not exist.
    pub fn remove(&mut self, id: &RunId) {
        self.runs.remove(id.as_str());
    }

    /// How many runs are known.
    pub fn len(&self) -> usize {
        self.runs.len()
    }

    /// Whether no run is known.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// When the last reading that knew all runs was sent.
    pub const fn all_known(&self) -> Option<Moment> {
        self.all_known
    }

    pub(super) const fn shares(&self) -> &FailureShares {
        &self.shares
    }

    pub(super) fn seen(&self) -> impl Iterator<Item = &Seen> {
        self.runs.values()
    }

    /// Some runs as they were known before a reload.
    pub(super) fn restored(runs: impl Iterator<Item = Seen>, shares: FailureShares, all_known: Option<Moment>) -> Self {
        let runs = runs.map(|seen| (seen.run.id.shared(), seen)).collect();
        Self { runs, shares, all_known, is_partial: true, ..Self::default() }
    }

    fn read_one(&mut self, run: Arc<Run>, at: ReadTime, noticed: &mut Vec<Noticed>) {
        let now = at.received.api;
        let seen = self.runs.get(run.id.as_str());
        if seen.is_some_and(|seen| is_older(&run, at, seen)) {
            return;
        }
        let at = ReadTime { sent: seen.map_or(at.sent, |seen| known_since(seen, at)), ..at };
        let entries = match (seen, self.all_known) {
            (Some(seen), _) => read_again(seen, &run, at),
            (None, Some(all_known)) => read_first(&run, all_known, !self.is_partial, at),
            (None, None) => Vec::new(),
        };
        if !entries.is_empty() {
            let before = seen.map(|seen| (Arc::clone(&seen.run), seen.told));
            noticed.extend(Noticed::all(entries, before, &(Arc::clone(&run), now)));
        }
        // A clock that was set back tells nothing a second time.
        let told = seen.map_or(now, |seen| seen.told.max(now));
        self.due = earlier(self.due, next_change(&run, told));
        self.runs.insert(run.id.shared(), Seen { run, sent: at.sent, received: now, told });
    }

    fn wake(&mut self, now: Timestamp) {
        let slept = self.woken_at.replace(now).is_none_or(|before| now.since(before) > LONGEST_PAUSE);
        if slept {
            self.awake_since = Some(now);
        }
    }
}

/// Whether a reading gives an older version of a run than is known.
fn is_older(run: &Run, at: ReadTime, seen: &Seen) -> bool {
    match (run.updated_at, seen.run.updated_at) {
        (Some(read), Some(known)) if read != known => read < known,
        _ => is_late(seen, at),
    }
}

/// Whether a reading was sent before that of the run as it is known. A clock that was set back is no sign of that.
fn is_late(seen: &Seen, at: ReadTime) -> bool {
    at.sent.here < seen.sent.here && at.received.here >= seen.sent.here
}

/// After which moment a run became as it was read now. A newer version that another tab passed on late came after the one that is
/// known.
fn known_since(seen: &Seen, at: ReadTime) -> Moment {
    if is_late(seen, at) { seen.sent } else { at.sent }
}

fn earlier(a: Option<Timestamp>, b: Option<Timestamp>) -> Option<Timestamp> {
    [a, b].into_iter().flatten().min()
}
