//! Actions on the selected runs.

use crate::browser::{focus, number};
use crate::components::shared::{Icon, IconName};
use crate::context::use_ui;
use crate::state::list::{ListHandle, ShownRows};
use crate::text::bulk as words;
use leptos::prelude::*;
use runboard_core::list::selection::Selection;
use runboard_core::policy::bulk_stop::MAX_RUNS;
use runboard_core::run::RunId;

/// Says how many runs are selected and how many of those are hidden by the query; clears the selection or stops it. Nothing while
/// none is selected.
#[component]
pub fn SelectionBar(
    /// The list engine
    list: ListHandle,
    /// Which runs are shown
    shown: Memo<ShownRows>,
    /// Called with the runs to stop; asks for confirmation first
    on_stop: Callback<Vec<RunId>>,
) -> impl IntoView {
    let ui = use_ui();
    let selection = ui.selection;
    // Only runs that no longer exist leave the selection by themselves.
    Effect::new(move |_| {
        list.revision();
        let gone = selection.with_untracked(|selection| selection.ids().iter().any(|id| list.run(id).is_none()));
        if gone {
            selection.update(|selection| {
                selection.retain(&|id| list.run(id).is_some());
            });
        }
    });
    let count = Memo::new(move |_| selection.with(|selection| selection.ids().len()));
    let hidden = list
        .derive_settled(move |_| selection.with(|selection| shown.with(|shown| selection.hidden_count(&shown.ids))));
    let any_selected = Memo::new(move |_| count.get() > 0);
    Effect::watch(move || count.get(), move |_, _, _| ui.announcer.say(&count_text(count, hidden)), false);
    view! {
        <div class="selection" class:chosen=move || any_selected.get() role="group" aria-label=words::SELECTION>
            <Show when=move || any_selected.get()>
                <SelectionActions count=count hidden=hidden on_stop=on_stop />
            </Show>
        </div>
    }
}

fn count_text(count: Memo<usize>, hidden: Memo<usize>) -> String {
    let hidden = Some(hidden.get()).filter(|hidden| *hidden > 0).map(number::count);
    words::selected(&number::count(count.get()), hidden.as_deref())
}

/// How many runs are selected, and buttons to clear the selection and to stop it.
#[component]
fn SelectionActions(count: Memo<usize>, hidden: Memo<usize>, on_stop: Callback<Vec<RunId>>) -> impl IntoView {
    let selection = use_ui().selection;
    let stop = move |_| {
        on_stop.run(selection.with_untracked(|selection| selection.ids().to_vec()));
        // While several runs are being stopped, no other dialog opens: the report says why.
        focus::first(".bulk[data-busy] h2");
    };
    let too_many = Memo::new(move |_| count.get() > MAX_RUNS);
    view! {
        <span class="selection-count">{move || count_text(count, hidden)}</span>
        <button type="button" class="button quiet small" on:click=move |_| selection.update(Selection::clear)>
            {words::CLEAR_SELECTION}
        </button>
        <button type="button" class="button danger small" disabled=move || too_many.get() on:click=stop>
            <Icon name=IconName::Stop />
            {move || words::stop_button(&number::count(count.get()))}
        </button>
        <Show when=move || too_many.get()>
            <span class="hint">{words::too_many(&number::count(MAX_RUNS))}</span>
        </Show>
    }
}
