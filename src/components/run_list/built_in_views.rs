//! The built-in views.

use crate::text::list as words;
use leptos::prelude::*;
use runboard_core::list::saved_views::BuiltInView;

/// Buttons for everyday queries. A view only fills in the search field, where its query can be changed.
#[component]
pub fn BuiltInViews(
    /// The query
    q: Signal<String>,
    /// Called with the view's query, or an empty one to turn the view off
    on_query: Callback<String>,
) -> impl IntoView {
    let buttons = BuiltInView::ALL.map(|view| {
        let active = move || q.with(|q| q.trim() == view.query());
        let toggle = move |_| on_query.run(if active() { String::new() } else { view.query().to_owned() });
        view! {
            <button
                type="button"
                class="facet"
                aria-pressed=move || if active() { "true" } else { "false" }
                on:click=toggle
            >
                {words::built_in_view(view)}
            </button>
        }
    });
    view! {
        <div class="facet-group" role="group" aria-label=words::VIEWS>{buttons}</div>
    }
}
