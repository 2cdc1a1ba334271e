//! The query field.

use super::suggest_list::{LIST, Offer, SuggestList};
use crate::address::Address;
use crate::components::shared::{Icon, IconName};
use crate::context::use_ui;
use crate::state::list::ListHandle;
use crate::text::{list as words, query};
use leptos::prelude::*;
use runboard_core::run::RunId;

/// The one text that holds every filter. It completes keys and values that were seen, and leads from a run's id to the run.
#[component]
pub fn SearchBox(
    /// The list
    list: ListHandle,
    /// The text
    q: Signal<String>,
    /// The person typed
    on_query: Callback<String>,
) -> impl IntoView {
    let ui = use_ui();
    let slot = NodeRef::<leptos::html::Input>::new();
    let offer = Offer::new(slot, list, on_query);
    let known = Memo::new(move |_| {
        let id = q.with(|q| RunId::new(q.trim()));
        list.track_run(&id).map(|run| run.id.clone())
    });
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if let Some(id) = known.get_untracked() {
            ui.navigation.go(&Address::Run { id });
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
        offer.look_soon();
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
                    aria-activedescendant=move || offer.active_id()
                    node_ref=slot
                    prop:value=move || q.get()
                    on:input=typed
                    on:keydown=move |event| offer.key(&event)
                    on:blur=move |_| offer.close()
                />
                <SuggestList offer=offer />
            </span>
            {link}
        </form>
    }
}
