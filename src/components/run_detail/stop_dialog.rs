//! The question before a stop.

use crate::browser::dialog;
use crate::context::use_ui;
use crate::text::summary::counts_line;
use crate::text::{problem, stop as words};
use leptos::prelude::*;
use runboard_core::phase::Phase;
use runboard_core::policy::stop::{DialogState, Freshness, StopState};
use runboard_core::run::Run;
use runboard_core::time::print::Precision;
use runboard_core::window::WindowProgress;
use std::sync::Arc;

/// A real modal: reads the run first, names it and the environment, says what is left of the window, the counts so far and what
/// stopping does not undo. Escape and the first button keep the run.
#[component]
pub fn StopDialog(
    /// The run, until the dialog has read it again
    run: Signal<Arc<Run>>,
    /// Its phase
    phase: Memo<Phase>,
    /// Where its stop stands
    stopping: Signal<StopState>,
    /// The person keeps it running
    on_keep: Callback<()>,
    /// The person confirmed
    on_stop: Callback<()>,
) -> impl IntoView {
    let ui = use_ui();
    let node = NodeRef::<leptos::html::Dialog>::new();
    let environment = ui.config.get().environment.clone();
    let open = Memo::new(move |_| stopping.with(|stopping| stopping.dialog().is_some()));
    Effect::new(move |_| {
        let Some(node) = node.get() else { return };
        if open.get() { dialog::open(&node) } else { dialog::close(&node) }
    });
    // The browser tells of a closing in its own time: by then the person may have opened it again, or the page may have gone.
    let closed = move |_: web_sys::Event| {
        if open.try_get_untracked() == Some(true) && node.get().is_none_or(|node| !node.open()) {
            on_keep.run(());
        }
    };
    // A second activation finds no question that is still open.
    let confirm = move |_| {
        if open.get_untracked() {
            on_stop.run(());
        }
    };
    let asking = move || stopping.with(|stopping| stopping.dialog().cloned());
    let name = Memo::new(move |_| match asking() {
        Some(asking) => asking.run.name.to_string(),
        None => run.with(|run| run.name.to_string()),
    });
    let left = move || {
        let now = ui.clock.tick();
        let run = asking()?.run;
        let elapsed = WindowProgress::of(&run, now)?;
        let (start, end) = run.start_at.zip(run.end_at)?;
        let print = |at| ui.settings.print(at, Precision::Seconds);
        Some(if elapsed.until_start.millis() > 0 {
            words::opens_in(&elapsed.until_start.words(), &print(start))
        } else {
            words::time_left(&elapsed.until_end.words(), &print(end))
        })
    };
    let counts = Memo::new(move |_| {
        let counts = asking().and_then(|asking| asking.counts);
        counts.map_or_else(String::new, |counts| words::counts_so_far(&counts_line(Some(&counts))))
    });
    let freshness = Memo::new(move |_| match asking().map(|DialogState { freshness, .. }| freshness) {
        None => String::new(),
        Some(Freshness::Loading) => words::READING_RUN.to_owned(),
        Some(Freshness::Fresh) => words::RUN_IS_CURRENT.to_owned(),
        Some(Freshness::TimedOut) => words::READ_IS_SLOW.to_owned(),
        Some(Freshness::Failed(why)) => words::read_failed(&problem::description(&why)),
    });
    let may_confirm = Memo::new(move |_| stopping.with(StopState::may_confirm));
    let consequence =
        move || if phase.get() == Phase::Upcoming { words::CONSEQUENCE_UPCOMING } else { words::CONSEQUENCE };
    view! {
        <dialog
            class="dialog"
            aria-labelledby="stop-question"
            aria-describedby="stop-facts"
            node_ref=node
            on:cancel=move |_: web_sys::Event| on_keep.run(())
            on:close=closed
        >
            <h2 id="stop-question">{words::DIALOG_TITLE}</h2>
            <div id="stop-facts">
                <p class="dialog-name">
                    <bdi>{move || name.get()}</bdi>
                </p>
                {environment.map(|name| view! { <p class="dialog-environment"><bdi>{words::environment(&name)}</bdi></p> })}
                <p>{left}</p>
                <p>{move || counts.get()}</p>
                <p>{consequence}</p>
                <p class="hint" role="status">{move || freshness.get()}</p>
            </div>
            <div class="dialog-actions">
                <button type="button" class="button" data-first="" on:click=move |_| on_keep.run(())>{words::KEEP_RUNNING}</button>
                <button type="button" class="button danger" disabled=move || !may_confirm.get() on:click=confirm>{words::CONFIRM}</button>
            </div>
        </dialog>
    }
}
