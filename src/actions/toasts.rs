//! Confirmations of what has plainly succeeded. What is unclear, or needs a decision, is a notice instead.

use super::{BulkStopHandle, CreateHandle, RescheduleHandle, Services, StopHandle};
use crate::address::Address;
use crate::leak::leak;
use leptos::prelude::*;
use runboard_core::draft::NewRun;
use runboard_core::policy::create::{self, CreateState};
use runboard_core::policy::run_match::DifferenceKind;
use runboard_core::policy::stop::{self, Evidence, StopState};
use runboard_core::policy::toasts;
use runboard_core::policy::toasts::Toasts;
use runboard_core::run::RunId;
use runboard_core::time::Timestamp;

/// Something that succeeded.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Done {
    /// This run was created.
    Scheduled(RunId, NewRun),
    /// This run was stopped, with its name.
    Stopped(RunId, String),
    /// This run was created in place of another, which was stopped.
    Rescheduled(RunId, NewRun),
}

/// One confirmation.
pub type Toast = toasts::Toast<Done>;

/// The confirmations on screen.
pub struct ToastsHandle {
    services: &'static Services,
    toasts: RwSignal<Toasts<Done>>,
    /// The key of the last create that was confirmed.
    last_create: StoredValue<String>,
    /// The last stop that was confirmed, and when.
    last_stop: StoredValue<Option<(RunId, Timestamp)>>,
}

impl ToastsHandle {
    pub(super) fn new(services: &'static Services) -> &'static Self {
        leak(Self {
            services,
            toasts: RwSignal::new(Toasts::default()),
            last_create: StoredValue::new(String::new()),
            last_stop: StoredValue::new(None),
        })
    }

    /// Those on screen; tracked.
    pub fn shown(&'static self) -> Vec<Toast> {
        self.toasts.with(|toasts| toasts.shown().to_vec())
    }

    /// To be called every second. `is_held`: whether the pointer or the focus is on a toast.
    pub fn tick(&'static self, is_held: bool) {
        let now = self.services.clock.now();
        let before = self.toasts.try_get_untracked();
        let after = before.clone().map(|mut toasts| {
            toasts.tick(now, is_held);
            toasts
        });
        let changes =
            before.zip(after.as_ref()).is_some_and(|(before, after)| before.shown().len() != after.shown().len());
        if let Some(after) = after {
            // Nobody sees the time that passes.
            if changes {
                self.toasts.try_set(after);
            } else {
                self.toasts.try_update_untracked(|toasts| *toasts = after);
            }
        }
    }

    /// The person dismissed one.
    pub fn dismiss(&'static self, id: u32) {
        self.toasts.try_update(|toasts| toasts.dismiss(id));
    }

    pub(super) fn clear(&'static self) {
        self.toasts.try_set(Toasts::default());
    }

    /// For as long as the application lives. To be called after the reschedule listens to the create.
    pub(super) fn listen(
        &'static self,
        create: &'static CreateHandle,
        stop: &'static StopHandle,
        bulk_stop: &'static BulkStopHandle,
        reschedule: &'static RescheduleHandle,
    ) {
        create.on_change(move |state| {
            let of_reschedule = reschedule.state_untracked().map(|(state, _)| state.key().to_owned());
            self.observe_create(state, of_reschedule.as_deref());
        });
        stop.on_change(move |id, state| {
            let is_of_reschedule = reschedule.state_untracked().is_some_and(|(state, _)| state.old().0 == id);
            if !is_of_reschedule && !bulk_stop.includes(id) && !stop.is_restored(id) {
                self.observe_stop(id, state);
            }
        });
        reschedule.on_change(move |before, state| {
            if let (true, Some(new)) = (state.is_plain_success(before), state.new_run().0) {
                self.add(Done::Rescheduled(new.clone(), state.asked().clone()));
                reschedule.dismiss();
            }
        });
    }

    fn observe_create(&'static self, state: &CreateState, of_reschedule: Option<&str>) {
        let create::Stage::Created { differences } = state.stage() else { return };
        let Some(intent) = state.current() else { return };
        let is_told = self.last_create.try_with_value(|last| *last == intent.key) != Some(false);
        let differs = differences.iter().any(|difference| difference.kind == DifferenceKind::Changed);
        if is_told || differs || of_reschedule == Some(intent.key.as_str()) {
            return;
        }
        self.last_create.set_value(intent.key.clone());
        if let Some(made) = intent.made.first() {
            self.add(Done::Scheduled(made.id.clone(), intent.run.clone()));
        }
    }

    /// The run's own page shows a receipt.
    fn observe_stop(&'static self, id: &RunId, state: &StopState) {
        let stop::Stage::Confirmed(receipt) = state.stage() else { return };
        let confirmed = Some((id.clone(), receipt.confirmed_at));
        let is_told = self.last_stop.try_with_value(|last| *last == confirmed) != Some(false);
        let is_on_screen = self.services.navigation.address_untracked() == Address::Run { id: id.clone() };
        if is_told || receipt.evidence != Evidence::StoppedStatus {
            return;
        }
        self.last_stop.set_value(confirmed);
        if !is_on_screen {
            self.add(Done::Stopped(id.clone(), receipt.name.to_string()));
        }
    }

    fn add(&'static self, done: Done) {
        self.toasts.try_update(|toasts| toasts.add(done));
    }
}
