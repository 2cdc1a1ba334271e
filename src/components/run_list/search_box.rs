//! The query field.

use super::super::{Icon, IconName};
use crate::dom::{Node, component, tracked, view};
use crate::reactive::Signal;
use crate::text::list as words;
use leptos::prelude::*;

/// The one text that holds every filter.
#[component]
pub fn SearchBox(
    /// The text
    q: Signal<String>,
    /// The person typed
    on_query: Callback<String>,
) -> Node {
    view! {
        <form class="search" role="search" on:submit=|event: web_sys::Event| event.prevent_default()>
            <label for="search">{words::SEARCH}</label>
            <span class="search-box">
                <Icon name=IconName::Search />
                <input
                    id="search"
                    type="search"
                    placeholder=words::SEARCH_HINT
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=tracked(move || q.get())
                    on:input=move |event| on_query.run(event_target_value(&event))
                />
            </span>
        </form>
    }
}
