//! CreateState a run: carries out the effects of [`CreateState`].

use super::listeners::Listeners;
use super::{DraftsHandle, Part, Pending, Services, TabsHandle};
use crate::address::Address;
use crate::api::concurrent;
use crate::browser::random;
use leptos::prelude::*;
use leptos::task::spawn_local;
use runboard_core::draft::NewRun;
use runboard_core::embed::Said as HostMessage;
use runboard_core::policy::create::{CreateRequest, CreateState, Effect, Event, Stage, looks_like};
use runboard_core::policy::intent::{self, Fingerprint};
use runboard_core::policy::run_match::Likeness;
use runboard_core::policy::tabs::{Doing, Said};
use runboard_core::problem::Problem;
use runboard_core::run::{Run, RunId};

/// The creates of this tab.
#[derive(Clone, Copy)]
pub struct CreateHandle {
    services: Services,
    pending: Pending,
    drafts: DraftsHandle,
    tabs: TabsHandle,
    state: RwSignal<CreateState>,
    fingerprint: RwSignal<Fingerprint>,
    changes: Listeners<CreateState>,
}

impl CreateHandle {
    pub(super) fn new(services: Services, pending: Pending, drafts: DraftsHandle, tabs: TabsHandle) -> Self {
        Self {
            services,
            pending,
            drafts,
            tabs,
            state: RwSignal::new(CreateState::default()),
            fingerprint: RwSignal::new(random_fingerprint()),
            changes: Listeners::new(),
        }
    }

    /// Where the creates are; tracked.
    pub fn state(self) -> CreateState {
        self.state.get()
    }

    /// Whether there is no create whose outcome is to be found out or seen; tracked.
    pub fn is_idle(self) -> bool {
        self.state.with(CreateState::is_idle)
    }

    /// The milliseconds that the next request will carry; tracked.
    pub fn fingerprint(self) -> Fingerprint {
        self.fingerprint.get()
    }

    /// Whether another tab works on the same run, and how far it is; tracked.
    pub fn twin(self, run: &NewRun) -> Option<Doing> {
        self.state.with(|state| {
            let own: Vec<&str> = state.own_keys().collect();
            self.tabs.twin(run, &own)
        })
    }

    /// Whether a run cannot be sent because the outcome of the same one is unknown; not tracked.
    pub(super) fn is_blocked(self, run: &NewRun) -> bool {
        self.state.with_untracked(|state| state.block_reason(run).is_some())
    }

    /// The run as it will be sent: with the milliseconds of the next request.
    pub(super) fn marked(self, run: &NewRun) -> NewRun {
        self.fingerprint.get_untracked().apply_to(run)
    }

    /// Somebody pressed "Schedule run". Does nothing while the outcome of the same run is unknown.
    pub fn submit(self, run: NewRun) {
        self.step(Event::Submit(self.ask(run)));
    }

    /// Somebody pressed "Send again", having read what that risks.
    pub fn send_again(self, run: NewRun) {
        self.step(Event::SendAgain(self.ask(run)));
    }

    /// The outcome was seen.
    pub fn dismiss(self) {
        self.step(Event::Dismiss);
    }

    /// The form is opened again: a run that was certainly created, and its draft, belong to the form before.
    pub fn leave_created(self) {
        if self.state.with_untracked(certainly_created) {
            self.acknowledge();
        }
    }

    /// The outcome was seen; what was certainly created is not in the form any more.
    pub fn acknowledge(self) {
        if self.state.with_untracked(certainly_created) {
            self.drafts.clear_current();
        }
        self.dismiss();
    }

    /// What was found of an earlier request was seen.
    pub fn dismiss_news(self) {
        self.step(Event::LateFindsSeen);
    }

    /// Calls `listener` with each new state.
    pub(super) fn on_change(self, listener: impl Fn(&CreateState) + 'static) {
        self.changes.add(listener);
    }

    /// What another tab found out settles the same request here.
    pub(super) fn follow_tabs(self) {
        self.tabs.on_message(move |said| {
            if let Said::Settled(key, run) = said {
                self.step(Event::SettledElsewhere(key.clone(), run.clone()));
            }
        });
    }

    pub(super) fn tick(self) {
        if self.state.try_with_untracked(CreateState::due).flatten().is_some() {
            self.step(Event::Tick);
        }
    }

