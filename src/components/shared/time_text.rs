//! A point in time.

use crate::context::use_ui;
use leptos::prelude::*;
use runboard_core::time::Timestamp;
use runboard_core::time::print::Precision;

/// A time in the chosen zone; its tooltip has it in UTC, as ISO 8601.
#[component]
pub fn TimeText(
    /// The instant
    #[prop(into)]
    at: Signal<Timestamp>,
    /// The smallest unit shown; seconds by default
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
