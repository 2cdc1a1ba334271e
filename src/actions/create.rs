//! Creating a run: performs the effects of [`CreateState`].

mod effects;

use super::drafts::SentRun;
use super::listeners::Listeners;
use super::{DraftsHandle, Services, TabStore, TabStoreKey, TabsHandle};
use crate::address::Address;
use crate::browser::random;
use crate::leak::leak;
use leptos::prelude::*;
use runboard_core::draft::NewRun;
use runboard_core::policy::create::{BlockReason, CreateRequest, CreateState, Effect, Event, Stage, looks_like};
use runboard_core::policy::intent::{self, Fingerprint, Intent};
use runboard_core::policy::reschedule::CreateOutcome;
use runboard_core::policy::run_match::Likeness;
use runboard_core::policy::tabs::{TabActivity, TabEvent};
use runboard_core::run::{Run, RunId};

/// So many runs that another tab has read are looked at again at once.
const MOST_VERIFIED: usize = 5;

/// Where the current request was submitted. Its outcome concerns only that form and its draft.
#[derive(Clone)]
enum SubmittedFrom {
    /// In this document, in the form at this address.
    Form(String),
    /// In this tab before a reload: the restored draft is the one that was sent.
    RestoredForm,
    /// In another tab, or before a sign-out.
    Elsewhere,
}

/// The creates of this tab: the current one, and earlier ones whose outcome is unknown.
pub struct CreateHandle {
    services: &'static Services,
    tab_store: TabStore,
    drafts: &'static DraftsHandle,
    tabs: &'static TabsHandle,
    state: RwSignal<CreateState>,
    submitted_from: StoredValue<SubmittedFrom>,
    fingerprint: RwSignal<Fingerprint>,
    changes: Listeners<CreateState>,
}

