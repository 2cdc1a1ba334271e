//! The query field.

use super::super::{Icon, IconName, ui};
use super::Listing;
use super::suggest_list::{LIST, Offer, SuggestList};
use crate::dom::{Node, Slot, component, tracked, view};
use crate::reactive::{Memo, Signal, memo};
use crate::route::Address;
use crate::store::Store;
use crate::text::{list as words, query};
use leptos::prelude::*;
use runboard_core::phase::Phase;
use runboard_core::query::{Seen, suggest};
use runboard_core::run::{JobId, RunId};
use web_sys::HtmlInputElement;

/// The one text that holds every filter. It completes keys and values that were seen, and leads from a run's id to the run.
#[component]
pub fn SearchBox(
    /// All runs
    store: Store,
    /// What is listed
    listing: Memo<Listing>,
    /// The text
    q: Signal<String>,
    /// The person typed
    on_query: Callback<String>,
) -> Node {
    let ui = ui();
    let slot = Slot::<HtmlInputElement>::new();
    let seen = move |key: &str| -> Vec<Seen> {
        let plain = |value: String, count: usize| Seen { value, label: None, count };
        match key {
            "job" => {
                let jobs = untrack(|| Listing::jobs_counted(store)).into_iter();
                jobs.map(|(job, count)| Seen { label: ui.config.job_label(&JobId::new(&job)), value: job, count })
                    .collect()
            }
            "status" => listing.with_untracked(|listing| {
                listing.counts.statuses.iter().map(|(word, count)| plain(word.clone(), *count)).collect()
            }),
            _ => listing.with_untracked(|listing| {
                let count = |phase: &Phase| listing.counts.phases.iter().find(|(of, _)| of == phase);
                Phase::ALL
                    .iter()
                    .map(|phase| plain(phase.word().to_owned(), count(phase).map_or(0, |(_, count)| *count)))
                    .collect()
            }),
        }
    };
    let suggest = Callback::new(move |(text, caret): (String, usize)| suggest(&text, caret, &seen));
    let offer = Offer::new(slot, suggest, on_query);
    let known = memo(move || {
        let id = q.with(|q| RunId::new(q.trim()));
        store.track(&id).map(|run| run.id.clone())
    });
    let submit = move |event: web_sys::Event| {
        event.prevent_default();
        if let Some(id) = known.get_untracked() {
            ui.router.go(&Address::Run { id });
        }
    };
    let link = move || {
        known.get().map(|id| {
            let said = query::open_run(id.as_str());
            view! { <a class="open-run" href=Address::Run { id }.href()><bdi>{said}</bdi></a> }
        })
    };
    let typed = move |event: web_sys::Event| {
        on_query.run(event_target_value(&event));
        offer.look();
    };
    view! {
        <form class="search" role="search" on:submit=submit>
            <label for="search">{words::SEARCH}</label>
            <span class="search-box">
                <Icon name=IconName::Search />
                // The role of a search field stays; what it lacks of a combobox is said by the status beside the list.
                <input
                    id="search"
                    type="search"
                    placeholder=words::SEARCH_HINT
                    autocomplete="off"
                    spellcheck="false"
                    aria-autocomplete="list"
                    aria-controls=LIST
                    aria-activedescendant=tracked(move || offer.active_id())
                    node_ref=slot
                    prop:value=tracked(move || q.get())
                    on:input=typed
                    on:keydown=move |event: web_sys::Event| offer.key(&event)
                    on:blur=move |_| offer.close()
                />
                <SuggestList offer=offer />
            </span>
            {tracked(link)}
        </form>
    }
}
