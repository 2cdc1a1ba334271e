//! Drives [`Bulk`]: the runs of a frozen list are read and stopped one by one. Each single stop is that of
//! [`super::stop`], so that a run's own page tells the same of it.

use super::{Actions, bulk_key, find, keep};
use crate::browser::storage;
use leptos::prelude::*;
use leptos::task::spawn_local;
use runboard_core::policy::bulk::{Bulk, Effect, Event, Went};
use runboard_core::policy::stopping::{Stage, Stopping};
use runboard_core::run::RunId;

impl Actions {
    /// Where the stop of several runs stands; tracked.
    pub fn bulk(self) -> Bulk {
        self.bulk.get()
    }

    /// Whether runs are being stopped together, or how that ended was not put away; tracked.
    pub fn stops_many(self) -> bool {
        self.bulk.with(|bulk| bulk.is_open() || !bulk.work().is_empty())
    }

    /// A person pressed "Stop N runs"; those that are known of these.
    pub fn ask_to_stop_all(self, ids: Vec<RunId>) {
        self.on_bulk(Event::Open(ids.iter().filter_map(|id| self.store.get(id)).collect()));
    }

    /// The page that asked has gone: so has its dialog.
    pub fn keep_all_running(self) {
        if self.bulk.try_with_untracked(Bulk::is_open) == Some(true) {
            self.on_bulk(Event::Keep);
        }
    }

    /// A person decided, or something came.
    pub fn on_bulk(self, event: Event) {
        self.step_bulk(event);
    }

    fn step_bulk(self, event: Event) {
        let Some(before) = self.bulk.try_get_untracked() else { return };
        let (state, effects) = before.clone().step(event, self.clock.now());
        if state != before {
            // Before anything is sent, so that no reload makes anybody guess.
            if state.work() != before.work() || state.halted() != before.halted() {
                keep(&bulk_key(&self.home.get_value()), state.keep());
            }
            self.bulk.try_set(state);
        }
        for effect in effects {
            match effect {
                Effect::Read(id) => spawn_local(async move {
                    let outcome = self.api.run(&id).await.map(|answer| {
                        self.store.put(answer.run.clone());
                        Box::new(answer.run)
                    });
                    self.on_bulk(Event::Read(id, outcome));
                }),
                Effect::Stop(run) => {
                    self.order_stop(&run);
                    // One that was asked to stop a moment ago is not asked again: what is known of that counts.
                    let stop = self.stops.try_with_untracked(|stops| find(stops, &run.id).cloned()).flatten();
                    if let Some(stop) = stop {
                        self.went_for_bulk(&run.id, &stop);
                    }
                }
            }
        }
    }

    /// What was done before a reload is told on; nothing more is sent before the person says so.
    pub(super) fn recall_bulk(self) {
        if let Some(text) = storage::session_get(&bulk_key(&self.home.get_value())) {
            self.bulk.try_set(Bulk::recall(&text, self.clock.now()));
        }
    }

    /// Time went on.
    pub(super) fn tick_bulk(self) {
        if self.bulk.try_with_untracked(|bulk| bulk.resting().is_some()) == Some(true) {
            self.on_bulk(Event::Tick);
        }
    }

    /// A single stop has gone on: it may be one of the list.
    pub(super) fn went_for_bulk(self, id: &RunId, stop: &Stopping) {
        let listed = self.bulk.try_with_untracked(|bulk| bulk.work().iter().any(|entry| entry.run.id == *id));
        if listed != Some(true) {
            return;
        }
        let went = match stop.stage() {
            Stage::Idle | Stage::Sending(_) => return,
            Stage::Requested(_) => Went::Asked,
            Stage::Unknown(_, problem) => Went::Unknown(problem.clone()),
            Stage::Confirmed(receipt) => Went::Stopped(receipt.status.clone()),
            Stage::AlreadyOver(word) => Went::Over(word.clone()),
            Stage::Refused(problem) => Went::Refused(problem.clone()),
        };
        self.on_bulk(Event::Went(id.clone(), went));
    }
}
