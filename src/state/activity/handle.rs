//! Records what happens, from what the store takes in and from what is done here.

use super::rung::Ringing;
use super::storage::{Kept, RecordStorage, Stored};
use super::{ActivitySlot, ActivitySources, AwayLine, Person, Presence};
use crate::browser::tab_channel::TabChannel;
use crate::browser::{self, next_task, page};
use crate::leak::leak;
use crate::state::run_store::TakenIn;
use leptos::prelude::*;
use leptos::task::spawn_local;
use runboard_core::activity::{
    Alert, DatedRun, Entry, KnownRuns, Moment, Noticed, Outcome, ReadTime, Record, RecordChange, What,
};
use runboard_core::run::Run;
use runboard_core::summary::Summary;
use runboard_core::time::{Span, Timestamp};
use std::rc::Rc;
use std::sync::Arc;

/// How often what is known of the runs is stored.
const STORE_KNOWN_EVERY: Span = Span::from_minutes(5);
/// So many runs are compared before the browser may draw.
const SLICE: usize = 2_000;
const CHANNEL: &str = "runboard.activity";

/// The record.
pub struct ActivityHandle {
    pub(super) sources: ActivitySources,
    pub(super) person: StoredValue<Option<Person>>,
    pub(super) record: StoredValue<Record>,
    /// How often the record was cleared, here or in another tab.
    pub(super) times_cleared: StoredValue<u32>,
    pub(super) known_runs: StoredValue<KnownRuns>,
    pub(super) revision: RwSignal<u64>,
    pub(super) kept: RwSignal<Kept>,
    /// When the browser's storage was found to have been cleared.
    pub(super) lost_at: RwSignal<Option<Timestamp>>,
    pub(super) storage: StoredValue<Option<Rc<RecordStorage>>, LocalStorage>,
    /// Entries that are not in the record yet.
    pub(super) pending: StoredValue<Vec<Entry>>,
    pub(super) is_writing: StoredValue<bool>,
    pub(super) ringing: Ringing,
    /// Whether the runs that were read before the record was loaded are still being compared.
    is_comparing: StoredValue<bool>,
    pub(super) known_stored_at: StoredValue<Option<Timestamp>>,
    pub(super) channel: StoredValue<Option<Rc<TabChannel>>, LocalStorage>,
    pub(super) presence: Presence,
}

