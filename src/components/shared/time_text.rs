//! A time.

use crate::context::use_ui;
use leptos::prelude::*;
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
) -> impl IntoView {
    let settings = use_ui().settings;
    view! {
        <time datetime=move || at.get().to_iso() title=move || at.get().to_iso()>
            {move || settings.print(at.get(), precision)}
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
) -> impl IntoView {
    (move || match at.get() {
        Some(at) => view! { <TimeText at=at precision=precision /> }.into_any(),
        None => view! { <span class="missing">{crate::text::list::NOT_GIVEN}</span> }.into_any(),
    })
    .into_any()
}
