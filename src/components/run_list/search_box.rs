//! The query field.

use super::super::{Icon, IconName, ui};
use super::Listing;
use super::suggest_list::{LIST, Offer};
use crate::dom::{Node, Slot, component, tracked, view};
use crate::gates;
use crate::reactive::{Memo, Signal, memo};
use crate::route::Address;
use crate::store::Store;
use crate::text::{list as words, query};
use leptos::prelude::*;
use runboard_core::run::RunId;
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
    let offer = Offer::new(slot, store, listing, on_query);
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
        ui.rest.then(move || gates::suggest(offer));
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
                    on:keydown=move |event: web_sys::Event| {
                        if ui.rest.is_here() {
                            gates::key_in_search(offer, &event);
                        }
                    }
                    on:blur=move |_| offer.close()
                />
                {tracked(move || ui.rest.here().then(|| gates::suggestions(offer)))}
            </span>
            {tracked(link)}
        </form>
    }
}
