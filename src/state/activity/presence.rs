//! Whether the person was away, and since when: without a key, a pointer, or a look at any tab of the console.

use crate::browser::page::{self, machine_clocks};
use crate::browser::storage;
use crate::state::bells;
use leptos::prelude::*;
use runboard_core::activity::{Away, MAX_AGE, Record};
use runboard_core::time::{Span, Timestamp};

/// Begins the keys in local storage that say when a person was last here: milliseconds since 1970.
const SEEN_KEY: &str = "runboard.seen/";
/// After so long, what happened meanwhile is told.
const AWAY_AFTER: Span = Span::from_minutes(5);
/// How often it is noted that somebody is here.
const NOTED_EVERY: Span = Span::from_seconds(5);
/// If not all runs are read within this time after a return, what is known by then is told.
const READ_WITHIN: Span = Span::from_seconds(10);

/// When the person was last here, by this computer's clock.
#[derive(Clone, Copy)]
pub struct Presence {
    /// The key in local storage; empty while signed out.
    key: StoredValue<String>,
    last_seen: StoredValue<Option<Timestamp>>,
    absence: RwSignal<Option<Absence>>,
}

/// A time without anybody.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Absence {
    since: Timestamp,
    returned: Timestamp,
    /// When it was known what had happened meanwhile.
    known: Option<Timestamp>,
}

/// What happened while the person was away.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AwayLine {
    /// How many runs it happened to
    pub counts: Away,
    /// Since when they were away
    pub since: Timestamp,
    /// When they knew
    pub until: Timestamp,
}

impl Presence {
    pub(super) fn new() -> Self {
        Self { key: StoredValue::new(String::new()), last_seen: StoredValue::new(None), absence: RwSignal::new(None) }
    }

    /// Somebody has signed in, or nobody is signed in any more. `scope`: names the person in the browser's storage, with the time since
    /// when they are here.
    pub(super) fn start(self, scope: Option<(&str, Timestamp)>) {
        let is_old = |key: &String| {
            key.starts_with(SEEN_KEY) && stored_time(key).is_none_or(|seen| machine_clocks().wall.since(seen) > MAX_AGE)
        };
        for key in storage::local_keys().iter().filter(|key| is_old(key)) {
            storage::local_remove(key);
            storage::local_remove(&key.replacen(SEEN_KEY, bells::KEY, 1));
        }
        self.key.set_value(scope.map(|(scope, _)| [SEEN_KEY, scope].concat()).unwrap_or_default());
        self.last_seen.set_value(None);
        self.absence.set(None);
        if let Some((_, since)) = scope.filter(|_| page::is_visible()) {
            self.note(since);
        }
    }

    /// For as long as the application lives.
    pub(super) fn watch(self) {
        let now = || machine_clocks().wall;
        page::on_activity(move || self.note(now()));
        page::on_visibility_or_network_change(move || {
            if page::is_visible() {
                self.note(now());
            }
        });
    }

    /// Somebody is here, since `returned` if they were away before.
    fn note(self, returned: Timestamp) {
        let Some(key) = self.key.try_get_value().filter(|key| !key.is_empty()) else { return };
        let now = machine_clocks().wall;
        let seen_here = self.last_seen.try_get_value().flatten();
        if seen_here.is_some_and(|seen| now.since(seen) >= Span::default() && now.since(seen) < NOTED_EVERY) {
            return;
        }
        let seen = seen_here.max(stored_time(&key));
        self.last_seen.set_value(Some(now));
        storage::local_set(&key, &now.millis().to_string());
        if let Some(since) = seen.filter(|seen| now.since(*seen) >= AWAY_AFTER) {
            self.absence.try_set(Some(Absence { since, returned, known: None }));
        }
    }

    /// All runs that existed at `sent` are known.
    pub(super) fn note_all_known(self, sent: Timestamp) {
        self.settle(|absence| sent >= absence.returned);
    }

    pub(super) fn tick(self) {
        let now = machine_clocks().wall;
        self.settle(|absence| now.since(absence.returned) >= READ_WITHIN);
    }

    fn settle(self, is_known: impl Fn(&Absence) -> bool) {
        let absence = self.absence.try_get_untracked().flatten();
        if let Some(absence) = absence.filter(|absence| absence.known.is_none() && is_known(absence)) {
            self.absence.try_set(Some(Absence { known: Some(machine_clocks().wall), ..absence }));
        }
    }

    /// The person has seen what happened.
    pub(super) fn dismiss(self) {
        self.absence.try_set(None);
    }

    /// What happened meanwhile, once that is known and if it is anything; tracked.
    pub(super) fn line(self, record: impl FnOnce(&dyn Fn(&Record) -> Away) -> Away) -> Option<AwayLine> {
        let Absence { since, known, .. } = self.absence.get()?;
        let until = known?;
        let counts = record(&|record| Away::since(record.entries().filter(|entry| entry.noticed.here <= until), since));
        (!counts.is_empty()).then_some(AwayLine { counts, since, until })
    }
}

fn stored_time(key: &str) -> Option<Timestamp> {
    storage::local_get(key).and_then(|millis| millis.parse().ok()).map(Timestamp::from_millis)
}
