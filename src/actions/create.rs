//! Drives [`Scheduling`].

use super::Actions;
use crate::api::join;
use crate::browser::storage;
use crate::route::Address;
use leptos::prelude::*;
use leptos::task::spawn_local;
use runboard_core::draft::{Draft, NewRun};
use runboard_core::handover::Said;
use runboard_core::policy::echo::Likeness;
use runboard_core::policy::intent::{self, Fingerprint};
use runboard_core::policy::scheduling::{Ask, Effect, Event, Scheduling, Stage, looks_like};
use runboard_core::problem::Problem;
use runboard_core::run::{Run, RunId};

/// A random key: 16 hexadecimal digits.
pub(super) fn key() -> String {
    (0..16).filter_map(|_| char::from_digit((js_sys::Math::random() * 16.0) as u32, 16)).collect()
}

/// Random milliseconds.
pub(super) fn fingerprint() -> Fingerprint {
    Fingerprint::new([js_sys::Math::random(), js_sys::Math::random()])
}

impl Actions {
    /// Where the creates stand; tracked.
    pub fn creating(self) -> Scheduling {
        self.create.get()
    }

    /// Whether nothing was asked for of which anything is still to be known or seen; tracked.
    pub fn idle(self) -> bool {
        self.create.with(Scheduling::is_idle)
    }

    /// The milliseconds that the next request will carry; tracked.
    pub fn fingerprint(self) -> Fingerprint {
        self.fingerprint.get()
    }

    /// A person pressed "Schedule run". Does nothing while the outcome of the same is not known.
    pub fn submit(self, run: NewRun) {
        self.on_create(Event::Submit(self.ask(run)));
    }

    /// A person pressed "Send again", having read what that risks.
    pub fn send_again(self, run: NewRun) {
        self.on_create(Event::SendAgain(self.ask(run)));
    }

    /// The person has seen the outcome.
    pub fn dismiss_create(self) {
        self.on_create(Event::Dismiss);
    }

    /// The form is opened anew: a run that was certainly created, and its draft, belong to the form before.
    pub fn leave_created(self) {
        let created = self.create.with_untracked(certainly_created);
        if created {
            self.see_outcome();
        }
    }

    /// The person has seen the outcome; what was certainly created is not typed any more.
    pub fn see_outcome(self) {
        if self.create.with_untracked(certainly_created) {
            self.draft.set(Draft::default());
        }
        self.dismiss_create();
    }

    /// The person has seen what was found of an earlier request.
    pub fn seen_news(self) {
        self.on_create(Event::SeenNews);
    }

    pub(super) fn tick_create(self) {
        let due = self.create.try_with_untracked(Scheduling::due).flatten();
        if due.is_some() {
            self.on_create(Event::Tick);
        }
    }

    pub(super) fn listed_for_create(self, runs: &[Run]) {
        if self.create.try_with_untracked(Scheduling::watching).unwrap_or(false) {
            self.look_through(runs);
        }
    }

    fn look_through(self, runs: &[Run]) {
        let concerned = self
            .create
            .try_with_untracked(|create| runs.iter().filter(|run| create.concerns(run)).cloned().collect::<Vec<_>>());
        if let Some(runs) = concerned.filter(|runs| !runs.is_empty()) {
            self.on_create(Event::Listed(runs));
        }
    }

    fn ask(self, run: NewRun) -> Box<Ask> {
        let fingerprint = self.fingerprint.get_untracked();
        // The next request is another one.
        self.fingerprint.set(self::fingerprint());
        let known = self.store.ids_where(&|known| looks_like(&run, known));
        let tolerance = intent::tolerance(self.clock.offset());
        Box::new(Ask { run, key: key(), fingerprint, known, tolerance })
    }

    pub(super) fn on_create(self, event: Event) {
        self.step_create(event);
    }

    fn step_create(self, event: Event) {
        let Some(before) = self.create.try_get_untracked() else { return };
        let (state, effects) = before.clone().step(event, self.clock.now());
        if state != before {
            self.create.try_set(state.clone());
        }
        for effect in effects {
            self.perform(effect);
        }
        if state != before {
            self.created_for_pair(&state);
        }
    }

    fn perform(self, effect: Effect) {
        match effect {
            Effect::Keep(text) => {
                let kept = storage::session_set(&self.home.get_value(), &text);
                self.on_create(Event::Kept(kept));
            }
            Effect::Forget => storage::session_remove(&self.home.get_value()),
            Effect::Post(key, run) => spawn_local(async move {
                let outcome = self.api.create(&run).await;
                if let Ok(run) = &outcome {
                    self.store.put(run.clone());
                    self.portal.say(Said::Created(run.id.as_str()));
                }
                self.live.acted();
                self.on_create(Event::Answered(key, outcome.map(Box::new)));
            }),
            Effect::ReadList => spawn_local(async move {
                match self.read_list().await {
                    Ok((runs, whole)) => {
                        for run in &runs {
                            self.store.put(run.clone());
                        }
                        self.on_create(Event::Read(runs, whole));
                    }
                    Err(problem) => self.on_create(Event::ReadFailed(problem, js_sys::Math::random())),
                }
            }),
            Effect::Show(id) => self.show_created(id),
            Effect::Tell(said) => self.tell(said),
        }
    }

    /// Goes to the new run, unless the person has gone elsewhere meanwhile: then the notice tells.
    fn show_created(self, id: RunId) {
        self.draft.try_set(Draft::default());
        if matches!(self.router.address_untracked(), Address::New { .. } | Address::Replace { .. }) {
            self.router.go(&Address::Run { id });
        }
    }

    /// Reads the whole list for what concerns a request; says whether it had all of it.
    async fn read_list(self) -> Result<(Vec<Run>, bool), Problem> {
        let mut runs = Vec::new();
        let whole = join::read_all(self.api, |page| {
            let concerned = page.runs.into_iter();
            self.create.try_with_untracked(|create| runs.extend(concerned.filter(|run| create.concerns(run))));
        });
        match whole.await {
            // What was found is known, whichever page failed after it.
            Err(problem) if runs.is_empty() => Err(problem),
            outcome => Ok((runs, outcome.unwrap_or(false))),
        }
    }
}

fn certainly_created(create: &Scheduling) -> bool {
    let made = create.current().map(|intent| intent.made.as_slice()).unwrap_or_default();
    match create.stage() {
        Stage::Created { .. } => true,
        Stage::Found => made.iter().all(|made| made.likeness == Likeness::Exact),
        _ => false,
    }
}
