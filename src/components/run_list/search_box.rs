//! The search field.

use super::autocomplete::Autocomplete;
use super::suggestion_list::{LIST_ID, option_id, suggestion_options};
use crate::address::Address;
use crate::browser::number;
use crate::components::shared::{Icon, IconName, LazyView};
use crate::context::use_ui;
use crate::state::list::ListHandle;
use crate::text::{list as words, query};
use leptos::prelude::*;
use runboard_core::clean;
use runboard_core::query::pasted_run;
use runboard_core::run::RunId;

/// The query, which holds every filter. The field completes fields and known values, and Enter on a run's id or address opens the
/// run.
#[component]
pub fn SearchBox(
    /// The list engine
    list: ListHandle,
    /// The query
    q: Signal<String>,
    /// Called with each new query
    on_query: Callback<String>,
) -> impl IntoView {
    let ui = use_ui();
    let field = NodeRef::<leptos::html::Input>::new();
    let autocomplete = Autocomplete::new(field, list, on_query);
    let run_with_id = Memo::new(move |_| {
        let (typed, meant) = q.with(|q| (RunId::new(q.trim()), RunId::new(&clean::id(q))));
        let pasted = q.with(|q| pasted_run(q)).and_then(|id| list.run(&id));
        pasted.or_else(|| list.run(&typed)).or_else(|| list.run(&meant)).map(|run| run.id.clone())
    });
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if let Some(id) = run_with_id.get_untracked() {
            ui.navigation.go(&Address::Run { id });
        }
    };
    let link = move || {
        run_with_id.get().map(|id| {
            let label = query::open_run(id.as_str());
            view! { <a class="open-run" href=Address::Run { id }.href()>{label}</a> }
        })
    };
    let suggestions = autocomplete.suggestions();
    let has_suggested = Memo::new(move |before| before == Some(&true) || suggestions.with(Option::is_some));
    let suggestion_count = move || {
        let count = suggestions.with(|suggestions| suggestions.as_ref().map(|suggestions| suggestions.items.len()));
        count.map(|count| query::suggestion_count(&number::count(count)))
    };
    let on_input = move |event: web_sys::Event| {
        on_query.run(event_target_value(&event));
        autocomplete.update_after_paint();
    };
    view! {
        <form class="search" role="search" on:submit=submit>
            <label for="search">{words::SEARCH}</label>
            <span class="search-box">
                <Icon name=IconName::Search />
                // It keeps the role of a search field rather than of a combobox; the status in the list says what that lacks.
                <input
                    id="search"
                    type="search"
                    placeholder=words::SEARCH_HINT
                    autocomplete="off"
                    spellcheck="false"
                    aria-autocomplete="list"
                    aria-controls=LIST_ID
                    aria-invalid=move || list.listing().with(|listing| listing.refused).then_some("true")
                    aria-activedescendant=move || autocomplete.active().get().map(option_id)
                    node_ref=field
                    prop:value=move || q.get()
                    on:input=on_input
                    on:keydown=move |event| autocomplete.on_keydown(&event)
                    on:blur=move |_| autocomplete.close()
                />
                // It is in the document from the start, since the field refers to it.
                <ul
                    id=LIST_ID
                    class="suggestions"
                    role="listbox"
                    aria-label=query::SUGGESTIONS
                    hidden=move || suggestions.with(Option::is_none)
                >
                    {move || has_suggested.get().then(|| view! {
                        <LazyView load=move || suggestion_options(autocomplete) />
                    })}
                </ul>
                <span class="unseen" role="status">{suggestion_count}</span>
            </span>
            {link}
        </form>
    }
}
