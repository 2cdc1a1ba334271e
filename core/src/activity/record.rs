//! The record: bounded, in order, and nothing in it twice.

use super::entry::{Action, Alert, Done, Entry, HowKnown, Moment, Outcome, Transition, What};
use crate::run::RunId;
use crate::time::{Span, Timestamp};
use rustc_hash::FxBuildHasher;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// What was noticed longer ago is dropped.
pub const MAX_AGE: Span = Span::from_hours(30 * 24);
/// Of more entries, the oldest are dropped.
pub const MAX_ENTRIES: usize = 50_000;
/// The texts of as many hand-overs are kept.
const MAX_HAND_OVERS: usize = 5;
/// How far two tabs' estimates of the API's clock may be apart.
const CLOCK_TOLERANCE: Span = Span::from_seconds(2);

/// Precedes the number in the key of an entry that its time does not tell apart from another.
const NUMBER: &str = "~";

/// When an entry happened and was noticed, and its key.
type Place = (Timestamp, Timestamp, Arc<str>);

/// What happened, oldest first.
#[derive(Clone, Debug, Default)]
pub struct Record {
    entries: BTreeMap<Place, Arc<Entry>>,
    places: HashMap<Arc<str>, Place, FxBuildHasher>,
    keys_of_runs: HashMap<RunId, Vec<Arc<str>>, FxBuildHasher>,
    /// No entry was noticed before this instant.
    noticed_since: Option<Timestamp>,
}

/// What the browser's storage is to do after a change.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RecordChange {
    /// The entries to write, each under its key.
    pub put: Vec<Arc<Entry>>,
    /// The entries to remove; none of them is under the key of an entry to write.
    pub removed: Vec<Arc<Entry>>,
    /// The entries that the person is to be notified of from now on.
    pub rung: Vec<Arc<Entry>>,
}

impl RecordChange {
    /// Whether nothing changed.
    pub const fn is_empty(&self) -> bool {
        self.put.is_empty() && self.removed.is_empty()
    }
}

impl Record {
    /// The record of stored entries, in any order; also what storage is to do where it held too many, or some twice.
    pub fn of(entries: impl IntoIterator<Item = Entry>, now: Timestamp) -> (Self, RecordChange) {
        let mut record = Self::default();
        let mut stored: HashMap<Arc<str>, Entry, FxBuildHasher> = HashMap::default();
        for entry in entries {
            stored.insert(Arc::clone(&entry.key), entry.clone());
            record.add(entry, now);
        }
        let is_stored = |entry: &&Arc<Entry>| stored.get(&entry.key) != Some(&***entry);
        let put = record.entries.values().filter(is_stored).cloned().collect();
        let is_gone = |entry: &Entry| !record.places.contains_key(&entry.key);
        let removed = stored.into_values().filter(is_gone).map(Arc::new).collect();
        (record, RecordChange { put, removed, rung: Vec::new() })
    }

    /// Adds an entry, unless it is known: then what is known of it is made more precise. `now` is this computer's time.
    pub fn add(&mut self, mut entry: Entry, now: Timestamp) -> RecordChange {
        let mut change = RecordChange::default();
        if entry.alert == Alert::Unseen && self.is_no_news(&entry) {
            entry.alert = Alert::None;
        }
        if now.since(entry.noticed.here) <= MAX_AGE {
            let is_hand_over = is_hand_over(&entry);
            self.merge(entry, &mut change);
            if is_hand_over {
                self.drop_hand_over_texts(&mut change);
            }
        }
        self.drop_excess(now, &mut change);
        change.removed.retain(|entry| !self.places.contains_key(&entry.key));
        change.put.retain(|entry| self.places.contains_key(&entry.key));
        change
    }

    /// Drops what is too old by now.
    pub fn expire(&mut self, now: Timestamp) -> RecordChange {
        let mut change = RecordChange::default();
        self.drop_excess(now, &mut change);
        change
    }