impl ActivityHandle {
    /// Records from now on, for as long as the current owner lives.
    pub(super) fn start(slot: &'static ActivitySlot) -> &'static Self {
        let ActivitySlot { sources, person, .. } = *slot;
        let ActivitySources { clock, store, .. } = sources;
        let handle = leak(Self {
            sources,
            person: StoredValue::new(None),
            record: StoredValue::new(Record::default()),
            times_cleared: StoredValue::new(0),
            known_runs: StoredValue::new(KnownRuns::default()),
            revision: RwSignal::new(0),
            kept: RwSignal::new(Kept::Loading),
            lost_at: RwSignal::new(None),
            storage: StoredValue::new_local(None),
            pending: StoredValue::new(Vec::new()),
            is_writing: StoredValue::new(false),
            ringing: Ringing::new(),
            is_comparing: StoredValue::new(false),
            known_stored_at: StoredValue::new(None),
            channel: StoredValue::new_local(None),
            presence: Presence::new(),
        });
        let channel = TabChannel::open(CHANNEL, move |text| handle.hear(&text));
        handle.channel.set_value(Some(Rc::new(channel)));
        handle.presence.watch();
        store.on_taken_in(Rc::new(move |taken_in| handle.take_in(taken_in)));
        Effect::watch(move || person.get(), move |person, _, _| handle.set_person(person.clone()), true);
        Effect::new(move |_| {
            clock.tick();
            untrack(|| handle.tick());
        });
        page::on_visibility_or_network_change(move || {
            if !page::is_visible() {
                handle.store_known();
            }
        });
        // No message reaches a page in the back-forward cache.
        page::on_restore(move || spawn_local(handle.read_again()));
        handle.watch_bells();
        handle
    }

    /// Passes the record to `read`; tracked.
    pub fn with_record<T>(&'static self, read: impl FnOnce(&Record) -> T) -> T {
        self.revision.track();
        self.record.with_value(read)
    }

    /// Whether the record is kept beyond this tab; tracked.
    pub fn kept(&'static self) -> Kept {
        self.kept.get()
    }

    /// When it was found that somebody else had cleared the browser's storage; tracked.
    pub fn lost_at(&'static self) -> Option<Timestamp> {
        self.lost_at.get()
    }

    /// What happened while the person was away; tracked.
    pub fn away(&'static self) -> Option<AwayLine> {
        self.presence.line(|count| self.with_record(count))
    }

    /// The person has seen what happened while they were away.
    pub fn dismiss_away(&'static self) {
        self.presence.dismiss();
    }

    /// Records what was done here. An outcome that is recorded already changes nothing.
    pub fn done(&'static self, mut entry: Entry) {
        let is_known = |known: &Entry| match (&known.what, &entry.what) {
            (What::Done(known), What::Done(done)) => {
                (known.outcome, &known.new_run, &known.text) == (done.outcome, &done.new_run, &done.text)
            }
            _ => false,
        };
        let Some(known) = self.record.try_with_value(|record| record.get(&entry.key).cloned()) else { return };
        if known.as_ref().is_some_and(|known| is_known(known)) {
            return;
        }
        if let What::Done(done) = &mut entry.what
            && done.outcome != Outcome::Requested
        {
            done.settled = Some(self.sources.clock.moment());
        }
        let noticed = known.map_or(entry.noticed, |known| known.noticed);
        self.add(vec![Entry { noticed, ..entry }]);
    }

    /// The person has seen what these say.
    pub fn note_seen(&'static self, entries: &[Arc<Entry>]) {
        self.add(entries.iter().map(|entry| Entry { alert: Alert::Seen, ..(**entry).clone() }).collect());
    }

    /// The summary of a run was read just now.
    pub(crate) fn take_in_summary(&'static self, run: &Arc<Run>, summary: &Summary) {
        // There is nothing to compare it with yet.
        if !self.is_loaded() {
            return;
        }
        let at = self.read_time(self.sources.store.last_sent());
        let rise_by = self.sources.bells.with_untracked(|bells| bells.failures_rose_by).unwrap_or_default();
        let rise = self.known_runs.try_update_value(|known| known.read_summary(run, summary, at, rise_by));
        self.add_noticed(rise.flatten().into_iter().collect());
        self.ringing.note_summary(run, at.received.api);
        self.tell_failure_share(&run.id);
    }

    fn set_person(&'static self, person: Option<Person>) {
        let before = self.person.try_update_value(|now| std::mem::replace(now, person.clone()));
        if before.flatten().is_some() {
            // What was done while the record was being loaded for the first time waits here for the person who did it.
            self.pending.set_value(Vec::new());
        }
        self.known_runs.set_value(KnownRuns::default());
        self.storage.set_value(None);
        self.known_stored_at.set_value(None);
        self.is_comparing.set_value(false);
        self.ringing.clear();
        self.kept.set(Kept::Loading);
        self.lost_at.set(None);
        self.set_record(Record::default());
        let scope = person.as_ref().and_then(|person| Some((person.scope.as_deref()?, person.since.here)));
        self.presence.start(scope);
        self.sources.bells.load();
        if let Some(person) = person {
            spawn_local(self.load(person));
        }
    }

    async fn load(&'static self, person: Person) {
        let signed_in = Some(person.clone());
        let mut kept = Kept::Nobody;
        let (mut storage, mut stored) = (None, Stored::default());
        if let Some(scope) = &person.scope {
            kept = Kept::Refused;
            if let Ok(opened) = RecordStorage::open(scope).await
                && let Ok(read) = self.read_stored(&opened, &signed_in).await
            {
                (kept, storage, stored) = (Kept::Yes, Some(Rc::new(opened)), read);
            }
        }
        if !self.is_still(&signed_in) {
            return;
        }
        let (record, _) = Record::of(stored.entries, page::machine_clocks().wall);
        self.storage.set_value(storage);
        self.set_record(record);
        self.known_runs.set_value(stored.known);
        self.kept.set(kept);
        self.compare_all(person).await;
        self.write_pending();
    }

    /// Compares all runs that the store has taken in so far with what was known of them.
    async fn compare_all(&'static self, person: Person) {
        let store = self.sources.store;
        let (ids, person) = (store.ids_where(&|_| true), Some(person));
        self.is_comparing.set_value(true);
        for slice in ids.chunks(SLICE) {
            self.compare(&store.dated(slice));
            if ids.len() > SLICE {
                next_task().await;
                if !self.is_still(&person) {
                    return;
                }
            }
        }
        self.is_comparing.set_value(false);
        if let Some(at) = self.sources.store.complete_as_of() {
            self.note_all_known(at);
        }
    }

    pub(super) fn is_loaded(&'static self) -> bool {
        self.kept.try_get_untracked().is_some_and(|kept| kept != Kept::Loading)
    }

    fn compare(&'static self, runs: &[DatedRun]) {
        for read_together in runs.chunk_by(|(_, a), (_, b)| a == b) {
            let Some((_, sent)) = read_together.first() else { continue };
            let at = self.read_time(*sent);
            let runs = read_together.iter().map(|(run, _)| Arc::clone(run));
            let noticed = self.known_runs.try_update_value(|known| known.read(runs, at));
            self.add_noticed(noticed.unwrap_or_default());
        }
    }

    /// The time of a reading that has just been taken in. The clock may have been set back since it was sent.
    fn read_time(&'static self, sent: Moment) -> ReadTime {
        let received = self.sources.clock.moment();
        ReadTime { sent: sent.earliest(received), received }
    }

    fn take_in(&'static self, taken_in: TakenIn<'_>) {
        // What is taken in before the record is loaded is compared then.
        if !self.is_loaded() {
            return;
        }
        match taken_in {
            TakenIn::Runs(runs) => self.compare(&runs),
            // Noted now, this would make those that are still to be compared look new. `compare_all` does it at the end.
            TakenIn::All(_) if self.is_comparing.get_value() => {}
            TakenIn::All(at) => self.note_all_known(at),
            TakenIn::Gone(ids) => {
                self.known_runs.try_update_value(|known| ids.iter().for_each(|id| known.remove(id)));
            }
        }
    }

    fn note_all_known(&'static self, at: Timestamp) {
        let sent = self.sources.clock.moment_of(at);
        let is_first = self.known_runs.try_update_value(|known| {
            let is_first = known.all_known().is_none();
            known.note_all_known(sent);
            is_first
        });
        self.presence.note_all_known(sent.here);
        self.drop_done_bells(at);
        if is_first == Some(true) {
            self.store_known();
        }
    }

    fn tick(&'static self) {
        if !self.is_loaded() {
            return;
        }
        let now = self.sources.clock.moment();
        self.add_noticed(self.known_runs.try_update_value(|known| known.tick(now)).unwrap_or_default());
        self.presence.tick();
        let stored_at = self.known_stored_at.try_get_value().flatten();
        if stored_at.is_none_or(|at| now.here.since(at) >= STORE_KNOWN_EVERY) {
            browser::request_idle(move || self.store_known());
        }
    }

    /// Adds what was noticed, and marks what the person is to be notified of.
    fn add_noticed(&'static self, mut noticed: Vec<Noticed>) {
        if !noticed.is_empty() {
            self.mark(&mut noticed);
            self.add(noticed.into_iter().map(|noticed| noticed.entry).collect());
        }
    }

    fn add(&'static self, entries: Vec<Entry>) {
        if !entries.is_empty() {
            self.pending.try_update_value(|pending| pending.extend(entries));
            self.write_pending();
        }
    }

    /// Whether this person is still signed in, and nobody else was meanwhile.
    pub(super) fn is_still(&'static self, person: &Option<Person>) -> bool {
        self.person.try_with_value(|now| now == person) == Some(true)
    }

    pub(super) fn add_to_record(&'static self, stored: Vec<Entry>, entries: &[Entry]) -> Vec<RecordChange> {
        let now = page::machine_clocks().wall;
        let add = |record: &mut Record| {
            let mut changes: Vec<_> = stored.into_iter().map(|entry| record.add(entry, now)).collect();
            let own: Vec<_> = entries.iter().cloned().map(|entry| record.add(entry, now)).collect();
            // What another tab has recorded, it tells itself.
            self.ringing.rang(own.iter().flat_map(|change| &change.rung));
            changes.extend(own);
            changes
        };
        self.record.try_update_value(add).unwrap_or_default()
    }

    pub(super) fn set_record(&'static self, record: Record) {
        self.record.try_set_value(record);
        self.announce_change();
    }

    pub(super) fn announce_change(&'static self) {
        self.revision.try_update(|revision| *revision = revision.wrapping_add(1));
    }
}
