//! Drives [`Stopping`], one per run.

use super::{Actions, find, keep, stops_key};
use crate::browser::storage;
use leptos::prelude::*;
use leptos::task::spawn_local;
use runboard_core::handover::Said;
use runboard_core::policy::stopping::{self, Effect, Event, Stopping};
use runboard_core::run::{Run, RunId};
use runboard_core::summary::Summary;

impl Actions {
    /// Where the stop of a run stands; tracked.
    pub fn stopping(self, id: &RunId) -> Stopping {
        self.stops.with(|stops| find(stops, id).cloned().unwrap_or_default())
    }

    /// Where the stop of a run stands; not tracked.
    pub(super) fn stopping_untracked(self, id: &RunId) -> Stopping {
        self.stops.with_untracked(|stops| find(stops, id).cloned().unwrap_or_default())
    }

    /// To be noted when a run is asked for, and said with its answer: an answer that was asked for before a stop proves nothing.
    pub fn stop_epoch(self, id: &RunId) -> u32 {
        self.stops.try_with_untracked(|stops| find(stops, id).map_or(0, Stopping::epoch)).unwrap_or(0)
    }

    /// A person pressed the button that opens the dialog; with the run and the counts as they are known.
    pub fn ask_to_stop(self, run: &Run, counts: Option<Summary>) {
        self.on_stop(run.id.clone(), Event::Open(Box::new(run.clone()), counts));
    }

    /// A person pressed "Stop run" in the dialog.
    pub fn confirm_stop(self, id: RunId) {
        self.on_stop(id, Event::Confirm);
    }

    /// A person decided elsewhere to stop it.
    pub(super) fn order_stop(self, run: &Run) {
        self.on_stop(run.id.clone(), Event::Order(Box::new(run.clone()), None));
    }

    /// A person decided to keep it.
    pub fn keep_running(self, id: RunId) {
        self.on_stop(id, Event::Keep);
    }

    /// The person has seen the outcome.
    pub fn dismiss_stop(self, id: RunId) {
        self.on_stop(id, Event::Dismiss);
    }

    /// A run was read: its status may confirm a stop. `epoch`: [`Actions::stop_epoch`] when it was asked for.
    pub fn observe(self, run: &Run, epoch: u32) {
        let known = self.stops.try_with_untracked(|stops| find(stops, &run.id).is_some()).unwrap_or(false);
        if known {
            self.on_stop(run.id.clone(), Event::Read(Box::new(run.clone()), epoch));
        }
    }

    /// Time went on, or the page is seen again.
    pub(super) fn go_on_with_stops(self, event: &Event) {
        if self.stops.try_with_untracked(|stops| !stops.is_empty()).unwrap_or(false) {
            self.step_stops(event);
        }
    }

    fn step_stops(self, event: &Event) {
        let now = self.clock.now();
        if *event == Event::Resumed {
            self.stops.try_update_untracked(|stops| stops.iter_mut().for_each(|(_, stop)| stop.hurry(now)));
        }
        let turns = |stops: &Vec<_>| stopping::turns(stops, now, self.stop_read_at.get_value());
        for (id, old) in self.stops.try_with_untracked(turns).unwrap_or_default() {
            if old {
                self.stop_read_at.set_value(Some(now));
            }
            self.on_stop(id, Event::Tick);
        }
    }

    /// What was sent before a reload is read until it is known.
    pub(super) fn recall_stops(self) {
        if let Some(text) = storage::session_get(&stops_key(&self.home.get_value())) {
            self.stops.set(stopping::recall(&text, self.clock.now()));
            self.step_stops(&Event::Resumed);
        }
    }

    fn on_stop(self, id: RunId, event: Event) {
        let Some(before) = self.stops.try_with_untracked(|stops| find(stops, &id).cloned()) else { return };
        let before = before.unwrap_or_default();
        let (state, effects) = before.clone().step(event, self.clock.now());
        let epoch = state.epoch();
        let changed = state != before;
        if changed {
            let pending = state.pending_since().is_some();
            let state = state.clone();
            self.stops.try_update(|stops| match stops.iter_mut().find(|(of, _)| *of == id) {
                Some((_, stop)) => *stop = state,
                None => stops.push((id.clone(), state)),
            });
            // Before anything is sent, so that no reload makes anybody guess.
            if before.pending_since().is_some() || pending {
                keep(&stops_key(&self.home.get_value()), self.stops.with_untracked(|stops| stopping::keep(stops)));
            }
        }
        for effect in effects {
            self.perform_stop(effect, id.clone(), epoch);
        }
        if changed {
            self.stopped_for_pair(&id, &state);
            self.went_for_bulk(&id, &state);
        }
    }

    fn perform_stop(self, effect: Effect, id: RunId, epoch: u32) {
        match effect {
            Effect::Post => spawn_local(async move {
                let outcome = self.api.stop(&id).await;
                if let Ok(Some(run)) = &outcome {
                    self.store.put(run.clone());
                }
                if outcome.is_ok() {
                    self.portal.say(Said::Stopped(id.as_str()));
                }
                self.live.acted();
                self.on_stop(id, Event::Answered(outcome.map(|run| run.map(Box::new))));
            }),
            Effect::ReadRun => {
                spawn_local(async move {
                    match self.api.run(&id).await {
                        Ok(answer) => {
                            self.store.put(answer.run.clone());
                            self.on_stop(id, Event::Read(Box::new(answer.run), epoch));
                        }
                        Err(problem) => self.on_stop(id, Event::ReadFailed(problem, js_sys::Math::random())),
                    }
                });
            }
            Effect::ReadSummary => spawn_local(async move {
                if let Ok(summary) = self.api.summary(&id).await {
                    self.on_stop(id, Event::Counted(summary));
                }
            }),
        }
    }
}