    pub(super) fn resume(self) {
        if self.state.try_with_untracked(|state| !state.is_idle()).unwrap_or(false) {
            self.step(Event::Resumed);
        }
    }

    /// Runs were read: a create whose outcome is unknown may be among them.
    pub(super) fn observe_list(self, runs: &[Run]) {
        if !self.state.try_with_untracked(CreateState::is_watching).unwrap_or(false) {
            return;
        }
        let concerned =
            self.state.try_with_untracked(|state| runs.iter().filter(|run| state.may_concern(run)).cloned().collect());
        if let Some(runs) = concerned.filter(|runs: &Vec<Run>| !runs.is_empty()) {
            self.step(Event::RunsSeen(runs));
        }
    }

    /// What was sent before a reload is read until its outcome is known.
    pub(super) fn recall(self) {
        if let Some(text) = self.pending.read(Part::Create) {
            self.state.set(CreateState::restore(&text, self.services.clock.now()));
            self.step(Event::Tick);
        }
    }

    pub(super) fn forget(self) {
        self.state.set(CreateState::default());
    }

    fn ask(self, run: NewRun) -> Box<CreateRequest> {
        let fingerprint = self.fingerprint.get_untracked();
        self.fingerprint.set(random_fingerprint());
        let known = self.services.store.ids_where(&|known| looks_like(&run, known));
        let tolerance = intent::tolerance(self.services.clock.offset());
        Box::new(CreateRequest { run, key: random::hex(16), fingerprint, known, tolerance })
    }

    fn step(self, event: Event) {
        let Some(before) = self.state.try_get_untracked() else { return };
        let (state, effects) = before.clone().step(event, self.services.clock.now());
        let changed = state != before;
        if changed {
            self.state.try_set(state.clone());
        }
        for effect in effects {
            self.perform(effect);
        }
        if changed {
            self.changes.publish(&state);
        }
    }

    fn perform(self, effect: Effect) {
        let Services { api, store, poller, host, .. } = self.services;
        match effect {
            Effect::Save(text) => {
                let kept = self.pending.write(Part::Create, Some(&text));
                self.step(Event::Saved(kept));
            }
            Effect::ClearSaved => {
                self.pending.write(Part::Create, None);
            }
            Effect::Post(key, run) => spawn_local(async move {
                let outcome = api.create(&run).await;
                if let Ok(run) = &outcome {
                    store.put(run.clone());
                    host.say(HostMessage::Created(run.id.as_str()));
                }
                poller.acted();
                self.step(Event::Answered(key, outcome.map(Box::new)));
            }),
            Effect::ReadList => spawn_local(async move {
                match self.read_list().await {
                    Ok((runs, whole)) => {
                        for run in &runs {
                            store.put(run.clone());
                        }
                        self.step(Event::Read(runs, whole));
                    }
                    Err(problem) => self.step(Event::ReadFailed(problem, random::fraction())),
                }
            }),
            Effect::ShowRun(id) => self.show_created(id),
            Effect::NotifyTabs(said) => self.tabs.tell(said),
        }
    }

    /// Goes to the new run, unless the person has left the form meanwhile: then a notice says so.
    fn show_created(self, id: RunId) {
        self.drafts.clear_current();
        let navigation = self.services.navigation;
        if matches!(navigation.address_untracked(), Address::New { .. } | Address::Replace { .. }) {
            navigation.go(&Address::Run { id });
        }
    }

    /// Reads the whole list for what concerns a request; says whether it got all of it.
    async fn read_list(self) -> Result<(Vec<Run>, bool), Problem> {
        let mut runs = Vec::new();
        let whole = concurrent::read_all(self.services.api, |page| {
            let concerned = page.runs.into_iter();
            self.state.try_with_untracked(|state| runs.extend(concerned.filter(|run| state.may_concern(run))));
        });
        match whole.await {
            // What was found is known, whichever page failed after it.
            Err(problem) if runs.is_empty() => Err(problem),
            outcome => Ok((runs, outcome.unwrap_or(false))),
        }
    }
}

fn random_fingerprint() -> Fingerprint {
    Fingerprint::new([random::fraction(), random::fraction()])
}

fn certainly_created(state: &CreateState) -> bool {
    let made = state.current().map(|intent| intent.made.as_slice()).unwrap_or_default();
    match state.stage() {
        Stage::Created { .. } => true,
        Stage::Found => made.iter().all(|made| made.likeness == Likeness::Exact),
        _ => false,
    }
}
