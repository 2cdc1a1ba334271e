//! A run's state.

use crate::context::use_ui;
use crate::text::status;
use leptos::prelude::*;
use runboard_core::run::Run;
use runboard_core::run_state::{RunState, StateNote};
use std::sync::Arc;

/// The state of a run by the API's clock, and beside it what the state alone would hide. The tooltip has the API's own word.
#[component]
pub fn StateBadge(
    /// The run
    #[prop(into)]
    run: Signal<Arc<Run>>,
) -> impl IntoView {
    let clock = use_ui().clock;
    let state = Memo::new(move |_| {
        let now = clock.tick();
        run.with(|run| RunState::of(run, now))
    });
    let note = Memo::new(move |_| {
        let now = clock.tick();
        run.with(|run| StateNote::of(run, now)).map(|note| status::note(&note))
    });
    let title = Memo::new(move |_| run.with(|run| status::api_status(run.status.as_ref())));
    view! {
        <span class="status" title=move || title.get()>
            <span class="badge" data-state=move || state.get().word()>
                {move || status::state(state.get())}
            </span>
            {move || note.get().map(|note| view! { " " <span class="state-note">{note}</span> })}
        </span>
    }
}
