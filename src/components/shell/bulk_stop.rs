//! Stopping several runs: the confirmation dialog and, on every page, the progress and results.

mod dialog;
mod report;

use crate::browser::focus;
use crate::context::use_ui;
use crate::text::bulk as words;
use dialog::BulkDialog;
use leptos::prelude::*;
use report::BulkReport;
use runboard_core::policy::bulk_stop::{BulkStopState, Event};

/// The dialog, and from its confirmation on a report until it is dismissed.
#[component]
pub fn BulkStop(
    /// The state of the bulk stop
    #[prop(into)]
    bulk_stop: Signal<BulkStopState>,
    /// Whether there is a token that the API has not refused
    #[prop(into)]
    signed_in: Signal<bool>,
    /// How many runs bulk stops of other tabs are about to stop
    #[prop(optional, into)]
    elsewhere: Signal<usize>,
    /// Called with each decision of the user
    #[prop(into)]
    on_event: Callback<Event>,
) -> impl IntoView {
    let (announcer, selection) = (use_ui().announcer, use_ui().selection);
    let busy = Memo::new(move |_| bulk_stop.with(BulkStopState::is_busy));
    // The start moves the focus to the report; the end is announced, since the user may be on another page by then.
    Effect::watch(
        move || busy.get(),
        move |busy, _, _| {
            if *busy {
                request_animation_frame(|| {
                    focus::first("#bulk-title");
                });
            } else {
                announcer.say(&bulk_stop.with_untracked(|bulk_stop| words::report_title(bulk_stop.entries(), false)));
            }
        },
        false,
    );
    // So that nobody stops the same run twice by mistake; what was not stopped stays selected.
    Effect::new(move |_| {
        bulk_stop.with(|bulk_stop| {
            if selection.with_untracked(|selection| selection.ids().iter().any(|id| bulk_stop.is_done(id))) {
                selection.update(|selection| {
                    selection.retain(&|id| !bulk_stop.is_done(id));
                });
            }
        });
    });
    view! {
        <BulkDialog bulk_stop=bulk_stop elsewhere=elsewhere on_event=on_event />
        <BulkReport bulk_stop=bulk_stop signed_in=signed_in on_event=on_event />
    }
}
