//! A link to a run, as a list item.

use crate::address::Address;
use crate::text::list;
use leptos::prelude::*;
use runboard_core::run::{RunId, is_visible};

/// A list item that links to a run. The id tells runs of the same name apart.
#[component]
pub fn RunLink(
    /// The run's name
    #[prop(into)]
    name: String,
    /// Its id
    id: RunId,
    /// What else is said of it; nothing if empty
    #[prop(optional)]
    note: String,
) -> impl IntoView {
    let name = if is_visible(&name) { name } else { list::UNNAMED.to_owned() };
    let id_text = id.as_str().to_owned();
    view! {
        <li>
            <a href=Address::Run { id }.href()><bdi>{name}</bdi></a>
            " "
            <span class="id"><bdi>{id_text}</bdi></span>
            {(!note.is_empty()).then(|| view! { " " <span class="hint">{note}</span> })}
        </li>
    }
}
