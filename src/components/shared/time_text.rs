//! A point in time.

use crate::context::use_ui;
use leptos::prelude::*;
use runboard_core::time::Timestamp;

/// A time in the chosen zone; its tooltip has it in UTC, as ISO 8601.
#[component]
pub fn TimeText(
    /// The instant
    #[prop(into)]
    at: Signal<Timestamp>,
    /// Whether only the time of day is shown, as the day is clear from the context
    #[prop(optional)]
    clock_only: bool,
) -> impl IntoView {
    let settings = use_ui().settings;
    let text = move || if clock_only { settings.print_clock_in_zone(at.get()) } else { settings.print(at.get()) };
    view! {
        <time datetime=move || at.get().to_iso() title=move || at.get().to_iso()>
            {text}
        </time>
    }
}
