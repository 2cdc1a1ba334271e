//! What can be done with several runs.

use crate::browser::number;
use crate::components::shared::{Icon, IconName};
use crate::context::use_ui;
use crate::state::list::ShownRows;
use crate::state::list::{ListHandle, Listing};
use crate::text::bulk as words;
use leptos::prelude::*;
use runboard_core::policy::bulk_stop::MAX_RUNS;
use runboard_core::run::RunId;

/// How many runs are selected and how many of them are not listed; selects what is listed now, nothing, or asks to stop them.
#[component]
pub fn SelectionBar(
    /// The list
    list: ListHandle,
    /// Which of them are shown
    shown: Memo<ShownRows>,
    /// The person wants these to be stopped
    on_stop: Callback<Vec<RunId>>,
) -> impl IntoView {
    let ui = use_ui();
    let selection = ui.selection;
    // Runs that are gone cannot be stopped; no other ever leaves or enters by itself.
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
    let hidden = move |_: &Listing| selection.with(|selection| shown.with(|shown| selection.hidden_count(&shown.ids)));
    let hidden = list.derive_settled(hidden);
    let listed = list.derive_settled(move |_| shown.with(|shown| shown.ids.len()));
    let any = Memo::new(move |_| count.get() > 0);
    Effect::watch(move || count.get(), move |_, _, _| ui.announcer.say(&said(count, hidden)), false);
    let all = move || {
        (listed.get() > 0).then(|| {
            // Only what the button says: the number of before may still stand on it.
            let add = move |_| if list.finish_search(listed) {
                shown.with_untracked(|shown| selection.update(|selection| selection.add(&shown.ids)));
            };
            view! { <button type="button" class="button quiet small" on:click=add>{move || words::select_all(&number::count(listed.get()))}</button> }
        })
    };
    let chosen = move || any.get().then(|| view! { <Selected count=count hidden=hidden on_stop=on_stop /> });
    view! {
        <div class="selection" class:chosen=move || any.get() role="group" aria-label=words::SELECTION>
            {chosen}
            {all}
        </div>
    }
}

fn said(count: Memo<usize>, hidden: Memo<usize>) -> String {
    let hidden = Some(hidden.get()).filter(|hidden| *hidden > 0).map(number::count);
    words::selected(&number::count(count.get()), hidden.as_deref())
}

/// What can be done with the selected runs.
#[component]
fn Selected(count: Memo<usize>, hidden: Memo<usize>, on_stop: Callback<Vec<RunId>>) -> impl IntoView {
    let selection = use_ui().selection;
    let stop = move |_| on_stop.run(selection.with_untracked(|selection| selection.ids().to_vec()));
    let too_many = Memo::new(move |_| count.get() > MAX_RUNS);
    view! {
        <span class="selection-count">{move || said(count, hidden)}</span>
        <button type="button" class="button quiet small" on:click=move |_| selection.update(|selection| selection.clear())>{words::CLEAR_SELECTION}</button>
        <button type="button" class="button danger small" disabled=move || too_many.get() on:click=stop>
            <Icon name=IconName::Stop />
            {move || words::stop_button(&number::count(count.get()))}
        </button>
        {move || too_many.get().then(|| view! { <span class="hint">{words::too_many(&number::count(MAX_RUNS))}</span> })}
    }
}
