//! A time.

use super::ui;
use crate::dom::{IntoNode, Node, component, tracked, view};
use crate::reactive::Signal;
use runboard_core::time::Timestamp;
use runboard_core::time::print::Precision;

/// A time in the chosen zone; copying or hovering gives ISO 8601 in UTC.
#[component]
pub fn TimeText(
    /// The instant
    #[prop(into)]
    at: Signal<Timestamp>,
    /// How fine; seconds unless told
    #[prop(default = Precision::Seconds)]
    precision: Precision,
) -> Node {
    let settings = ui().settings;
    view! {
        <time datetime=tracked(move || at.get().to_iso()) title=tracked(move || at.get().to_iso())>
            {tracked(move || settings.print(at.get(), precision))}
        </time>
    }
}

/// A time that the API may have left out.
#[component]
pub fn MaybeTime(
    /// The instant
    #[prop(into)]
    at: Signal<Option<Timestamp>>,
    /// How fine; seconds unless told
    #[prop(default = Precision::Seconds)]
    precision: Precision,
) -> Node {
    tracked(move || match at.get() {
        Some(at) => view! { <TimeText at=at precision=precision /> }.into_node(),
        None => view! { <span class="missing">{crate::text::list::MISSING}</span> }.into_node(),
    })
    .into_node()
}
