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
use runboard_core::policy::toasts::{ConfirmedStops, Toasts};
use runboard_core::run::RunId;

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
    confirmed_stops: StoredValue<ConfirmedStops>,
}

impl ToastsHandle {
    pub(super) fn new(services: &'static Services) -> &'static Self {
        leak(Self {
            services,
            toasts: RwSignal::new(Toasts::default()),
            last_create: StoredValue::new(String::new()),
            confirmed_stops: StoredValue::new(ConfirmedStops::default()),
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
        self.confirmed_stops.try_update_value(|stops| *stops = ConfirmedStops::default());
    }

    /// For as long as the application lives. To be called before the reschedule listens to the stop, since its own toast follows at once,
    /// and then it no longer awaits one.
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
            let is_of_reschedule = reschedule.state_untracked().is_some_and(|(state, _)| state.awaits_stop_of(id));
            let is_told = is_of_reschedule || bulk_stop.includes(id) || stop.is_restored(id);
            self.observe_stop(id, state, is_told);
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

    /// `is_told`: whether it is reported elsewhere. The run's own page shows a receipt.
    fn observe_stop(&'static self, id: &RunId, state: &StopState, is_told: bool) {
        let stop::Stage::Confirmed(receipt) = state.stage() else { return };
        let is_new = self.confirmed_stops.try_update_value(|stops| stops.note(id, receipt.confirmed_at)) == Some(true);
        let is_on_screen = self.services.navigation.address_untracked() == Address::Run { id: id.clone() };
        if is_new && !is_told && !is_on_screen && receipt.evidence == Evidence::StoppedStatus {
            self.add(Done::Stopped(id.clone(), receipt.name.to_string()));
        }
    }

    fn add(&'static self, done: Done) {
        self.toasts.try_update(|toasts| toasts.add(done));
    }
}
