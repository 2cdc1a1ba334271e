//! Records what is done here, whatever becomes of it.

use super::{BulkStopHandle, CreateHandle, RescheduleHandle, Services, StopHandle};
use crate::text::{bulk, stop as stop_words};
use leptos::prelude::*;
use runboard_core::activity::{Action, Done, Entry, Outcome};
use runboard_core::policy::bulk_stop::{self, BulkStopState, EntryStage};
use runboard_core::policy::create::CreateState;
use runboard_core::policy::intent::{Fate, Intent};
use runboard_core::policy::reschedule::{self, OldRunEnd, RescheduleState};
use runboard_core::policy::stop::{self, StopState};
use runboard_core::run::{Run, RunId};
use runboard_core::time::Timestamp;
use std::sync::Arc;

/// For as long as the application lives. A reschedule is one entry, not a create and a stop besides.
pub(super) fn record(
    services: &'static Services,
    create: &'static CreateHandle,
    stop: &'static StopHandle,
    bulk_stop: &'static BulkStopHandle,
    reschedule: &'static RescheduleHandle,
) {
    let recorder = Recorder { services, asked: StoredValue::new(Vec::new()) };
    create.on_change(move |state| {
        let of_reschedule = reschedule.state_untracked().map(|(state, _)| state.key().to_owned());
        recorder.record_creates(state, of_reschedule.as_deref());
    });
    stop.on_change(move |id, state| {
        if !reschedule.state_untracked().is_some_and(|(state, _)| state.awaits_stop_of(id)) {
            recorder.record_stop(id, state);
        }
    });
    bulk_stop.on_change(move |state| recorder.record_bulk_stop(state));
    reschedule.on_change(move |_, state| recorder.record_reschedule(state));
}

#[derive(Clone, Copy)]
struct Recorder {
    services: &'static Services,
    /// When each run was last asked to stop.
    asked: StoredValue<Vec<(RunId, Timestamp)>>,
}

impl Recorder {
    fn record_creates(self, state: &CreateState, of_reschedule: Option<&str>) {
        for intent in state.current().into_iter().chain(state.late_finds()) {
            if of_reschedule == Some(intent.key.as_str()) {
                continue;
            }
            let outcome = match intent.fate {
                Fate::Made => Outcome::Confirmed,
                Fate::Refused => Outcome::Refused,
                Fate::Open if state.is_sending() => Outcome::Requested,
                Fate::Open | Fate::Left => Outcome::Unknown,
            };
            self.record_create(intent, outcome);
        }
    }

    fn record_create(self, intent: &Intent, outcome: Outcome) {
        let new_run = intent.made.first().map(|made| made.id.clone());
        let done = Done { outcome, new_run, ..Done::requested(Action::Schedule) };
        let (name, job) = (intent.run.name.as_str().into(), Some(intent.run.job_id.clone()));
        self.record(Entry { name, job, ..self.entry(done, &intent.key, None, intent.asked_at) });
    }

    fn record_stop(self, id: &RunId, state: &StopState) {
        if let Some(at) = state.pending_since() {
            self.asked.try_update_value(|asked| {
                asked.retain(|(other, _)| other != id);
                asked.push((id.clone(), at));
            });
        }
        // What was over before anything was asked is no stop.
        let asked = |asked: &Vec<(RunId, Timestamp)>| asked.iter().find(|(other, _)| other == id).map(|(_, at)| *at);
        let Some(at) = self.asked.try_with_value(asked).flatten() else { return };
        let (outcome, text) = match state.stage() {
            stop::Stage::Idle => return,
            stop::Stage::Sending(_) | stop::Stage::Requested(_) => (Outcome::Requested, None),
            stop::Stage::Unknown(..) => (Outcome::Unknown, None),
            stop::Stage::Refused(_) => (Outcome::Refused, None),
            stop::Stage::AlreadyOver(_) => (Outcome::NotNeeded, None),
            stop::Stage::Confirmed(receipt) => (Outcome::Confirmed, Some(stop_words::receipt_text(receipt).into())),
        };
        let run = state.pending_run().cloned().unwrap_or_else(|| self.known(id));
        let done = Done { outcome, text, ..Done::requested(Action::Stop) };
        self.record(self.entry(done, &at.millis().to_string(), Some(&run), at));
    }

    fn record_bulk_stop(self, state: &BulkStopState) {
        let entries = state.entries();
        let Some(at) = state.confirmed_at().filter(|_| !entries.is_empty()) else { return };
        let is_over = !state.is_busy();
        let text = is_over.then(|| Arc::from(bulk::report(entries, None)));
        let runs = u32::try_from(entries.len()).unwrap_or(u32::MAX);
        let done =
            Done { outcome: outcome_of_bulk_stop(entries, is_over), text, runs, ..Done::requested(Action::BulkStop) };
        self.record(self.entry(done, &at.millis().to_string(), None, at));
    }

    fn record_reschedule(self, state: &RescheduleState) {
        let outcome = match state.stage() {
            reschedule::Stage::Creating
            | reschedule::Stage::Verifying
            | reschedule::Stage::CheckingOld
            | reschedule::Stage::Stopping => Outcome::Requested,
            reschedule::Stage::NotCreated => Outcome::Refused,
            reschedule::Stage::BothKept => Outcome::NotNeeded,
            reschedule::Stage::Done(OldRunEnd::Stopped | OldRunEnd::Ended) => Outcome::Confirmed,
            _ => Outcome::Unknown,
        };
        let done = Done { outcome, new_run: state.new_run().0.cloned(), ..Done::requested(Action::Reschedule) };
        let old = self.known(state.old().0);
        self.record(self.entry(done, state.key(), Some(&old), self.services.clock.now()));
    }

    fn known(self, id: &RunId) -> Run {
        self.services.store.get_untracked(id).map_or_else(|| Run::new(id.clone()), |run| (*run).clone())
    }

    /// `at`: by the API's clock.
    fn entry(self, done: Done, id: &str, run: Option<&Run>, at: Timestamp) -> Entry {
        Entry::done(done, id, run, self.services.clock.moment_of(at))
    }

    fn record(self, entry: Entry) {
        self.services.activity.get_or_start().done(entry);
    }
}

fn outcome_of_bulk_stop(entries: &[bulk_stop::Entry], is_over: bool) -> Outcome {
    let any = |is_kind: fn(&EntryStage) -> bool| entries.iter().any(|entry| is_kind(&entry.state));
    if !is_over || any(|stage| matches!(stage, EntryStage::Requested)) {
        Outcome::Requested
    } else if any(|stage| matches!(stage, EntryStage::Unknown(_))) {
        Outcome::Unknown
    } else if any(|stage| matches!(stage, EntryStage::Stopped(_))) {
        Outcome::Confirmed
    } else if any(|stage| matches!(stage, EntryStage::Refused(_) | EntryStage::ReadFailed(_))) {
        Outcome::Refused
    } else {
        Outcome::NotNeeded
    }
}
