//! What stands under the times: the strip, free slots, and, folded away, quiet hours and the window in other zones.

use super::KnownRuns;
use super::form_state::FormState;
use super::free_slots::FreeSlots;
use super::pinned_zones::PinnedZones;
use super::quiet_hours::QuietHoursChoice;
use crate::components::shared::WindowStrip;
use crate::context::use_ui;
use crate::state::planning::{Surroundings, stored_quiet};
use crate::text::planning as words;
use leptos::prelude::*;
use runboard_core::draft::Draft;
use runboard_core::policy::create::BlockReason;
use runboard_core::timeline::surroundings::{whole_minutes, whole_seconds};
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
    /// Why the draft would not be sent: the run that it overlaps may be this very one then
    block: Memo<Option<BlockReason>>,
) -> impl IntoView {
    let settings = use_ui().settings;
    let job = Memo::new(move |_| {
        let typed = form.job_of_label().unwrap_or_else(|| form.draft.with(|draft| draft.job_id.clone()));
        let typed = runboard_core::clean::id(&typed).into_owned();
        (!typed.is_empty()).then_some(typed)
    });
    let window = Memo::new(move |_| match form.window() {
        // What starts now starts at another second each second.
        (Ok(from), Ok(Some(to))) if form.draft.with(Draft::is_start_moving) => Window::new(from, to).map(whole_minutes),
        (Ok(from), Ok(Some(to))) => Window::new(from, to).map(whole_seconds),
        _ => None,
    });
    // While a time is being typed there is no window. The last one stays in sight, dimmed, so that nothing comes and goes.
    let last = Memo::new(move |before: Option<&Option<Window>>| {
        let is_empty = form.draft.with(|draft| draft.start_text.is_empty() && draft.end_text.is_empty());
        window.get().or_else(|| before.copied().flatten().filter(|_| !is_empty))
    });
    let has_window = Memo::new(move |_| last.get().is_some());
    let is_old = Memo::new(move |_| window.get().is_none());
    let is_set_aside = Memo::new(move |_| is_old.get() || block.get().is_some());
    let surroundings = around.run(job.into());
    let without_job = Signal::derive(move || job.with(Option::is_none).then_some(words::NEAR_WITHOUT_JOB));
    let of_job = Signal::derive(move || job.with(Option::is_some).then(|| surroundings.get()));
    let quiet = RwSignal::new(stored_quiet());
    let body = move || {
        if !has_window.get() {
            return view! { <p class="hint">{words::STRIP_EMPTY}</p> }.into_any();
        }
        view! {
            <div class="planning-body" class:stale=move || is_set_aside.get() inert=move || is_set_aside.get()>
                <WindowStrip label=words::STRIP window=last.into() surroundings=surroundings quiet=quiet known_runs=known_runs without_job=without_job />
                <FreeSlots form=form job=job.into() window=last.into() surroundings=of_job known_runs=known_runs quiet=quiet.into() />
            </div>
        }
        .into_any()
    };
    view! {
        <section class="planning card" aria-labelledby="planning-title">
            <div class="card-head">
                <h2 id="planning-title">{words::STRIP}</h2>
                <span class="hint">{move || words::times_in(settings.zone().name())}</span>
            </div>
            {body}
            <div class="planning-folds">
                <QuietHoursChoice quiet=quiet />
                <PinnedZones window=last.into() is_old=is_old.into() name=Signal::derive(move || form.draft.with(|draft| draft.name.clone())) />
            </div>
        </section>
    }
}
