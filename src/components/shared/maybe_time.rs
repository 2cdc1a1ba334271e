//! A point in time that may be missing.

use crate::components::shared::TimeText;
use crate::text::list;
use leptos::prelude::*;
use runboard_core::time::Timestamp;

/// A time that the API may have left out.
#[component]
pub fn MaybeTime(
    /// The instant
    #[prop(into)]
    at: Signal<Option<Timestamp>>,
    /// If there is none: how that is told, and what the API gave in its place
    #[prop(optional, into)]
    instead: Signal<Option<(&'static str, Option<String>)>>,
) -> impl IntoView {
    move || match at.get() {
        Some(at) => view! { <TimeText at=at /> }.into_any(),
        None => {
            let (word, given) = instead.get().unwrap_or((list::NOT_GIVEN, None));
            view! { <span class="missing" title=given>{word}</span> }.into_any()
        }
    }
}
