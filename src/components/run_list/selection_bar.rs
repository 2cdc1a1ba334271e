//! Actions on the selected runs.

use crate::browser::{focus, number};
use crate::components::shared::{Icon, IconName};
use crate::context::use_ui;
use crate::state::list::{ListHandle, ShownRows};
use crate::text::bulk as words;
use leptos::prelude::*;
use runboard_core::list::selection::Selection;
use runboard_core::policy::bulk_stop::MAX_RUNS;
use runboard_core::query;
use runboard_core::run::RunId;

/// Says how many runs are selected and how many of those are hidden by the query; clears the selection or stops it. Nothing while
/// none is selected.
#[component]
pub fn SelectionBar(
    /// The list engine
    list: ListHandle,
    /// Which runs are shown
    shown: Memo<ShownRows>,
    /// Called with the query that lists the selected runs
    on_query: Callback<String>,
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
                <SelectionActions count=count hidden=hidden on_query=on_query on_stop=on_stop />
            </Show>
        </div>
    }
}

/// The most runs that a query names: it is part of the address, and servers refuse long ones.
const MAX_NAMED: usize = 100;

fn count_text(count: Memo<usize>, hidden: Memo<usize>) -> String {
    let hidden = Some(hidden.get()).filter(|hidden| *hidden > 0).map(number::count);
    words::selected(&number::count(count.get()), hidden.as_deref())
}

/// How many runs are selected, and buttons to list those that are hidden, to clear the selection and to stop it.
#[component]
fn SelectionActions(
    count: Memo<usize>,
    hidden: Memo<usize>,
    on_query: Callback<String>,
    on_stop: Callback<Vec<RunId>>,
) -> impl IntoView {
    let selection = use_ui().selection;
    let show = move |_| {
        let ids: Vec<String> =
            selection.with_untracked(|selection| selection.ids().iter().map(|id| id.as_str().to_owned()).collect());
        let can_name = ids.len() <= MAX_NAMED;
        on_query.run(if can_name { query::set_values("", "id", &ids) } else { String::new() });
        focus::first(".selection .clear");
    };
    let clear = move |_| {
        selection.update(Selection::clear);
        // The bar goes, and the button with it.
        if !focus::first(".runs thead .select") {
            focus::first("#search");
        }
    };
    let stop = move |_| {
        on_stop.run(selection.with_untracked(|selection| selection.ids().to_vec()));
        // While several runs are being stopped, no other dialog opens: the report says why.
        focus::first(".bulk[data-busy] h2");
    };
    let too_many = Memo::new(move |_| count.get() > MAX_RUNS);
    view! {
        <span class="selection-count">{move || count_text(count, hidden)}</span>
        <Show when=move || { hidden.get() > 0 }>
            <button type="button" class="button quiet small" on:click=show>
                {words::SHOW_SELECTED}
            </button>
        </Show>
        <button type="button" class="button quiet small clear" on:click=clear>
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
