//! Questions that are asked every day, one press away.

use crate::text::list as words;
use leptos::prelude::*;
use runboard_core::list::saved_views::BuiltIn;

/// The views that are always there. Each is a query like any other: it stands in the field, and can be changed there.
#[component]
pub fn Views(
    /// The query field's text
    q: Signal<String>,
    /// The person chose
    on_query: Callback<String>,
) -> impl IntoView {
    let buttons = BuiltIn::ALL.map(|view| {
        let chosen = move || q.with(|q| q.trim() == view.query());
        let click = move |_| on_query.run(if chosen() { String::new() } else { view.query().to_owned() });
        view! {
            <button type="button" class="facet" aria-pressed=move || if chosen() { "true" } else { "false" } on:click=click>
                {words::built_in_view(view)}
            </button>
        }
    });
    view! {
        <div class="facet-group" role="group" aria-label=words::VIEWS>{buttons.into_iter().collect::<Vec<_>>()}</div>
    }
}
