//! StopState several runs: carries out the effects of [`BulkStopState`]. The runs of a frozen list are read and stopped one by one. Each
//! single stop is one of [`StopHandle`], so that a run's own page shows the same.

use super::{Part, Pending, Services, StopHandle};
use leptos::prelude::*;
use leptos::task::spawn_local;
use runboard_core::policy::bulk_stop::{BulkStopState, Effect, Event, StopProgress};
use runboard_core::policy::stop::{Stage, StopState};
use runboard_core::run::RunId;

/// The stop of several runs.
#[derive(Clone, Copy)]
pub struct BulkStopHandle {
    services: Services,
    pending: Pending,
    stop: StopHandle,
    state: RwSignal<BulkStopState>,
}

impl BulkStopHandle {
    pub(super) fn new(services: Services, pending: Pending, stop: StopHandle) -> Self {
        Self { services, pending, stop, state: RwSignal::new(BulkStopState::default()) }
    }

    /// Where it is; tracked.
    pub fn state(self) -> BulkStopState {
        self.state.get()
    }

    /// Whether the dialog is open, or there are results that were not dismissed; tracked.
    pub fn is_active(self) -> bool {
        self.state.with(|state| state.is_open() || !state.entries().is_empty())
    }

    /// Somebody pressed "Stop N runs": opens the dialog with those that are known of these.
    pub fn open_dialog(self, ids: &[RunId]) {
        self.step(Event::Open(ids.iter().filter_map(|id| self.services.store.get(id)).collect()));
    }

    /// The page with the button was left, and its dialog with it.
    pub fn close_dialog(self) {
        if self.state.try_with_untracked(BulkStopState::is_open) == Some(true) {
            self.step(Event::KeepRunning);
        }
    }

    /// Somebody decided.
    pub fn decide(self, event: Event) {
        self.step(event);
    }

    /// Follows the single stops, for as long as the application lives.
    pub(super) fn follow(self) {
        self.stop.on_change(move |id, stop| self.observe(id, stop));
    }

    pub(super) fn tick(self) {
        if self.state.try_with_untracked(|state| state.waiting_until().is_some()) == Some(true) {
            self.step(Event::Tick);
        }
    }

    /// Shows the results from before a reload; nothing more is sent before somebody says so.
    pub(super) fn recall(self) {
        if let Some(text) = self.pending.read(Part::BulkStop) {
            self.state.try_set(BulkStopState::recall(&text, self.services.clock.now()));
        }
    }

    pub(super) fn forget(self) {
        self.state.set(BulkStopState::default());
    }

    fn step(self, event: Event) {
        let Some(before) = self.state.try_get_untracked() else { return };
        let (state, effects) = before.clone().step(event, self.services.clock.now());
        if state != before {
            // Before anything is sent, so that a reload leaves nothing to guess.
            if state.entries() != before.entries() || state.is_cancelled() != before.is_cancelled() {
                self.pending.write(Part::BulkStop, state.keep().as_deref());
            }
            self.state.try_set(state);
        }
        for effect in effects {
            self.perform(effect);
        }
    }

    fn perform(self, effect: Effect) {
        let Services { api, store, .. } = self.services;
        match effect {
            Effect::Read(id) => spawn_local(async move {
                let outcome = api.run(&id).await.map(|answer| {
                    store.put(answer.run.clone());
                    Box::new(answer.run)
                });
                self.step(Event::Read(id, outcome));
            }),
            Effect::Stop(run) => {
                self.stop.order(&run);
                // A run that was asked to stop a moment ago is not asked again: what is known of that stop counts.
                if let Some(stop) = self.stop.state_untracked(&run.id) {
                    self.observe(&run.id, &stop);
                }
            }
        }
    }

    /// A single stop has a new state: it may be one of the list.
    fn observe(self, id: &RunId, stop: &StopState) {
        let listed = self.state.try_with_untracked(|state| state.entries().iter().any(|entry| entry.run.id == *id));
        if listed != Some(true) {
            return;
        }
        let went = match stop.stage() {
            Stage::Idle | Stage::Sending(_) => return,
            Stage::Requested(_) => StopProgress::Asked,
            Stage::Unknown(_, problem) => StopProgress::Unknown(problem.clone()),
            Stage::Confirmed(receipt) => StopProgress::Stopped(receipt.status.clone()),
            Stage::AlreadyOver(word) => StopProgress::Over(word.clone()),
            Stage::Refused(problem) => StopProgress::Refused(problem.clone()),
        };
        self.step(Event::Progressed(id.clone(), went));
    }
}
