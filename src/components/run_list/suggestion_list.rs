//! The list of suggestions below the search field.

use super::autocomplete::Autocomplete;
use crate::browser::number;
use crate::lazy::lazy;
use leptos::prelude::*;
use runboard_core::query::Suggestion;

/// The id of the list, for the field's `aria-controls`.
pub(super) const LIST_ID: &str = "search-suggestions";

/// The id of a suggestion, for the field's `aria-activedescendant`.
pub(super) fn option_id(at: usize) -> String {
    [LIST_ID, "-", &at.to_string()].concat()
}

lazy! {
    /// What is in the list.
    pub(super) fn suggestion_options(autocomplete: Autocomplete) -> AnyView {
        let (suggestions, active) = (autocomplete.suggestions(), autocomplete.active());
        let option = move |(at, suggestion): (usize, &Suggestion)| {
            let (shown, label) = (suggestion.shown.clone(), suggestion.label.clone());
            let count = suggestion.count.map(number::count);
            view! {
                <li
                    id=option_id(at)
                    role="option"
                    aria-selected=move || if active.get() == Some(at) { "true" } else { "false" }
                    // Keeps the focus in the field.
                    on:mousedown=|event| event.prevent_default()
                    on:click=move |_| autocomplete.accept(at)
                >
                    <bdi class="suggested">{shown}</bdi>
                    {label.map(|label| view! { " " <bdi class="hint">{label}</bdi> })}
                    {count.map(|count| view! { " " <span class="filter-count">{count}</span> })}
                </li>
            }
        };
        (move || {
            suggestions.with(|suggestions| {
                let items = suggestions.as_ref().map(|suggestions| suggestions.items.as_slice()).unwrap_or_default();
                items.iter().enumerate().map(option).collect_view()
            })
        })
        .into_any()
    }
}
