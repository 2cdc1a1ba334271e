//! A point in time as people read it.

use crate::context::use_ui;
use leptos::prelude::*;
use runboard_core::time::Timestamp;
use runboard_core::window::Window;

/// A time with its weekday, such as `Mon 30 Nov 09:00`, in the chosen zone, which is named beside it or once for a group of times.
/// Its tooltip has the exact instant in UTC, as ISO 8601.
#[component]
pub fn DayTime(
    /// The instant
    #[prop(into)]
    at: Signal<Timestamp>,
    /// The window that it ends, if its start stands before it: then the day is left out where it is the same
    #[prop(optional)]
    ends: Option<Window>,
) -> impl IntoView {
    let ui = use_ui();
    view! {
        <time class="day-time" datetime=move || at.get().to_iso() title=move || at.get().to_iso()>
            {move || match ends {
                Some(window) => ui.settings.print_readable_end(window, ui.clock.now()),
                None => ui.settings.print_readable(at.get(), ui.clock.now()),
            }}
        </time>
    }
}
