//! The page's heading.

use crate::browser::{focus, page};
use crate::context::use_ui;
use crate::text;
use leptos::prelude::*;

/// The one `h1` of a page, which also sets the document's title. It takes the focus after a navigation within the console, so
/// that screen readers announce the new page, but not when the document has just been loaded.
#[component]
pub fn Heading(
    /// The text
    #[prop(into)]
    text: Signal<String>,
    /// The document's title, where it differs from the text
    #[prop(optional, into)]
    title: Option<Signal<String>>,
) -> impl IntoView {
    let ui = use_ui();
    let node = NodeRef::<leptos::html::H1>::new();
    let title = title.unwrap_or(text);
    Effect::new(move |_| page::set_title(&text::shell::title(ui.unseen.get(), &title.get(), &ui.config.get().title)));
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