impl CreateHandle {
    pub(super) fn new(
        services: &'static Services,
        tab_store: TabStore,
        drafts: &'static DraftsHandle,
        tabs: &'static TabsHandle,
    ) -> &'static Self {
        leak(Self {
            services,
            tab_store,
            drafts,
            tabs,
            state: RwSignal::new(CreateState::default()),
            submitted_from: StoredValue::new(SubmittedFrom::Elsewhere),
            fingerprint: RwSignal::new(random_fingerprint()),
            changes: Listeners::new(),
        })
    }

    /// The state; tracked.
    pub fn state(&'static self) -> CreateState {
        self.state.get()
    }

    /// The fingerprint of the next request; tracked. Its milliseconds are what the run is recognised by if the response is lost.
    pub fn fingerprint(&'static self) -> Fingerprint {
        self.fingerprint.get()
    }

    /// What another tab is doing with the same run, if any; tracked.
    pub fn other_tab(&'static self, run: &NewRun) -> Option<TabActivity> {
        self.state.with(|state| {
            let own: Vec<&str> = state.own_keys().collect();
            let was_read =
                |id: &RunId, asked: &NewRun| self.services.store.get(id).is_some_and(|read| looks_like(asked, &read));
            self.tabs.other_tab(run, &own, &was_read)
        })
    }

    /// Whether a run cannot be created because the outcome of an earlier, equal request is unknown; not tracked.
    pub(super) fn is_blocked(&'static self, run: &NewRun) -> bool {
        self.state.with_untracked(|state| state.block_reason(run).is_some())
    }

    /// Whether [`Self::send_again`] would send this run; not tracked.
    pub(super) fn can_send_again(&'static self, run: &NewRun) -> bool {
        self.state.with_untracked(|state| matches!(state.block_reason(run), None | Some(BlockReason::Unclear)))
    }

    /// The outcome of the request with this key, for a reschedule; not tracked.
    pub(super) fn outcome_of(&'static self, key: &str) -> Option<CreateOutcome> {
        self.state.try_with_untracked(|state| CreateOutcome::of(state, key)).flatten()
    }

    /// Creates a run, because the person pressed "Schedule run". Does nothing while the outcome of an equal request is unknown.
    pub fn submit(&'static self, run: NewRun) {
        self.submit_request(self.new_request(run));
    }

    /// The same with a request of [`Self::new_request`].
    pub(super) fn submit_request(&'static self, request: Box<CreateRequest>) {
        self.step(Event::Submit(request));
    }

    /// Creates a run although the outcome of an equal request is unknown: the person has read the risk and pressed "Send again".
    pub fn send_again(&'static self, run: NewRun) {
        self.send_request_again(self.new_request(run));
    }

    /// The same with a request of [`Self::new_request`].
    pub(super) fn send_request_again(&'static self, request: Box<CreateRequest>) {
        self.step(Event::SendAgain(request));
    }

    /// The person has seen the outcome.
    pub fn dismiss(&'static self) {
        self.step(Event::Dismiss);
    }

    /// The form is opened: clears a run that was certainly created, and its draft, so that the form starts empty.
    pub fn clear_created(&'static self) {
        if self.state.with_untracked(is_certainly_created) {
            self.dismiss_with_draft();
        }
    }

    /// The person has seen the outcome. If the run was certainly created, its draft is cleared.
    pub fn dismiss_with_draft(&'static self) {
        if self.state.with_untracked(is_certainly_created) {
            self.clear_submitted_draft();
        }
        self.dismiss();
    }

    /// The person has seen that an earlier request was found to have succeeded after all.
    pub fn dismiss_late_finds(&'static self) {
        self.step(Event::LateFindsSeen);
    }

    /// Calls `listener` with each new state.
    pub(super) fn on_change(&'static self, listener: impl Fn(&CreateState) + 'static) {
        self.changes.add(listener);
    }

    /// An outcome found by another tab leads to a reading here.
    pub(super) fn listen_to_tabs(&'static self) {
        self.tabs.on_message(move |said| {
            if let TabEvent::Settled(key, run) = said {
                if let Some(id) = run.as_ref().filter(|id| self.tabs.is_news(key, id)) {
                    self.perform(Effect::ReadRun(id.clone()));
                }
                self.step(Event::HeardElsewhere(key.clone(), run.clone()));
            }
        });
    }

    pub(super) fn tick(&'static self) {
        if self.state.try_with_untracked(CreateState::due).flatten().is_some() {
            self.step(Event::Tick);
        }
    }

    pub(super) fn resume(&'static self) {
        if self.state.try_with_untracked(|state| !state.is_idle()).unwrap_or(false) {
            self.step(Event::Resumed);
        }
    }

    /// Looks for creates of unknown outcome among runs that were read.
    pub(super) fn observe_runs<'a>(&'static self, runs: impl Iterator<Item = &'a Run>) {
        let now = self.services.clock.now();
        if !self.state.try_with_untracked(|state| state.is_watching(now)).unwrap_or(false) {
            return;
        }
        let relevant =
            self.state.try_with_untracked(|state| runs.filter(|run| state.may_concern(run)).cloned().collect());
        if let Some(runs) = relevant.filter(|runs: &Vec<Run>| !runs.is_empty()) {
            self.step(Event::RunsSeen(runs));
        }
    }

    /// Reads those runs from the API that may be what a create of unknown outcome is looked for: another tab says that they exist, and any
    /// script on this origin can say so.
    pub(super) fn verify_runs<'a>(&'static self, runs: impl Iterator<Item = &'a Run>) {
        let now = self.services.clock.now();
        let find = |state: &CreateState| -> Vec<RunId> {
            if !state.is_watching(now) {
                return Vec::new();
            }
            runs.filter(|run| state.may_concern(run)).take(MOST_VERIFIED).map(|run| run.id.clone()).collect()
        };
        for id in self.state.try_with_untracked(find).unwrap_or_default() {
            self.perform(Effect::ReadRun(id));
        }
    }

    /// Whether a request that another tab left can be taken up; tracked.
    pub(super) fn may_take_up(&'static self) -> bool {
        self.state.try_with(CreateState::may_take_up).unwrap_or(false)
    }

    /// Records what other tabs left and nobody has taken up.
    pub(super) fn set_left_elsewhere(&'static self, left: Vec<Intent>) {
        let Some(before) = self.state.try_get_untracked() else { return };
        let state = before.clone().with_left_elsewhere(left);
        if state != before {
            self.state.try_set(state);
        }
    }

    /// The run of a request that was not sent from a form in this tab, while it is not known for certain that it was created; tracked.
    pub fn request_without_form(&'static self) -> Option<NewRun> {
        let is_unclear = |state: &CreateState| {
            matches!(state.stage(), Stage::Searching(_) | Stage::NotFound { .. })
                || (*state.stage() == Stage::Found && !is_certainly_created(state))
        };
        let run =
            self.state.with(|state| state.current().filter(|_| is_unclear(state)).map(|intent| intent.run.clone()));
        run.filter(|_| self.submitted_from().is_none())
    }

    /// The open form was filled in with the current request, so that its outcome concerns that form.
    pub fn show_in_form(&'static self) {
        self.submitted_from.set_value(SubmittedFrom::Form(self.drafts.address()));
    }

    /// The keys of this tab's requests.
    pub(super) fn own_keys(&'static self) -> Vec<String> {
        let keys = |state: &CreateState| state.own_keys().map(str::to_owned).collect();
        self.state.try_with_untracked(keys).unwrap_or_default()
    }

    /// The requests that something may still become known about, as text.
    pub(super) fn unfinished_text(&'static self) -> Option<String> {
        let now = self.services.clock.now();
        self.state.try_with_untracked(|state| state.unfinished_text(now)).flatten()
    }

    /// Continues with requests that another tab left, by looking for their outcome.
    pub(super) fn take_up(&'static self, left: Option<String>) {
        let Some((left, state)) = left.zip(self.state.try_get_untracked()) else { return };
        let state = state.take_up(&left, self.services.clock.now());
        self.tab_store.write(TabStoreKey::Create, state.saved_text().as_deref());
        self.submitted_from.set_value(SubmittedFrom::Elsewhere);
        self.state.try_set(state.clone());
        self.step(Event::Resumed);
        self.changes.publish(&state);
    }

    /// Restores requests from before a reload, and looks for their outcome.
    pub(super) fn restore(&'static self) {
        if let Some(text) = self.tab_store.read(TabStoreKey::Create) {
            self.submitted_from.set_value(SubmittedFrom::RestoredForm);
            let state = CreateState::restore(&text, self.services.clock.now());
            self.state.set(state.clone());
            self.step(Event::Resumed);
            // What is known already changes nothing, but a reschedule may wait for it.
            self.changes.publish(&state);
        }
    }

    pub(super) fn clear(&'static self) {
        self.submitted_from.set_value(SubmittedFrom::Elsewhere);
        self.state.set(CreateState::default());
    }

    /// A request that can be submitted once.
    pub(super) fn new_request(&'static self, run: NewRun) -> Box<CreateRequest> {
        let fingerprint = self.fingerprint.get_untracked();
        self.fingerprint.set(random_fingerprint());
        let known = self.services.store.ids_where(&|known| looks_like(&run, known));
        let tolerance = intent::tolerance(self.services.clock.offset());
        Box::new(CreateRequest { run, key: random::hex(16), fingerprint, known, tolerance })
    }

    fn step(&'static self, event: Event) {
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

    /// Goes to the new run, unless the person has left the form that it was submitted from: then a notice reports it.
    fn show_created(&'static self, id: RunId) {
        self.clear_submitted_draft();
        let navigation = self.services.navigation;
        let is_form = matches!(
            navigation.address_untracked(),
            Address::New { .. } | Address::Planned { .. } | Address::Replace { .. }
        );
        if is_form && Some(self.drafts.address()) == self.submitted_from() {
            navigation.go(&Address::Run { id });
        }
    }

    fn clear_submitted_draft(&'static self) {
        let sent_run = self.state.with_untracked(|state| {
            let intent = state.current()?;
            Some(SentRun { id: intent.made.first()?.id.clone(), name: intent.run.name.clone() })
        });
        if let Some((address, run)) = self.submitted_from().zip(sent_run) {
            self.drafts.clear_draft_of(&address, run);
        }
    }

    /// The address of the form that the current request was submitted from, if it was one of this tab's.
    fn submitted_from(&'static self) -> Option<String> {
        match self.submitted_from.try_get_value()? {
            SubmittedFrom::Form(address) => Some(address),
            SubmittedFrom::RestoredForm => Some(self.drafts.address()),
            SubmittedFrom::Elsewhere => None,
        }
    }
}

fn random_fingerprint() -> Fingerprint {
    Fingerprint::new([random::fraction(), random::fraction()])
}

fn is_certainly_created(state: &CreateState) -> bool {
    let made = state.current().map(|intent| intent.made.as_slice()).unwrap_or_default();
    match state.stage() {
        Stage::Created { .. } => true,
        Stage::Found => made.iter().all(|made| made.likeness == Likeness::Exact),
        _ => false,
    }
}
