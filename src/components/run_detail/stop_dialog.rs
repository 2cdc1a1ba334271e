//! The question before a stop.

use super::super::ui;
use crate::browser::dialog;
use crate::dom::{Node, Slot, component, tracked, view};
use crate::reactive::{Memo, RwSignal, Signal, effect};
use crate::text::stop as words;
use leptos::prelude::*;
use runboard_core::phase::{Elapsed, Phase};
use runboard_core::run::{Run, Status};
use runboard_core::time::print::Precision;
use std::sync::Arc;

/// A real modal: names the run and the environment, says what is left of the window and what stopping does not undo. Escape and
/// the first button keep the run.
#[component]
pub fn StopDialog(
    /// The run
    run: Signal<Arc<Run>>,
    /// Its phase
    phase: Memo<Phase>,
    /// Whether it is open
    open: RwSignal<bool>,
    /// The person confirmed
    on_stop: Callback<Option<Status>>,
) -> Node {
    let ui = ui();
    let node = Slot::<web_sys::HtmlDialogElement>::new();
    let environment = ui.config.get().environment.clone();
    effect(move || {
        let Some(node) = node.get() else { return };
        if open.get() { dialog::open(&node) } else { dialog::close(&node) }
    });
    let confirm = move |_| {
        // Closing first: a second activation finds no dialog.
        if open.get_untracked() {
            open.set(false);
            on_stop.run(run.with_untracked(|run| run.status.clone()));
        }
    };
    // The browser tells of a closing in its own time: by then the person may have opened it again.
    let closed = move |_| {
        if node.get().is_none_or(|node| !node.open()) {
            open.set(false);
        }
    };
    let left = move || {
        let now = ui.clock.tick();
        let elapsed = run.with(|run| Elapsed::of(run, now))?;
        let (start, end) = run.with(|run| run.start_at.zip(run.end_at))?;
        let print = |at| ui.settings.print(at, Precision::Seconds);
        Some(if elapsed.until_start.millis() > 0 {
            words::opens(&elapsed.until_start.words(), &print(start))
        } else {
            words::left(&elapsed.until_end.words(), &print(end))
        })
    };
    let consequence =
        move || if phase.get() == Phase::Upcoming { words::CONSEQUENCE_UPCOMING } else { words::CONSEQUENCE };
    view! {
        <dialog
            class="dialog"
            aria-labelledby="stop-question"
            aria-describedby="stop-facts"
            node_ref=node
            on:close=closed
        >
            <h2 id="stop-question">{words::QUESTION}</h2>
            <div id="stop-facts">
                <p class="dialog-name">
                    <bdi>{tracked(move || run.with(|run| run.name.to_string()))}</bdi>
                </p>
                {environment.map(|name| view! { <p class="dialog-environment"><bdi>{words::environment(&name)}</bdi></p> })}
                <p>{tracked(left)}</p>
                <p>{tracked(consequence)}</p>
            </div>
            <div class="dialog-actions">
                <button type="button" class="button" autofocus=true on:click=move |_| open.set(false)>{words::KEEP}</button>
                <button type="button" class="button danger" on:click=confirm>{words::CONFIRM}</button>
            </div>
        </dialog>
    }
}
