//! The button that shows runs that have arrived since.

use crate::browser::{number, table_rows};
use crate::context::use_ui;
use crate::text::list as words;
use leptos::prelude::*;

/// Adds runs that have arrived to the table on demand, so that no poll moves what someone is reading. Announces the first of
/// them.
#[component]
pub fn NewRunsButton(
    /// How many runs are not shown yet
    waiting: Memo<usize>,
    /// Incremented by each click
    show_new: RwSignal<u32>,
) -> impl IntoView {
    let announcer = use_ui().announcer;
    Effect::watch(
        move || waiting.get(),
        move |now, before, _| {
            if before == Some(&0) && *now > 0 {
                announcer.say(&words::new_runs_announcement(&number::count(*now)));
            }
        },
        false,
    );
    let any = Memo::new(move |_| waiting.get() > 0);
    let show = move |_| {
        show_new.update(|clicks| *clicks = clicks.wrapping_add(1));
        // The button goes.
        table_rows::focus_first_row();
    };
    view! {
        <div class="arrivals">
            <Show when=move || any.get()>
                <button type="button" class="button small" on:click=show>
                    {move || words::show_new(&number::count(waiting.get()))}
                </button>
            </Show>
        </div>
    }
}
