//! The page's heading.

use super::ui;
use crate::browser::{focus, page};
use crate::dom::{Node, Slot, component, tracked, view};
use crate::reactive::{Signal, effect};
use crate::text;

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
) -> Node {
    let ui = ui();
    let node = Slot::<web_sys::HtmlHeadingElement>::new();
    let title = title.unwrap_or(text);
    effect(move || page::set_title(&text::shell::title(&title.get(), &ui.config.get().title)));
    effect(move || {
        if ui.router.moved()
            && let Some(node) = node.get()
        {
            focus::quietly(&node);
        }
    });
    view! {
        <h1 class="heading" tabindex="-1" node_ref=node>
            <bdi>{tracked(move || text.get())}</bdi>
        </h1>
    }
}