    /// The entries, oldest first.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = &Arc<Entry>> {
        self.entries.values()
    }

    /// The entries of one run, oldest first.
    pub fn of_run(&self, id: &RunId) -> Vec<&Arc<Entry>> {
        let keys = self.keys_of_runs.get(id).into_iter().flatten();
        let mut places: Vec<&Place> = keys.filter_map(|key| self.places.get(key)).collect();
        places.sort_unstable();
        places.into_iter().filter_map(|place| self.entries.get(place)).collect()
    }

    /// The entry with this key.
    pub fn get(&self, key: &str) -> Option<&Arc<Entry>> {
        self.entries.get(self.places.get(key)?)
    }

    /// The number of entries.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it has no entries.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// What the person is notified of and has not seen, the latest first.
    pub fn unseen(&self) -> Vec<Arc<Entry>> {
        self.entries.values().rev().filter(|entry| entry.alert == Alert::Unseen).cloned().collect()
    }

    /// Whether the person knows it already: they stopped the run themselves, or were told that it has ended.
    fn is_no_news(&self, entry: &Entry) -> bool {
        let Some((run, transition)) = entry.run.as_ref().zip(entry.transition()) else { return false };
        let says = |known: &Entry| match (transition, &known.what) {
            (Transition::Stopped, What::Done(Done { action: Action::Stop, outcome, .. })) => {
                *outcome != Outcome::Refused
            }
            // Where both runs were kept, nothing was stopped.
            (Transition::Stopped, What::Done(Done { action: Action::Reschedule, outcome, .. })) => {
                !matches!(outcome, Outcome::Refused | Outcome::NotNeeded)
            }
            (Transition::Completed, What::Seen(Transition::Ended)) => known.alert != Alert::None,
            _ => false,
        };
        let mut known = self.of_run(run).into_iter().rev().filter(|known| known.noticed.here <= entry.noticed.here);
        // What happened before it opened again is another matter.
        let opened = |known: &&Arc<Entry>| {
            matches!(known.what, What::Seen(Transition::Opened | Transition::Running | Transition::Reverted(_)))
        };
        match transition {
            Transition::Completed => known.take_while(|known| !opened(known)).any(|known| says(known)),
            _ => known.any(|known| says(known)),
        }
    }

    /// When the last text for the next shift was made.
    pub fn last_hand_over(&self) -> Option<Moment> {
        self.entries.values().rev().find(|entry| is_hand_over(entry)).map(|entry| entry.noticed)
    }

    fn merge(&mut self, mut entry: Entry, change: &mut RecordChange) {
        let mut was_told = false;
        // What two entries say together may be the same as a third, which was neither's before.
        while let Some(known) = self.known_as(&entry).cloned() {
            was_told |= known.alert != Alert::None;
            let mut merged = merged(&known, entry);
            // The key without a number belongs to another entry.
            if self.places.contains_key(&merged.key) && unnumbered(&merged) == unnumbered(&known) {
                merged.key = Arc::clone(&known.key);
            }
            if merged == *known {
                return;
            }
            self.remove(&known.key);
            change.removed.push(known);
            entry = merged;
        }
        let entry = Arc::new(self.with_free_key(entry));
        self.insert(Arc::clone(&entry));
        if entry.alert == Alert::Unseen && !was_told {
            change.rung.push(Arc::clone(&entry));
        }
        change.put.push(entry);
    }

    /// The entry that tells the same.
    fn known_as(&self, entry: &Entry) -> Option<&Arc<Entry>> {
        match (&entry.what, &entry.run) {
            (What::Seen(_), Some(run)) => self.of_run(run).into_iter().find(|known| is_same(known, entry)),
            _ => self.get(&entry.key),
        }
    }

    /// The same happened to the same run before, and the API gave no time to tell them apart.
    fn with_free_key(&self, mut entry: Entry) -> Entry {
        let key: Arc<str> = unnumbered(&entry).into();
        let mut number = 2_u32;
        while self.places.contains_key(&entry.key) {
            entry.key = [&*key, NUMBER, &number.to_string()].concat().into();
            number = number.saturating_add(1);
        }
        entry
    }

    fn insert(&mut self, entry: Arc<Entry>) {
        let place = (entry.happened(), entry.noticed.api, Arc::clone(&entry.key));
        self.places.insert(Arc::clone(&entry.key), place.clone());
        if let Some(run) = &entry.run {
            self.keys_of_runs.entry(run.clone()).or_default().push(Arc::clone(&entry.key));
        }
        let noticed = entry.noticed.here;
        self.noticed_since = Some(self.noticed_since.map_or(noticed, |since| since.min(noticed)));
        self.entries.insert(place, entry);
    }

    fn remove(&mut self, key: &str) {
        let entry = self.places.remove(key).and_then(|place| self.entries.remove(&place));
        let Some(run) = entry.as_ref().and_then(|entry| entry.run.as_ref()) else { return };
        if let Some(keys) = self.keys_of_runs.get_mut(run) {
            keys.retain(|other| **other != *key);
            if keys.is_empty() {
                self.keys_of_runs.remove(run);
            }
        }
    }

    fn drop_excess(&mut self, now: Timestamp, change: &mut RecordChange) {
        let is_old = |noticed: Timestamp| now.since(noticed) > MAX_AGE;
        let mut gone: Vec<Arc<Entry>> = Vec::new();
        if self.noticed_since.is_some_and(is_old) {
            let old = self.entries.values().filter(|entry| is_old(entry.noticed.here));
            gone.extend(old.cloned());
        }
        let excess = self.entries.len().saturating_sub(gone.len()).saturating_sub(MAX_ENTRIES);
        let others = self.entries.values().filter(|entry| !is_old(entry.noticed.here));
        gone.extend(others.take(excess).cloned());
        if gone.is_empty() {
            return;
        }
        gone.iter().for_each(|entry| self.remove(&entry.key));
        self.noticed_since = self.entries.values().map(|entry| entry.noticed.here).min();
        change.removed.extend(gone);
    }

    fn drop_hand_over_texts(&mut self, change: &mut RecordChange) {
        let has_text =
            |entry: &&Arc<Entry>| is_hand_over(entry) && matches!(&entry.what, What::Done(done) if done.text.is_some());
        let old: Vec<_> = self.entries.values().rev().filter(has_text).skip(MAX_HAND_OVERS).cloned().collect();
        for entry in old {
            let mut entry = (*entry).clone();
            if let What::Done(done) = &mut entry.what {
                done.text = None;
            }
            self.remove(&entry.key);
            let entry = Arc::new(entry);
            self.insert(Arc::clone(&entry));
            change.put.push(entry);
        }
    }
}

