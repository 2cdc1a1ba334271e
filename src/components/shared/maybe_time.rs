//! A point in time that may be missing.

use crate::components::shared::TimeText;
use crate::text::list;
use leptos::prelude::*;
use runboard_core::time::Timestamp;
use runboard_core::time::print::Precision;

/// A time that the API may have left out.
#[component]
pub fn MaybeTime(
    /// The instant
    #[prop(into)]
    at: Signal<Option<Timestamp>>,
    /// The smallest unit shown; seconds by default
    #[prop(default = Precision::Seconds)]
    precision: Precision,
) -> impl IntoView {
    move || match at.get() {
        Some(at) => view! { <TimeText at=at precision=precision /> }.into_any(),
        None => view! { <span class="missing">{list::NOT_GIVEN}</span> }.into_any(),
    }
}
