//! What can be done with several runs.

use super::super::{Icon, IconName, ui};
use super::arrivals::Shown;
use super::{Listing, digits, listing};
use crate::dom::{Node, component, tracked, view};
use crate::gates;
use crate::reactive::{Memo, effect, memo, on_change};
use crate::store::Store;
use crate::text::bulk as words;
use leptos::prelude::*;
use runboard_core::policy::bulk::MOST;
use runboard_core::run::RunId;

/// How many runs are selected and how many of them are not listed; selects what is listed now, nothing, or asks to stop them.
#[component]
pub fn SelectionBar(
    /// All runs
    store: Store,
    /// Which are listed
    listing: Memo<Listing>,
    /// Which of them are shown
    shown: Memo<Shown>,
    /// The person wants these to be stopped
    on_stop: Callback<Vec<RunId>>,
) -> Node {
    let ui = ui();
    let selection = ui.selection;
    // Runs that are gone cannot be stopped; no other ever leaves or enters by itself.
    effect(move || {
        store.revision();
        let gone = selection.with_untracked(|selection| selection.ids().iter().any(|id| store.get(id).is_none()));
        if gone {
            selection.update(|selection| {
                selection.keep(&|id| store.get(id).is_some());
            });
        }
    });
    let count = memo(move || selection.with(|selection| selection.ids().len()));
    let hidden = move |_: &Listing| selection.with(|selection| shown.with(|shown| selection.hidden(&shown.ids)));
    let hidden = listing::settled(listing, hidden);
    let listed = listing::settled(listing, move |_| shown.with(|shown| shown.ids.len()));
    let any = memo(move || count.get() > 0);
    on_change(move || count.get(), move |_, _| ui.announcer.say(&said(count, hidden)));
    let all = move || {
        (listed.get() > 0).then(|| {
            // Only what the button says: the number of before may still stand on it.
            let add = move |_| if listing::settle(listing, listed) {
                shown.with_untracked(|shown| selection.update(|selection| selection.add(&shown.ids)));
            };
            view! { <button type="button" class="button quiet small" on:click=add>{tracked(move || words::select_all(&digits(listed.get())))}</button> }
        })
    };
    let chosen = move || any.get().then(|| ui.rest.behind(move || gates::selected(count, hidden, on_stop)));
    view! {
        <div class="selection" class:chosen=tracked(move || any.get()) role="group" aria-label=words::SELECTION>
            {tracked(chosen)}
            {tracked(all)}
        </div>
    }
}

fn said(count: Memo<usize>, hidden: Memo<usize>) -> String {
    let hidden = Some(hidden.get()).filter(|hidden| *hidden > 0).map(digits);
    words::selected(&digits(count.get()), hidden.as_deref())
}

/// What can be done with the selected runs.
pub(crate) fn chosen(count: Memo<usize>, hidden: Memo<usize>, on_stop: Callback<Vec<RunId>>) -> Node {
    let selection = ui().selection;
    let stop = move |_| on_stop.run(selection.with_untracked(|selection| selection.ids().to_vec()));
    let too_many = memo(move || count.get() > MOST);
    view! {
        <span class="selection-count">{tracked(move || said(count, hidden))}</span>
        <button type="button" class="button quiet small" on:click=move |_| selection.update(|selection| selection.clear())>{words::CLEAR}</button>
        <button type="button" class="button danger small" disabled=tracked(move || too_many.get()) on:click=stop>
            <Icon name=IconName::Stop />
            {tracked(move || words::stop(&digits(count.get())))}
        </button>
        {tracked(move || too_many.get().then(|| view! { <span class="hint">{words::too_many(&digits(MOST))}</span> }))}
    }
}
