//! Stopping several runs: the question, and what became of it, told wherever the person is.

mod dialog;
mod report;

use crate::browser::focus;
use crate::context::use_ui;
use crate::text::bulk as words;
use dialog::BulkDialog;
use leptos::prelude::*;
use report::BulkReport;
use runboard_core::list::selection::Selection;
use runboard_core::policy::bulk_stop::{BulkStopState, Event};

/// The dialog while it is open, and the results from then on until they are put away.
#[component]
pub fn BulkStop(
    /// Where it stands
    #[prop(into)]
    bulk: Signal<BulkStopState>,
    /// Whether there is a token that the API has not refused
    #[prop(into)]
    signed_in: Signal<bool>,
    /// The person decided
    #[prop(into)]
    on_event: Callback<Event>,
) -> impl IntoView {
    let (announcer, selection) = (use_ui().announcer, use_ui().selection);
    let busy = Memo::new(move |_| bulk.with(BulkStopState::is_busy));
    // Who confirmed is shown what comes of it; who is elsewhere when it ends is told.
    Effect::watch(
        move || busy.get(),
        move |busy, _, _| {
            if *busy {
                // What was selected for this is used up: nobody asks for the same twice by mistake.
                selection.update(Selection::clear);
                request_animation_frame(|| {
                    focus::first("#bulk-title");
                });
            } else {
                announcer.say(&bulk.with_untracked(|bulk| words::counts(bulk.entries())));
            }
        },
        false,
    );
    view! {
        <BulkDialog bulk=bulk on_event=on_event />
        <BulkReport bulk=bulk signed_in=signed_in on_event=on_event />
    }
}
