//! Rescheduling a run: performs the effects of [`RescheduleState`]. The new run is created and read first; only then is the old one
//! stopped.

use super::{CreateHandle, Pending, PendingKey, Services, StopHandle};
use crate::leak::leak;
use leptos::prelude::*;
use leptos::task::spawn_local;
use runboard_core::draft::NewRun;
use runboard_core::policy::create::{CreateState, Stage};
use runboard_core::policy::reschedule::{CreateOutcome, Effect, Event, OldRunEnd, RescheduleState, StopOutcome};
use runboard_core::policy::run_match::Likeness;
use runboard_core::policy::stop;
use runboard_core::policy::stop::StopState;
use runboard_core::problem::Problem;
use runboard_core::run::{Run, RunId};

/// The reschedule of this tab; there is one at a time.
pub struct RescheduleHandle {
    services: &'static Services,
    pending: Pending,
    create: &'static CreateHandle,
    stop: &'static StopHandle,
    /// With the name of the old run.
    state: RwSignal<Option<(RescheduleState, String)>>,
}

impl RescheduleHandle {
    pub(super) fn new(
        services: &'static Services,
        pending: Pending,
        create: &'static CreateHandle,
        stop: &'static StopHandle,
    ) -> &'static Self {
        leak(Self { services, pending, create, stop, state: RwSignal::new(None) })
    }

    /// The state and the name of the old run; tracked.
    pub fn state(&'static self) -> Option<(RescheduleState, String)> {
        self.state.get()
    }

    /// Creates a run in place of another. Does nothing while the outcome of an equal request is unknown.
    pub fn submit(&'static self, old: RunId, run: NewRun) {
        if self.create.is_blocked(&run) {
            return;
        }
        let name = self.services.store.get(&old).map(|old| old.name.to_string()).unwrap_or_default();
        self.set(Some((RescheduleState::new(old, self.create.with_fingerprint(&run)), name)));
        self.create.submit(run);
    }

    /// The person decided how it continues.
    pub fn decide(&'static self, event: Event) {
        self.step(event);
    }

    /// The person has seen the outcome.
    pub fn dismiss(&'static self) {
        self.set(None);
    }

    /// For as long as the application lives.
    pub(super) fn listen_to_create_and_stop(&'static self) {
        self.create.on_change(move |create| self.observe_create(create));
        self.stop.on_change(move |id, stop| self.observe_stop(id, stop));
    }

    /// Whether what another tab left can be taken up; tracked.
    pub(super) fn may_take_up(&'static self) -> bool {
        self.state.try_with(Option::is_none).unwrap_or(false)
    }

    /// The state and the name of the old run; not tracked.
    pub(super) fn state_untracked(&'static self) -> Option<(RescheduleState, String)> {
        self.state.try_get_untracked().flatten()
    }

    /// As text; `None` if there is none, or it has ended.
    pub(super) fn saved_text(&'static self) -> Option<String> {
        self.state_untracked().and_then(|(state, name)| state.keep(&name))
    }

    /// Restores a reschedule from before a reload. Both runs are read, and the person decides how it continues.
    pub(super) fn restore(&'static self) {
        self.take_up(self.pending.read(PendingKey::Reschedule));
    }

    /// The same with what another tab left.
    pub(super) fn take_up(&'static self, saved: Option<String>) {
        let is_pending = |id: &RunId| self.stop.state_untracked(id).is_some_and(|stop| stop.pending_since().is_some());
        if let Some((state, name, effect)) = saved.and_then(|text| RescheduleState::recall(&text, &is_pending)) {
            self.set(Some((state, name)));
            self.perform(effect);
        }
    }

    pub(super) fn clear(&'static self) {
        self.state.set(None);
    }

    /// Saves each new state before anything is sent.
    fn set(&'static self, state: Option<(RescheduleState, String)>) {
        let text = state.as_ref().and_then(|(state, name)| state.keep(name));
        self.pending.write(PendingKey::Reschedule, text.as_deref());
        self.state.try_set(state);
    }

    fn observe_create(&'static self, create: &CreateState) {
        let made = create.current().map(|intent| intent.made.as_slice()).unwrap_or_default();
        let outcome = match (create.stage(), made) {
            (Stage::Created { .. }, [made, ..]) => CreateOutcome::Made(made.id.clone()),
            (Stage::Found, [made]) if made.likeness == Likeness::Exact => CreateOutcome::Made(made.id.clone()),
            (Stage::Refused(_), _) => CreateOutcome::Refused,
            (Stage::Searching(_) | Stage::NotFound { .. } | Stage::Found, _) => CreateOutcome::Unclear,
            _ => return,
        };
        self.step(Event::Created(outcome));
    }

    fn observe_stop(&'static self, id: &RunId, stop: &StopState) {
        let is_old =
            self.state.try_with_untracked(|state| state.as_ref().is_some_and(|(state, _)| state.old().0 == id));
        if is_old != Some(true) {
            return;
        }
        let outcome = match stop.stage() {
            stop::Stage::Confirmed(receipt) => StopOutcome::Ended(OldRunEnd::of(&receipt.status, true)),
            // The run is read next: it may be over because it was stopped.
            stop::Stage::AlreadyOver(None) => StopOutcome::Unclear,
            stop::Stage::AlreadyOver(Some(status)) => StopOutcome::Ended(OldRunEnd::of(status, false)),
            stop::Stage::Refused(problem) => StopOutcome::Refused(problem.clone()),
            stop::Stage::Unknown(..) => StopOutcome::Unclear,
            _ => return,
        };
        self.step(Event::Stopped(outcome));
    }

    fn step(&'static self, event: Event) {
        let Some(Some((before, name))) = self.state.try_get_untracked() else { return };
        let (state, effect) = before.clone().step(event, self.services.clock.now());
        if state != before {
            self.set(Some((state, name)));
        }
        self.perform(effect);
    }

    fn perform(&'static self, effect: Option<Effect>) {
        match effect {
            Some(Effect::ReadNew(id)) => self.read(id, Event::NewRead),
            Some(Effect::ReadOld(id)) => self.read(id, Event::OldRead),
            Some(Effect::StopOld(id)) => {
                if let Some(run) = self.services.store.get(&id) {
                    self.stop.stop_now(&run);
                }
            }
            None => {}
        }
    }

    fn read(&'static self, id: RunId, event: fn(Result<Box<Run>, Problem>) -> Event) {
        let Services { api, store, .. } = *self.services;
        let home = self.pending.prefix();
        spawn_local(async move {
            let outcome = api.run(&id).await;
            if self.pending.prefix() != home {
                // The person signed out meanwhile.
                return;
            }
            let outcome = outcome.map(|answer| {
                store.put(answer.run.clone());
                Box::new(answer.run)
            });
            self.step(event(outcome));
        });
    }
}
