//! Stopping several runs: performs the effects of [`BulkStopState`]. The list of runs is fixed when the dialog opens; each run is
//! read and then stopped through [`StopHandle`], so that its own page shows the same.

use super::listeners::Listeners;
use super::{Services, StopHandle, TabStore, TabStoreKey, TabsHandle};
use crate::leak::leak;
use leptos::prelude::*;
use leptos::task::spawn_local;
use runboard_core::policy::bulk_stop::{BulkStopState, Effect, Event, StopProgress};
use runboard_core::policy::stop::{Stage, StopState};
use runboard_core::policy::tabs::{STOPPING_REPEAT, TabEvent};
use runboard_core::run::RunId;
use runboard_core::time::Timestamp;

/// The stop of several runs.
pub struct BulkStopHandle {
    services: &'static Services,
    tab_store: TabStore,
    stop: &'static StopHandle,
    tabs: &'static TabsHandle,
    state: RwSignal<BulkStopState>,
    changes: Listeners<BulkStopState>,
    /// When other tabs were last told that something is being stopped here; `None` once they were told that nothing is.
    told_tabs: StoredValue<Option<Timestamp>>,
}

impl BulkStopHandle {
    pub(super) fn new(
        services: &'static Services,
        tab_store: TabStore,
        stop: &'static StopHandle,
        tabs: &'static TabsHandle,
    ) -> &'static Self {
        leak(Self {
            services,
            tab_store,
            stop,
            tabs,
            state: RwSignal::new(BulkStopState::default()),
            changes: Listeners::new(),
            told_tabs: StoredValue::new(None),
        })
    }

    /// The state; tracked.
    pub fn state(&'static self) -> BulkStopState {
        self.state.get()
    }

    /// Opens the dialog for these runs, leaving out unknown ones.
    pub fn open_dialog(&'static self, ids: &[RunId]) {
        self.step(Event::Open(ids.iter().filter_map(|id| self.services.store.get_untracked(id)).collect()));
        self.leave_to_other_tabs(untrack(|| self.tabs.stopping_elsewhere()));
    }

    /// Closes the dialog: the page with its button was left.
    pub fn close_dialog(&'static self) {
        if self.state.try_with_untracked(BulkStopState::is_open) == Some(true) {
            self.step(Event::KeepRunning);
        }
    }

    /// Calls `listener` with each new state.
    pub(super) fn on_change(&'static self, listener: impl Fn(&BulkStopState) + 'static) {
        self.changes.add(listener);
    }

    /// The person decided something, in the dialog or in the report.
    pub fn decide(&'static self, event: Event) {
        self.step(event);
    }

    /// For as long as the application lives.
    pub(super) fn listen_to_stop(&'static self) {
        self.stop.on_change(move |id, stop| self.observe(id, stop));
    }

    /// The same.
    pub(super) fn listen_to_tabs(&'static self) {
        let elsewhere = Memo::new(move |_| self.tabs.stopping_elsewhere());
        let leave = |ids: &Vec<RunId>, _: Option<&Vec<RunId>>, _| self.leave_to_other_tabs(ids.clone());
        leptos::prelude::Effect::watch(move || elsewhere.get(), leave, false);
    }

    fn leave_to_other_tabs(&'static self, ids: Vec<RunId>) {
        if self.state.try_with_untracked(BulkStopState::is_open) == Some(true) {
            self.step(Event::Elsewhere(ids));
        }
    }

    /// Tells other tabs what is being stopped here: when that begins and ends, and again and again meanwhile.
    fn tell_tabs(&'static self) {
        let under_way = self.state.try_with_untracked(BulkStopState::under_way).unwrap_or_default();
        let Some(told) = self.told_tabs.try_get_value() else { return };
        let now = self.services.clock.now();
        let is_due = match told {
            None => !under_way.is_empty(),
            Some(told) => under_way.is_empty() || now.since(told) >= STOPPING_REPEAT,
        };
        if is_due {
            self.told_tabs.set_value((!under_way.is_empty()).then_some(now));
            self.tabs.broadcast(TabEvent::Stopping(under_way));
        }
    }

    pub(super) fn tick(&'static self) {
        self.tell_tabs();
        if self.state.try_with_untracked(|state| state.waiting_until().is_some()) == Some(true) {
            self.step(Event::Tick);
        }
    }

    /// Restores the results from before a reload. It is paused: nothing more is sent until the person continues.
    pub(super) fn restore(&'static self) {
        self.take_up(self.tab_store.read(TabStoreKey::BulkStop));
    }

    /// The same with what another tab left, below a report that was not dismissed yet.
    pub(super) fn take_up(&'static self, saved: Option<String>) {
        if let Some((text, state)) = saved.zip(self.state.try_get_untracked()) {
            let state = state.take_up(&text, self.services.clock.now());
            self.tab_store.write(TabStoreKey::BulkStop, state.keep().as_deref());
            self.state.try_set(state);
        }
    }

    /// Whether what another tab left can be taken up; tracked.
    pub(super) fn may_take_up(&'static self) -> bool {
        self.state.try_with(|state| !state.is_open() && state.is_finished()).unwrap_or(false)
    }

    /// The state; not tracked.
    pub(super) fn state_untracked(&'static self) -> Option<BulkStopState> {
        self.state.try_get_untracked()
    }

    /// Whether the report is about this run, too; not tracked.
    pub(super) fn includes(&'static self, id: &RunId) -> bool {
        let includes = |state: &BulkStopState| state.entries().iter().any(|entry| entry.run.id == *id);
        self.state.try_with_untracked(includes) == Some(true)
    }

    pub(super) fn clear(&'static self) {
        self.state.set(BulkStopState::default());
        self.tell_tabs();
    }

    fn step(&'static self, event: Event) {
        let Some(before) = self.state.try_get_untracked() else { return };
        let (state, effects) = before.clone().step(event, self.services.clock.now());
        let changed = state != before;
        if changed {
            // Before anything is sent, so that a reload at any time knows what may have been sent.
            if state.entries() != before.entries() || state.is_cancelled() != before.is_cancelled() {
                self.tab_store.write(TabStoreKey::BulkStop, state.keep().as_deref());
            }
            self.state.try_set(state.clone());
            self.tell_tabs();
        }
        for effect in effects {
            self.perform(effect);
        }
        if changed {
            self.changes.publish(&state);
        }
    }

    fn perform(&'static self, effect: Effect) {
        let Services { api, store, .. } = *self.services;
        let scope = self.tab_store.prefix();
        match effect {
            Effect::Read(id) => spawn_local(async move {
                let outcome = api.read_run(&id).await;
                if self.tab_store.prefix() != scope {
                    // The person signed out meanwhile.
                    return;
                }
                let outcome = outcome.map(|answer| {
                    store.put(answer.run.clone());
                    Box::new(answer.run)
                });
                self.step(Event::Read(id, outcome));
            }),
            Effect::Stop(run) => {
                self.stop.stop_now(&run);
                // A run whose stop was requested a moment ago is not asked again, so there may be no new state to listen to.
                if let Some(stop) = self.stop.state_untracked(&run.id) {
                    self.observe(&run.id, &stop);
                }
            }
        }
    }

    /// A stop has a new state; it may belong to a run of this bulk stop.
    fn observe(&'static self, id: &RunId, stop: &StopState) {
        if !self.includes(id) {
            return;
        }
        let progress = match stop.stage() {
            Stage::Idle | Stage::Sending(_) => return,
            Stage::Requested(_) => StopProgress::Requested,
            Stage::Unknown(_, problem) => StopProgress::Unknown(problem.clone()),
            Stage::Confirmed(receipt) => StopProgress::Stopped(receipt.status.clone()),
            Stage::AlreadyOver(word) => StopProgress::AlreadyOver(word.clone()),
            Stage::Refused(problem) => StopProgress::Refused(problem.clone()),
        };
        self.step(Event::Progressed(id.clone(), progress));
    }
}