fn is_hand_over(entry: &Entry) -> bool {
    matches!(&entry.what, What::Done(done) if done.action == Action::HandOver)
}

/// Whether two entries of one run tell the same: the same transition, at times that cannot be told apart.
fn is_same(known: &Entry, entry: &Entry) -> bool {
    let (What::Seen(a), What::Seen(b)) = (&known.what, &entry.what) else { return false };
    if !a.is_same(*b) {
        return false;
    }
    match (known.known, entry.known) {
        (HowKnown::At(_), HowKnown::At(_)) => known.key == entry.key,
        (HowKnown::At(at), HowKnown::Between { after }) => holds(after, at, entry.noticed),
        (HowKnown::Between { after }, HowKnown::At(at)) => holds(after, at, known.noticed),
        (HowKnown::Between { after: a }, HowKnown::Between { after: b }) => {
            // All tabs of a browser share this computer's clock.
            let ([from, to], [since, until]) = (times(a, known.noticed), times(b, entry.noticed));
            let (latest_start, earliest_end) = (from.max(since), to.min(until));
            // Where the clock has not moved between two readings, the transition happened at that instant.
            let is_instant = from == to || since == until;
            latest_start < earliest_end
                || (latest_start == earliest_end && is_instant && unnumbered(known) == unnumbered(entry))
        }
        _ => false,
    }
}

/// The key without the number that the record gave it.
fn unnumbered(entry: &Entry) -> &str {
    let numbered = entry.key.rsplit_once(NUMBER);
    let is_number = |end: &str| !end.is_empty() && end.bytes().all(|byte| byte.is_ascii_digit());
    numbered.filter(|(_, end)| is_number(end)).map_or(&*entry.key, |(key, _)| key)
}

/// Between which times it happened, by this computer's clock, which may have been set back meanwhile.
fn times(after: Option<Moment>, noticed: Moment) -> [Timestamp; 2] {
    let after = after.map_or(Timestamp::EARLIEST, |after| after.here);
    [after.min(noticed.here), after.max(noticed.here)]
}

fn holds(after: Option<Moment>, at: Timestamp, noticed: Moment) -> bool {
    let from = after.map_or(Timestamp::EARLIEST, |after| after.api);
    let widened = |span: Span| span.millis() >= -CLOCK_TOLERANCE.millis();
    widened(at.since(from)) && widened(noticed.api.since(at))
}

/// What two entries that tell the same say together.
fn merged(known: &Entry, entry: Entry) -> Entry {
    if let (What::Done(before), What::Done(after)) = (&known.what, &entry.what) {
        return if goes_on(before.outcome, after.outcome) { entry } else { known.clone() };
    }
    let (first, second) = if known.noticed.here <= entry.noticed.here { (known, &entry) } else { (&entry, known) };
    let mut out = first.clone();
    match (first.known, second.known) {
        (HowKnown::At(_), _) => {}
        (_, HowKnown::At(_)) => (out.known, out.key) = (second.known, Arc::clone(&second.key)),
        (HowKnown::Between { after: a }, HowKnown::Between { after: b }) => {
            let after = [a, b].into_iter().flatten().max_by_key(|after| after.here);
            out.known = HowKnown::Between { after };
            out.key = (&known.key).min(&entry.key).clone();
        }
        _ => {}
    }
    out.alert = known.alert.max(entry.alert);
    out
}

/// Whether an outcome is news. The same one again may come with a longer receipt.
fn goes_on(before: Outcome, after: Outcome) -> bool {
    after >= before
}
