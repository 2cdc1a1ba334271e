//! What stands under the times: the strip, free slots, and the window in other zones.

use super::KnownRuns;
use super::form_state::FormState;
use super::free_slots::{FreeSlots, quiet_hours};
use super::pinned_zones::PinnedZones;
use crate::components::shared::WindowStrip;
use crate::state::planning::Surroundings;
use leptos::prelude::*;
use runboard_core::timeline::surroundings::whole_seconds;
use runboard_core::window::Window;

/// Finds the runs around a window of a job; tracked.
pub type FindSurroundings = Callback<Signal<Option<String>>, Signal<Surroundings>>;

/// The window among those around it, and where there is room.
#[component]
pub(super) fn Planning(
    /// The draft
    form: FormState,
    /// Finds the runs around the window
    around: FindSurroundings,
    /// How many runs are known
    known_runs: Signal<KnownRuns>,
) -> impl IntoView {
    let job = Memo::new(move |_| {
        let typed = form.job_of_label().unwrap_or_else(|| form.draft.with(|draft| draft.job_id.clone()));
        let typed = runboard_core::clean::id(&typed).into_owned();
        (!typed.is_empty()).then_some(typed)
    });
    let window: Signal<Option<Window>> = Memo::new(move |_| match form.window() {
        (Ok(from), Ok(Some(to))) => Window::new(from, to).map(whole_seconds),
        _ => None,
    })
    .into();
    let surroundings = around.run(job.into());
    let of_job = Signal::derive(move || job.with(Option::is_some).then(|| surroundings.get()));
    let quiet = quiet_hours();
    view! {
        <WindowStrip window=window surroundings=surroundings quiet=quiet />
        <FreeSlots form=form window=window surroundings=of_job known_runs=known_runs quiet=quiet />
        <PinnedZones window=window name=Signal::derive(move || form.draft.with(|draft| draft.name.clone())) />
    }
}
