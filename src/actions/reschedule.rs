//! Rescheduling a run: performs the effects of [`RescheduleState`]. The new run is created and read first; only then is the old one
//! stopped.

use super::listeners::Listeners;
use super::{CreateHandle, Services, StopHandle, TabStore, TabStoreKey};
use crate::leak::leak;
use leptos::prelude::*;
use leptos::task::spawn_local;
use runboard_core::draft::NewRun;
use runboard_core::policy::create::CreateRequest;
use runboard_core::policy::reschedule::{Effect, Event, RescheduleState, Stage, StopOutcome};
use runboard_core::policy::stop::StopState;
use runboard_core::problem::Problem;
use runboard_core::run::{Run, RunId};

/// The reschedule of this tab; there is one at a time.
pub struct RescheduleHandle {
    services: &'static Services,
    tab_store: TabStore,
    create: &'static CreateHandle,
    stop: &'static StopHandle,
    /// With the name of the old run.
    state: RwSignal<Option<(RescheduleState, String)>>,
    changes: Listeners<(Stage, RescheduleState)>,
}

impl RescheduleHandle {
    pub(super) fn new(
        services: &'static Services,
        tab_store: TabStore,
        create: &'static CreateHandle,
        stop: &'static StopHandle,
    ) -> &'static Self {
        leak(Self { services, tab_store, create, stop, state: RwSignal::new(None), changes: Listeners::new() })
    }

    /// The state and the name of the old run; tracked.
    pub fn state(&'static self) -> Option<(RescheduleState, String)> {
        self.state.get()
    }

    /// Whether another reschedule has to wait for this one; tracked.
    pub fn blocks_another(&'static self) -> bool {
        self.state.with(|state| state.as_ref().is_some_and(|(state, _)| state.blocks_another()))
    }

    /// Creates a run in place of another. Does nothing while the outcome of an equal request is unknown, or another reschedule is not
    /// finished.
    pub fn submit(&'static self, old: RunId, run: NewRun) {
        if !self.create.is_blocked(&run) && !untrack(|| self.blocks_another()) {
            self.create.submit_request(self.start(old, run));
        }
    }

    /// The same although the outcome of an equal request is unknown: the person has read the risk and pressed "Send again".
    pub fn send_again(&'static self, old: RunId, run: NewRun) {
        if self.create.can_send_again(&run) && !untrack(|| self.blocks_another()) {
            self.create.send_request_again(self.start(old, run));
        }
    }

    /// From now on only the outcome of this request is followed.
    fn start(&'static self, old: RunId, run: NewRun) -> Box<CreateRequest> {
        let name = self.services.store.get_untracked(&old).map(|old| old.name.to_string()).unwrap_or_default();
        let request = self.create.new_request(run);
        let asked = request.fingerprint.apply_to(&request.run);
        self.set(Some((RescheduleState::new(old, asked, request.key.clone()), name)));
        request
    }

    /// The person decided how it continues.
    pub fn decide(&'static self, event: Event) {
        self.step(event);
    }

    /// The person has seen the outcome.
    pub fn dismiss(&'static self) {
        self.set(None);
    }

    /// Calls `listener` with each new state and the stage before it.
    pub(super) fn on_change(&'static self, listener: impl Fn(&Stage, &RescheduleState) + 'static) {
        self.changes.add(move |(before, state)| listener(before, state));
    }

    /// For as long as the application lives.
    pub(super) fn listen_to_create_and_stop(&'static self) {
        self.create.on_change(move |_| self.observe_create());
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
        self.take_up(self.tab_store.read(TabStoreKey::Reschedule));
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
        self.tab_store.write(TabStoreKey::Reschedule, text.as_deref());
        self.state.try_set(state);
    }

    fn observe_create(&'static self) {
        let key = self.state_untracked().map(|(state, _)| state.key().to_owned());
        if let Some(outcome) = key.and_then(|key| self.create.outcome_of(&key)) {
            self.step(Event::Created(outcome));
        }
    }

    fn observe_stop(&'static self, id: &RunId, stop: &StopState) {
        let is_old =
            self.state.try_with_untracked(|state| state.as_ref().is_some_and(|(state, _)| state.old().0 == id));
        let outcome = StopOutcome::of(stop, self.services.clock.now());
        if let Some(outcome) = outcome.filter(|_| is_old == Some(true)) {
            self.step(Event::Stopped(outcome));
        }
    }

    fn step(&'static self, event: Event) {
        let Some(Some((before, name))) = self.state.try_get_untracked() else { return };
        let (state, effect) = before.clone().step(event, self.services.clock.now());
        if state != before {
            self.set(Some((state.clone(), name)));
            self.changes.publish(&(before.stage().clone(), state));
        }
        self.perform(effect);
    }

    fn perform(&'static self, effect: Option<Effect>) {
        match effect {
            Some(Effect::ReadNew(id)) => self.read(id, Event::NewRead),
            Some(Effect::ReadOld(id)) => self.read(id, Event::OldRead),
            Some(Effect::StopOld(id)) => {
                if let Some((state, name)) = self.state_untracked() {
                    self.stop.stop_now(&state.run_to_stop(self.services.store.get_untracked(&id).as_deref(), &name));
                }
                // One that was requested a moment ago is not sent again, so there may be no new state to listen to.
                if let Some(stop) = self.stop.state_untracked(&id) {
                    self.observe_stop(&id, &stop);
                }
            }
            None => {}
        }
    }

    fn read(&'static self, id: RunId, event: fn(RunId, Result<Box<Run>, Problem>) -> Event) {
        let Services { api, store, .. } = *self.services;
        let scope = self.tab_store.prefix();
        spawn_local(async move {
            let outcome = api.read_run(&id).await;
            if self.tab_store.prefix() != scope {
                // The person signed out meanwhile.
                return;
            }
            let outcome = outcome.map(|answer| {
                store.put(answer.run.clone());
                Box::new(answer.run)
            });
            self.step(event(id, outcome));
        });
    }
}
