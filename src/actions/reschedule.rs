//! RescheduleState a run: carries out the effects of [`RescheduleState`]. A new run is created and read, and only then the old one is
//! stopped.

use super::{CreateHandle, Part, Pending, Services, StopHandle};
use leptos::prelude::*;
use leptos::task::spawn_local;
use runboard_core::draft::NewRun;
use runboard_core::policy::create::{CreateState, Stage};
use runboard_core::policy::reschedule::{CreateOutcome, Effect, Event, RescheduleState, StopOutcome};
use runboard_core::policy::run_match::Likeness;
use runboard_core::policy::stop;
use runboard_core::policy::stop::StopState;
use runboard_core::run::RunId;

/// The reschedule of this tab; there is one at a time.
#[derive(Clone, Copy)]
pub struct RescheduleHandle {
    services: Services,
    pending: Pending,
    create: CreateHandle,
    stop: StopHandle,
    state: RwSignal<Option<(RescheduleState, String)>>,
}

impl RescheduleHandle {
    pub(super) fn new(services: Services, pending: Pending, create: CreateHandle, stop: StopHandle) -> Self {
        Self { services, pending, create, stop, state: RwSignal::new(None) }
    }

    /// Where it is, and the name of the old run; tracked.
    pub fn state(self) -> Option<(RescheduleState, String)> {
        self.state.get()
    }

    /// Whether there is one whose outcome was not dismissed; tracked.
    pub fn is_active(self) -> bool {
        self.state.with(Option::is_some)
    }

    /// Schedules a run in place of another. Does nothing while the outcome of the same run is unknown.
    pub fn submit(self, old: RunId, run: NewRun) {
        if self.create.is_blocked(&run) {
            return;
        }
        let name = self.services.store.get(&old).map(|old| old.name.to_string()).unwrap_or_default();
        self.set(Some((RescheduleState::new(old, self.create.marked(&run)), name)));
        self.create.submit(run);
    }

    /// Somebody decided how it continues.
    pub fn decide(self, event: Event) {
        self.step(event);
    }

    /// The outcome was seen.
    pub fn dismiss(self) {
        self.set(None);
    }

    /// Follows creates and stops, for as long as the application lives.
    pub(super) fn follow(self) {
        self.create.on_change(move |create| self.observe_create(create));
        self.stop.on_change(move |id, stop| self.observe_stop(id, stop));
    }

    /// What was under way before a reload: both runs are read, and the person decides.
    pub(super) fn recall(self) {
        let is_pending = |id: &RunId| self.stop.state_untracked(id).is_some_and(|stop| stop.pending_since().is_some());
        let kept = self.pending.read(Part::Reschedule);
        if let Some((pair, name, effect)) = kept.and_then(|text| RescheduleState::recall(&text, &is_pending)) {
            self.set(Some((pair, name)));
            self.perform(effect);
        }
    }

    pub(super) fn forget(self) {
        self.state.set(None);
    }

    /// Kept at each step, before anything is sent.
    fn set(self, pair: Option<(RescheduleState, String)>) {
        let text = pair.as_ref().and_then(|(pair, name)| pair.keep(name));
        self.pending.write(Part::Reschedule, text.as_deref());
        self.state.try_set(pair);
    }

    fn observe_create(self, create: &CreateState) {
        let made = create.current().map(|intent| intent.made.as_slice()).unwrap_or_default();
        let created = match (create.stage(), made) {
            (Stage::Created { .. }, [made, ..]) => CreateOutcome::Made(made.id.clone()),
            (Stage::Found, [made]) if made.likeness == Likeness::Exact => CreateOutcome::Made(made.id.clone()),
            (Stage::Refused(_), _) => CreateOutcome::Refused,
            (Stage::Searching(_) | Stage::NotFound { .. } | Stage::Found, _) => CreateOutcome::Unclear,
            _ => return,
        };
        self.step(Event::Created(created));
    }

    fn observe_stop(self, id: &RunId, stop: &StopState) {
        let is_old = self.state.try_with_untracked(|pair| pair.as_ref().is_some_and(|(pair, _)| pair.old().0 == id));
        if is_old != Some(true) {
            return;
        }
        let stopped = match stop.stage() {
            stop::Stage::Confirmed(_) | stop::Stage::AlreadyOver(_) => StopOutcome::Ended,
            stop::Stage::Refused(problem) => StopOutcome::Refused(problem.clone()),
            stop::Stage::Unknown(..) => StopOutcome::Unclear,
            _ => return,
        };
        self.step(Event::Stopped(stopped));
    }

    fn step(self, event: Event) {
        let Some(Some((before, name))) = self.state.try_get_untracked() else { return };
        let (state, effect) = before.clone().step(event, self.services.clock.now());
        if state != before {
            self.set(Some((state, name)));
        }
        self.perform(effect);
    }

    fn perform(self, effect: Option<Effect>) {
        match effect {
            Some(Effect::ReadNew(id)) => self.read(id, Event::NewRead),
            Some(Effect::ReadOld(id)) => self.read(id, Event::OldRead),
            Some(Effect::StopOld(id)) => {
                if let Some(run) = self.services.store.get(&id) {
                    self.stop.order(&run);
                }
            }
            None => {}
        }
    }

    fn read(
        self,
        id: RunId,
        event: fn(Result<Box<runboard_core::run::Run>, runboard_core::problem::Problem>) -> Event,
    ) {
        let Services { api, store, .. } = self.services;
        spawn_local(async move {
            let outcome = api.run(&id).await.map(|answer| {
                store.put(answer.run.clone());
                Box::new(answer.run)
            });
            self.step(event(outcome));
        });
    }
}
