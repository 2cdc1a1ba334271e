//! Stopping a run: performs the effects of [`StopState`], of which each run has its own.

use super::listeners::Listeners;
use super::{Services, TabStore, TabStoreKey};
use crate::browser::random;
use crate::leak::leak;
use leptos::prelude::*;
use leptos::task::spawn_local;
use runboard_core::embed::ConsoleMessage;
use runboard_core::policy::stop;
use runboard_core::policy::stop::{Effect, Event, StopState};
use runboard_core::run::{Run, RunId};
use runboard_core::summary::Summary;
use runboard_core::time::Timestamp;

/// The stops of single runs: one for each run that was stopped since the page was loaded, so there are few.
pub struct StopHandle {
    services: &'static Services,
    tab_store: TabStore,
    stops: RwSignal<Vec<(RunId, StopState)>>,
    /// The runs whose stop was restored, with their names.
    restored: RwSignal<Vec<(RunId, String)>>,
    /// When a run was last read only to check a stop that was requested a while ago.
    last_check: StoredValue<Option<Timestamp>>,
    changes: Listeners<(RunId, StopState)>,
}

impl StopHandle {
    pub(super) fn new(services: &'static Services, tab_store: TabStore) -> &'static Self {
        leak(Self {
            services,
            tab_store,
            stops: RwSignal::new(Vec::new()),
            restored: RwSignal::new(Vec::new()),
            last_check: StoredValue::new(None),
            changes: Listeners::new(),
        })
    }

    /// The state of a run's stop; tracked.
    pub fn state(&'static self, id: &RunId) -> StopState {
        self.stops.with(|stops| find(stops, id).cloned().unwrap_or_default())
    }

    /// The state of a run's stop, if there is one; not tracked.
    pub(super) fn state_untracked(&'static self, id: &RunId) -> Option<StopState> {
        self.stops.try_with_untracked(|stops| find(stops, id).cloned()).flatten()
    }

    /// To be taken when a run is requested, and passed to [`Self::observe`] with the response: a response that was requested before a
    /// stop proves nothing about it.
    pub fn epoch(&'static self, id: &RunId) -> u32 {
        self.stops.try_with_untracked(|stops| find(stops, id).map_or(0, StopState::epoch)).unwrap_or(0)
    }

    /// Opens the dialog, with the run and its counts as far as they are known.
    pub fn open_dialog(&'static self, run: &Run, counts: Option<Summary>) {
        self.step(run.id.clone(), Event::Open(Box::new(run.clone()), counts));
    }

    /// The person pressed "Stop run" in the dialog.
    pub fn confirm(&'static self, id: RunId) {
        self.step(id, Event::Confirm);
    }

    /// Stops a run without this dialog: the person has confirmed that in a bulk stop or a reschedule.
    pub(super) fn stop_now(&'static self, run: &Run) {
        self.step(run.id.clone(), Event::StopNow(Box::new(run.clone()), None));
    }

    /// The person pressed "Keep running" in the dialog.
    pub fn keep_running(&'static self, id: RunId) {
        self.step(id, Event::KeepRunning);
    }

    /// The person has seen the outcome.
    pub fn dismiss(&'static self, id: RunId) {
        self.restored.update(|restored| restored.retain(|(other, _)| *other != id));
        self.step(id, Event::Dismiss);
    }

    /// To be called with a run that was read: its status may confirm a stop. `epoch` is [`Self::epoch`] from when it was requested.
    pub fn observe(&'static self, run: &Run, epoch: u32) {
        if self.state_untracked(&run.id).is_some() {
            self.step(run.id.clone(), Event::Read(Box::new(run.clone()), epoch));
        }
    }

    /// Calls `listener` with each new state.
    pub(super) fn on_change(&'static self, listener: impl Fn(&RunId, &StopState) + 'static) {
        self.changes.add(move |(id, state)| listener(id, state));
    }

    pub(super) fn tick(&'static self) {
        let now = self.services.clock.now();
        let due = |stops: &Vec<_>| stop::due_reads(stops, now, self.last_check.get_value());
        for (id, is_check) in self.stops.try_with_untracked(due).unwrap_or_default() {
            if is_check {
                self.last_check.set_value(Some(now));
            }
            self.step(id, Event::Tick);
        }
    }

    pub(super) fn resume(&'static self) {
        let now = self.services.clock.now();
        self.stops.try_update_untracked(|stops| stops.iter_mut().for_each(|(_, stop)| stop.read_soon(now)));
        self.tick();
    }

    /// Restores stops from before a reload, and reads their runs until the outcome is known.
    pub(super) fn restore(&'static self) {
        self.take_up(self.tab_store.read(TabStoreKey::Stops));
    }

    /// The same with what another tab left, besides this tab's own.
    pub(super) fn take_up(&'static self, saved: Option<String>) {
        let Some(text) = saved else { return };
        let mut taken = stop::recall(&text, self.services.clock.now());
        let own = self.watched_runs();
        taken.retain(|(id, _)| !own.contains(id));
        let name = |(id, stop): &(RunId, StopState)| Some((id.clone(), stop.pending_run()?.name.to_string()));
        self.restored.try_update(|restored| restored.extend(taken.iter().filter_map(name)));
        self.stops.try_update(|stops| {
            stops.retain(|(id, _)| taken.iter().all(|(other, _)| other != id));
            stops.append(&mut taken);
        });
        self.tab_store.write(TabStoreKey::Stops, self.saved_text().as_deref());
        self.resume();
    }

    /// The stops of unknown outcome as text.
    pub(super) fn saved_text(&'static self) -> Option<String> {
        self.stops.try_with_untracked(|stops| stop::keep(stops)).flatten()
    }

    /// The runs whose stop this tab watches, or has seen confirmed. Not those whose stop was refused: another tab's request for the
    /// same run may be unclear.
    pub(super) fn watched_runs(&'static self) -> Vec<RunId> {
        let watched = |(id, stop): &(RunId, StopState)| {
            let seen = matches!(stop.stage(), stop::Stage::Confirmed(_));
            (seen || stop.pending_since().is_some()).then(|| id.clone())
        };
        self.stops.try_with_untracked(|stops| stops.iter().filter_map(watched).collect()).unwrap_or_default()
    }

    /// All stops; tracked.
    pub(super) fn with_all<T>(&'static self, read: impl FnOnce(&[(RunId, StopState)]) -> T) -> T {
        self.stops.with(|stops| read(stops))
    }

    /// The stops that were restored and whose outcome was not seen yet, with the names of their runs; tracked. The person may be on any
    /// page by now.
    pub fn restored(&'static self) -> Vec<(RunId, String, StopState)> {
        let of = |(id, name): (RunId, String)| {
            let state = self.state(&id);
            (*state.stage() != stop::Stage::Idle).then_some((id, name, state))
        };
        self.restored.get().into_iter().filter_map(of).collect()
    }

    /// Whether a stop was restored and its outcome was not seen yet; not tracked.
    pub(super) fn is_restored(&'static self, id: &RunId) -> bool {
        self.restored.try_with_untracked(|restored| restored.iter().any(|(other, _)| other == id)) == Some(true)
    }

    pub(super) fn clear(&'static self) {
        self.stops.update(Vec::clear);
        self.restored.update(Vec::clear);
    }

    fn step(&'static self, id: RunId, event: Event) {
        let Some(before) = self.stops.try_with_untracked(|stops| find(stops, &id).cloned()) else { return };
        let before = before.unwrap_or_default();
        let (state, effects) = before.clone().step(event, self.services.clock.now());
        let epoch = state.epoch();
        let changed = state != before;
        if changed {
            self.stops.try_update(|stops| match stops.iter_mut().find(|(other, _)| *other == id) {
                Some((_, stop)) => *stop = state.clone(),
                None => stops.push((id.clone(), state.clone())),
            });
            // Before anything is sent, so that a reload at any time knows what may have been sent.
            if before.pending_since().is_some() || state.pending_since().is_some() {
                self.tab_store.write(TabStoreKey::Stops, self.saved_text().as_deref());
            }
        }
        for effect in effects {
            self.perform(effect, id.clone(), epoch);
        }
        if changed {
            self.changes.publish(&(id, state));
        }
    }

    fn perform(&'static self, effect: Effect, id: RunId, epoch: u32) {
        let Services { api, store, poller, host, .. } = *self.services;
        let tab_store = self.tab_store;
        let scope = tab_store.prefix();
        match effect {
            Effect::Post => spawn_local(async move {
                let outcome = api.stop_run(&id).await;
                if tab_store.prefix() != scope {
                    // The person signed out meanwhile: the outcome is read after signing in again, and is nobody else's.
                    return;
                }
                if let Ok(Some(run)) = &outcome {
                    store.put(run.clone());
                }
                if outcome.is_ok() {
                    host.send(ConsoleMessage::Stopped(id.as_str()));
                }
                poller.runs_changed();
                self.step(id, Event::Answered(outcome.map(|run| run.map(Box::new))));
            }),
            Effect::ReadRun => spawn_local(async move {
                let outcome = api.read_run(&id).await;
                if tab_store.prefix() != scope {
                    return;
                }
                match outcome {
                    Ok(answer) => {
                        store.put(answer.run.clone());
                        self.step(id, Event::Read(Box::new(answer.run), epoch));
                    }
                    Err(problem) => self.step(id, Event::ReadFailed(problem, random::fraction())),
                }
            }),
            Effect::ReadSummary => spawn_local(async move {
                let outcome = api.read_summary(&id).await;
                if let Some(summary) = outcome.ok().filter(|_| tab_store.prefix() == scope) {
                    self.step(id, Event::SummaryRead(summary));
                }
            }),
        }
    }
}

fn find<'a>(stops: &'a [(RunId, StopState)], id: &RunId) -> Option<&'a StopState> {
    stops.iter().find(|(other, _)| other == id).map(|(_, stop)| stop)
}
