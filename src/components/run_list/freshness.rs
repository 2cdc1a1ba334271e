//! How recent the list is.

use super::ListState;
use crate::browser::number;
use crate::context::use_ui;
use crate::text::list as words;
use leptos::prelude::*;

/// When the list was read or, while it is being read, how many of its runs have arrived.
#[component]
pub(super) fn Freshness(
    /// How complete and how recent the list is
    state: Signal<ListState>,
    /// Called to read no further pages
    on_stop_loading: Callback<()>,
) -> impl IntoView {
    let progress = ListState::memo_of(state, |state| ListState { reading: state.reading, ..ListState::default() });
    let reading = Memo::new(move |_| progress.with(|state| state.reading.is_some()));
    let times = ListState::memo_of(state, |state| {
        let (as_of, newest) = (state.as_of, state.newest);
        ListState { as_of, newest, ..ListState::default() }
    });
    let progress_text = move || {
        let (read, total) = progress.with(|state| state.reading).unwrap_or_default();
        words::loading_progress(&number::count(read), total.map(number::group).as_deref())
    };
    let ui = use_ui();
    let clock = move |at| ui.settings.print_clock(at);
    let ages = move |all, newest| words::ages(&clock(all), &clock(newest));
    move || {
        match (reading.get(), times.with(|state| (state.as_of, state.newest))) {
        (true, _) => view! {
            <span class="as-of" role="status">{progress_text}</span>
            <button type="button" class="button quiet small" on:click=move |_| on_stop_loading.run(())>
                {words::STOP_LOADING}
            </button>
        }
        .into_any(),
        (false, (Some(all), newest)) => view! {
            <span class="as-of" title=newest.map(|newest| ages(all, newest))>
                <span class="zone">{move || ui.settings.zone().name().to_owned()}</span>
                " "
                <span class="updated">{words::UPDATED} " "</span> <time datetime=newest.unwrap_or(all).to_iso()>{clock(newest.unwrap_or(all))}</time>
            </span>
        }
        .into_any(),
        (false, (None, _)) => ().into_any(),
    }
    }
}
