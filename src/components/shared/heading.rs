//! The page's heading.

use crate::browser::{focus, page};
use crate::context::use_ui;
use crate::text;
use leptos::prelude::*;

/// The one `h1` of a page. It takes the focus when the person came here by a link or by back and forward, so that a
/// screen reader says where they are; the document's title follows it.
#[component]
pub fn Heading(
    /// The text
    #[prop(into)]
    text: Signal<String>,
    /// What the document's title says, where it differs from the text
    #[prop(optional, into)]
    title: Option<Signal<String>>,
) -> impl IntoView {
    let ui = use_ui();
    let node = NodeRef::<leptos::html::H1>::new();
    let title = title.unwrap_or(text);
    Effect::new(move |_| page::set_title(&text::shell::title(&title.get(), &ui.config.get().title)));
    Effect::new(move |_| {
        if ui.navigation.has_moved()
            && let Some(node) = node.get()
        {
            focus::without_scrolling(&node);
        }
    });
    view! {
        <h1 class="heading" tabindex="-1" node_ref=node>
            <bdi>{move || text.get()}</bdi>
        </h1>
    }
}
