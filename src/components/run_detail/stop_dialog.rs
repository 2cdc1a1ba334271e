//! The dialog that confirms a stop.

use crate::browser::{dialog, focus};
use crate::context::use_ui;
use crate::text::summary::known_counts;
use crate::text::{problem, stop as words};
use leptos::prelude::*;
use runboard_core::policy::stop::{Freshness, StopState};
use runboard_core::run::Run;
use runboard_core::run_state::has_not_started;
use runboard_core::window::WindowProgress;
use std::sync::Arc;

/// A modal dialog with the run's name and environment, the rest of its window, the counts so far, and what stopping does not
/// undo. It can be confirmed once the run has been read again. Escape and the first button keep the run.
#[component]
pub fn StopDialog(
    /// The run as the page knows it
    run: Signal<Arc<Run>>,
    /// The state of stopping it, with the run as the dialog has read it
    stop_state: Signal<StopState>,
    /// Called to close the dialog and keep the run
    on_keep_running: Callback<()>,
    /// Called when the stop is confirmed
    on_confirm_stop: Callback<()>,
) -> impl IntoView {
    let ui = use_ui();
    let node = NodeRef::<leptos::html::Dialog>::new();
    let environment = ui.config.get().environment.as_deref().map(|name| {
        view! { <p class="dialog-environment">{words::ENVIRONMENT} " " <bdi>{name.to_owned()}</bdi></p> }
    });
    let open = Memo::new(move |_| stop_state.with(|stop_state| stop_state.dialog().is_some()));
    Effect::new(move |_| {
        let Some(node) = node.get() else { return };
        if open.get() { dialog::open(&node) } else { dialog::close(&node) }
    });
    // `close` fires late: the dialog may be open again, or the page may have been left, by then.
    let on_close = move |_: web_sys::Event| {
        if open.try_get_untracked() == Some(true) && node.get().is_none_or(|node| !node.open()) {
            on_keep_running.run(());
        }
    };
    // The second click of a double click finds the dialog closed.
    let confirm = move |_| {
        if open.get_untracked() {
            on_confirm_stop.run(());
            // The dialog gives the focus back to "Stop run", which is disabled now.
            request_animation_frame(|| {
                if focus::is_lost() {
                    focus::first("#run-actions");
                }
            });
        }
    };
    let dialog_state = move || stop_state.with(|stop_state| stop_state.dialog().cloned());
    let name = Memo::new(move |_| match dialog_state() {
        Some(dialog) => dialog.run.name.to_string(),
        None => run.with(|run| run.name.to_string()),
    });
    let time_left = move || {
        let now = ui.clock.tick();
        let run = dialog_state()?.run;
        let window = run.window()?;
        let progress = WindowProgress::of(window, now);
        let print = |at| ui.settings.print(at);
        Some(if progress.until_start.millis() > 0 {
            words::opens_in(&progress.until_start.words(), &print(window.start))
        } else if progress.until_end.millis() > 0 {
            words::time_left(&progress.until_end.words(), &print(window.end))
        } else {
            words::past_end(&progress.until_end.words(), &print(window.end))
        })
    };
    let counts = Memo::new(move |_| {
        let counts = dialog_state().and_then(|dialog| known_counts(dialog.counts.as_ref()));
        counts.map_or_else(String::new, |counts| words::counts_so_far(&counts))
    });
    let freshness = Memo::new(move |_| match dialog_state().map(|dialog| dialog.freshness) {
        None => String::new(),
        Some(Freshness::Loading) => words::READING_RUN.to_owned(),
        Some(Freshness::Fresh) => words::RUN_IS_CURRENT.to_owned(),
        Some(Freshness::TimedOut) => words::READ_IS_SLOW.to_owned(),
        Some(Freshness::Failed(why)) => words::read_failed(&problem::description(&why)),
    });
    let may_confirm = Memo::new(move |_| stop_state.with(StopState::may_confirm));
    // By the run that the dialog has read: the page may still show an older one.
    let not_started = Memo::new(move |_| {
        let now = ui.clock.tick();
        match dialog_state() {
            Some(dialog) => has_not_started(&dialog.run, now),
            None => run.with(|run| has_not_started(run, now)),
        }
    });
    let consequence = move || if not_started.get() { words::CONSEQUENCE_UPCOMING } else { words::CONSEQUENCE };
    view! {
        <dialog
            class="dialog"
            aria-labelledby="stop-question"
            aria-describedby="stop-facts"
            node_ref=node
            on:cancel=move |_: web_sys::Event| on_keep_running.run(())
            on:close=on_close
        >
            <h2 id="stop-question">{words::DIALOG_TITLE}</h2>
            <div id="stop-facts">
                <p class="dialog-name">
                    <bdi>{move || name.get()}</bdi>
                </p>
                {environment}
                <p>{time_left}</p>
                <p>{move || counts.get()}</p>
                <p>{consequence}</p>
                <p class="hint" role="status">{move || freshness.get()}</p>
            </div>
            <div class="dialog-actions">
                <button type="button" class="button" data-first="" on:click=move |_| on_keep_running.run(())>
                    {move || if not_started.get() { words::KEEP_UPCOMING } else { words::KEEP_RUNNING }}
                </button>
                <button
                    type="button"
                    class="button danger"
                    disabled=move || !may_confirm.get()
                    on:click=confirm
                >
                    {words::CONFIRM}
                </button>
            </div>
        </dialog>
    }
}
