//! The page: title, theme, visibility, network, and whether it is framed.

use super::{document, listen, window};
use runboard_core::time::server_clock::ClockReading;
use runboard_core::time::{Span, Timestamp};

/// Sets the document's title.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Whether the page can be seen.
pub fn visible() -> bool {
    document().is_none_or(|document| document.visibility_state() != web_sys::VisibilityState::Hidden)
}

/// Whether the browser believes it has a network. `true` says little; `false` can be trusted.
pub fn online() -> bool {
    window().is_none_or(|window| window.navigator().on_line())
}

/// What the clock that nobody can set shows, in milliseconds since some moment before the page was loaded.
pub fn monotonic_millis() -> i64 {
    window().and_then(|window| window.performance()).map_or(0, |performance| performance.now() as i64)
}

/// Calls `then` when the page is hidden or seen again, comes out of the back-forward cache, or the network returns.
pub fn on_change(then: impl Fn() + Clone + 'static) {
    if let Some(document) = document() {
        let then = then.clone();
        listen(&document, "visibilitychange", move |_| then());
    }
    if let Some(window) = window() {
        for name in ["online", "offline", "pageshow"] {
            let then = then.clone();
            listen(&window, name, move |_| then());
        }
    }
}

/// Sets the theme on the document: `light`, `dark`, or `system` for the operating system's.
pub fn set_theme(word: &str) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _ = root.set_attribute("data-theme", word);
    }
}

/// The id of the build that this page belongs to; none where it was not sealed (while trying something out).
pub fn build() -> Option<String> {
    document()?.query_selector("script[data-build]").ok()??.get_attribute("data-build")
}

/// Loads the page anew.
pub fn reload() {
    if let Some(window) = window() {
        let _ = window.location().reload();
    }
}

/// Removes the placeholder that the document carries until the application draws.
pub fn remove_placeholder() {
    if let Some(element) = document().and_then(|document| document.get_element_by_id("placeholder")) {
        element.remove();
    }
}

/// What this machine's clocks show.
pub fn machine_clocks() -> ClockReading {
    let wall = Timestamp::from_millis(chrono::Utc::now().timestamp_millis());
    ClockReading { wall, monotonic: Span::from_millis(monotonic_millis()) }
}
