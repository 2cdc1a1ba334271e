//! Drives [`Rescheduling`]: a new run is created, read, and only then the old one is stopped.

use super::{Actions, keep, pair_key};
use crate::browser::storage;
use leptos::prelude::*;
use leptos::task::spawn_local;
use runboard_core::draft::NewRun;
use runboard_core::policy::echo::Likeness;
use runboard_core::policy::rescheduling::{Created, Effect, Event, Rescheduling, Stopped};
use runboard_core::policy::scheduling::{Scheduling, Stage};
use runboard_core::policy::stopping::{self, Stopping};
use runboard_core::run::RunId;

impl Actions {
    /// Where the moving of a run stands, and what the old one is called; tracked.
    pub fn rescheduling(self) -> Option<(Rescheduling, String)> {
        self.reschedule.get()
    }

    /// Whether a run is being moved, or how that ended was not seen yet; tracked.
    pub fn moving(self) -> bool {
        self.reschedule.with(Option::is_some)
    }

    /// A person schedules a run in place of another one. Does nothing while the outcome of the same is not known.
    pub fn replace(self, old: RunId, run: NewRun) {
        if self.create.with_untracked(|create| create.blocks(&run).is_some()) {
            return;
        }
        let name = self.store.get(&old).map(|old| old.name.to_string()).unwrap_or_default();
        let asked = self.fingerprint.get_untracked().on(&run);
        self.set_rescheduling(Some((Rescheduling::new(old, asked), name)));
        self.submit(run);
    }

    /// A person decides how it goes on.
    pub fn decide(self, event: Event) {
        self.on_reschedule(event);
    }

    /// The person has seen how it ended.
    pub fn dismiss_rescheduling(self) {
        self.set_rescheduling(None);
    }

    /// What was under way before a reload: both runs are read, and the person decides.
    pub(super) fn recall_rescheduling(self) {
        let pending = |id: &RunId| self.stopping_untracked(id).pending_since().is_some();
        let kept = storage::session_get(&pair_key(&self.home.get_value()));
        if let Some((pair, name, effect)) = kept.and_then(|text| Rescheduling::recall(&text, &pending)) {
            self.set_rescheduling(Some((pair, name)));
            self.perform_for_pair(effect);
        }
    }

    /// Kept at each step, before anything is sent.
    fn set_rescheduling(self, pair: Option<(Rescheduling, String)>) {
        let text = pair.as_ref().and_then(|(pair, name)| pair.keep(name));
        keep(&pair_key(&self.home.get_value()), text);
        self.reschedule.try_set(pair);
    }

    /// A create has gone on: the pair may have waited for it.
    pub(super) fn created_for_pair(self, create: &Scheduling) {
        let made = create.current().map(|intent| intent.made.as_slice()).unwrap_or_default();
        let created = match (create.stage(), made) {
            (Stage::Created { .. }, [made, ..]) => Created::Made(made.id.clone()),
            (Stage::Found, [made]) if made.likeness == Likeness::Exact => Created::Made(made.id.clone()),
            (Stage::Refused(_), _) => Created::Refused,
            (Stage::Reading(_) | Stage::NotFound { .. } | Stage::Found, _) => Created::Unclear,
            _ => return,
        };
        self.on_reschedule(Event::Created(created));
    }

    /// A stop has gone on: the pair may have waited for it.
    pub(super) fn stopped_for_pair(self, id: &RunId, stop: &Stopping) {
        let waited_for =
            self.reschedule.try_with_untracked(|pair| pair.as_ref().is_some_and(|(pair, _)| pair.old().0 == id));
        if waited_for != Some(true) {
            return;
        }
        let stopped = match stop.stage() {
            stopping::Stage::Confirmed(_) | stopping::Stage::AlreadyOver(_) => Stopped::Ended,
            stopping::Stage::Refused(problem) => Stopped::Refused(problem.clone()),
            stopping::Stage::Unknown(..) => Stopped::Unclear,
            _ => return,
        };
        self.on_reschedule(Event::Stopped(stopped));
    }

    fn on_reschedule(self, event: Event) {
        let Some(Some((before, name))) = self.reschedule.try_get_untracked() else { return };
        let (state, effect) = before.clone().step(event, self.clock.now());
        if state != before {
            self.set_rescheduling(Some((state, name)));
        }
        self.perform_for_pair(effect);
    }

    fn perform_for_pair(self, effect: Option<Effect>) {
        match effect {
            Some(Effect::ReadNew(id)) => self.read_for_pair(id, true),
            Some(Effect::ReadOld(id)) => self.read_for_pair(id, false),
            Some(Effect::StopOld(id)) => {
                if let Some(run) = self.store.get(&id) {
                    self.order_stop(&run);
                }
            }
            None => {}
        }
    }

    fn read_for_pair(self, id: RunId, new: bool) {
        spawn_local(async move {
            let outcome = self.api.run(&id).await.map(|answer| {
                self.store.put(answer.run.clone());
                Box::new(answer.run)
            });
            self.on_reschedule(if new { Event::NewRead(outcome) } else { Event::OldRead(outcome) });
        });
    }
}
