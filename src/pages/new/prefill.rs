//! What the form is filled in with.

use crate::components::Prefill;
use crate::context::AppContext;
use leptos::prelude::*;
use leptos::task::spawn_local;
use runboard_core::draft::{Draft, NewRun, next_name};
use runboard_core::run::{Run, RunId};
use runboard_core::run_state::RunState;
use runboard_core::time::{Span, Timestamp};
use runboard_core::window::Window;
use runboard_core::window::shift::{ShiftTo, shift_window};

/// Which window the form starts with.
#[derive(Clone, Copy)]
pub(super) struct PrefillWindow {
    /// The run's own
    pub(super) is_kept: bool,
    /// One that was chosen on the timeline, in place of the run's own
    pub(super) planned: Option<Window>,
}

/// Fills the form in from a run, which is read unless the store has it. Its window is moved to the next days, or kept. If the form was typed into before, nothing is filled in.
pub(super) fn fill_from_run(
    app: AppContext,
    from: RunId,
    prefill: RwSignal<Prefill>,
    keep: PrefillWindow,
    was_typed: bool,
) {
    let keep_window = keep.is_kept;
    // Reading the run takes its place.
    let is_restored = prefill.get_untracked() == Prefill::Draft;
    let fill = move |run: &Run| {
        // Whoever comes back to the form of a run that was rescheduled already would schedule one too many.
        let state = RunState::of(run, app.ui.clock.now());
        let is_over = matches!(state, RunState::Completed | RunState::Failed | RunState::Stopped | RunState::Ended);
        let is_idle = app.actions.get_or_start().create.state().current().is_none();
        if keep_window && is_over && is_idle {
            prefill.try_set(Prefill::Over(run.name.to_string(), state));
            return;
        }
        if was_typed {
            if keep_window {
                let start = run.window().map(|window| window.start);
                app.actions.get_or_start().drafts.current().update(|draft| draft.replaced_start = start);
            }
            prefill.try_set(if is_restored { Prefill::Draft } else { Prefill::None });
            return;
        }
        let (mut draft, shifted) = draft_from_run(app, run, keep_window);
        if let Some(Window { start, end, .. }) = keep.planned {
            let zone = app.ui.settings.zone_untracked();
            draft.set_window(start, end, app.ui.clock.now(), &|at| zone.offset(at));
        }
        // Whole seconds: the milliseconds may be a fingerprint.
        let length = run.window().map(|window| Span::from_seconds(window.end.second() - window.start.second()));
        app.actions.get_or_start().drafts.prefill(draft);
        prefill.try_set(Prefill::FromRun {
            name: run.name.to_string(),
            length: length.filter(|_| !keep_window),
            shifted,
        });
    };
    if let Some(run) = app.store.get_untracked(&from) {
        fill(&run);
        return;
    }
    prefill.set(Prefill::Loading);
    // "Try again" calls this outside of any owner, so the read is not aborted when the page is left.
    spawn_local(async move {
        let outcome = app.api.read_run(&from).await;
        if prefill.is_disposed() {
            return;
        }
        match outcome {
            Ok(answer) => {
                app.store.put(answer.run.clone());
                fill(&answer.run);
            }
            Err(problem) => {
                prefill.try_set(if keep_window { Prefill::Failed(problem) } else { Prefill::Missing });
            }
        }
    });
}

/// A draft with the run's job, name, length and time of day, on the first day on which that is in the future; with `keep_window` on
/// the same day. Also returns whether a change of the clocks has shifted the time of day.
fn draft_from_run(app: AppContext, run: &Run, keep_window: bool) -> (Draft, bool) {
    let AppContext { ui, .. } = app;
    let zone = ui.settings.zone_untracked();
    let offset = |at| zone.offset(at);
    let job = run.job_id.as_ref().map(|job| job.as_str().to_owned()).unwrap_or_default();
    let mut draft = Draft { job_id: job.clone(), source_job: job, name: run.name.to_string(), ..Draft::default() };
    let now = ui.clock.now();
    let Some(Window { start, end, .. }) = run.window() else {
        if !keep_window {
            draft.name = free_name(app, run, None);
        }
        return (draft, false);
    };
    let window = match shift_window(start, end, now, ShiftTo::SameTimeOfDay, &offset).filter(|_| !keep_window) {
        Some(moved) => (moved.start_at, moved.end_at, moved.start_shifted || moved.end_shifted),
        None => (start, end, false),
    };
    let (start, end, shifted) = window;
    if keep_window || end > now {
        draft.set_window(start, end, now, &offset);
    }
    draft.replaced_start = keep_window.then_some(start);
    if !keep_window {
        draft.name = free_name(app, run, Some(start));
    }
    (draft, shifted)
}

/// A draft that asks for the same run again.
pub(super) fn draft_of_request(app: AppContext, run: &NewRun) -> Draft {
    let zone = app.ui.settings.zone_untracked();
    let mut draft = Draft { job_id: run.job_id.as_str().to_owned(), name: run.name.clone(), ..Draft::default() };
    draft.set_window(run.start_at, run.end_at, app.ui.clock.now(), &|at| zone.offset(at));
    draft
}

/// The name for a run that repeats another: the next one that no run has.
fn free_name(app: AppContext, run: &Run, start: Option<Timestamp>) -> String {
    let zone = app.ui.settings.zone_untracked();
    let names: Vec<_> = untrack(|| app.store.with_all(|runs| runs.iter().map(|run| run.name.clone()).collect()));
    let is_taken = |name: &str| *name == *run.name || names.iter().any(|taken| **taken == *name);
    next_name(&run.name, start, &|at| zone.offset(at), &is_taken)
}
