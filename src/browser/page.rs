//! The page as a whole: its title and theme, whether it is visible and online, its build, and this machine's clocks.

use super::{document, listen, window};
use runboard_core::time::server_clock::ClockReading;
use runboard_core::time::{Span, Timestamp};

/// Sets the document's title.
pub(crate) fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Sets the icon of the page; `None` brings back its own.
pub(crate) fn set_icon(href: Option<&str>) {
    /// Keeps the address of its own icon.
    const OWN: &str = "data-own";
    let link = document().and_then(|document| document.query_selector("link[rel=icon]").ok().flatten());
    let Some(link) = link else { return };
    let own = link.get_attribute(OWN);
    if own.is_none() && href.is_none() {
        return;
    }
    let own = own.or_else(|| link.get_attribute("href")).unwrap_or_default();
    let _ = link.set_attribute(OWN, &own);
    let _ = link.set_attribute("href", href.unwrap_or(&own));
}

/// Whether the page is visible, as the Page Visibility API sees it.
pub(crate) fn is_visible() -> bool {
    document().is_none_or(|document| document.visibility_state() != web_sys::VisibilityState::Hidden)
}

/// Whether the browser believes it has a network. `false` can be trusted, `true` cannot.
pub(crate) fn is_online() -> bool {
    window().is_none_or(|window| window.navigator().on_line())
}

/// Milliseconds on the monotonic clock, which nobody can set. It starts at the load of the page.
pub(crate) fn monotonic_millis() -> i64 {
    window().and_then(|window| window.performance()).map_or(0, |performance| performance.now() as i64)
}

/// Calls `on_change` when the page is hidden or shown, restored from the back-forward cache, or goes online or offline.
pub(crate) fn on_visibility_or_network_change(on_change: impl Fn() + Clone + 'static) {
    if let Some(document) = document() {
        let on_change = on_change.clone();
        listen(&document, "visibilitychange", move |_| on_change());
    }
    if let Some(window) = window() {
        for name in ["online", "offline", "pageshow"] {
            let on_change = on_change.clone();
            listen(&window, name, move |_| on_change());
        }
    }
}

/// Calls `on_restore` when the page comes out of the back-forward cache.
pub(crate) fn on_restore(on_restore: impl Fn() + 'static) {
    if let Some(window) = window() {
        listen(&window, "pageshow", move |event| {
            if super::property(&event, "persisted").is_truthy() {
                on_restore();
            }
        });
    }
}

/// Calls `on_hide` when the page goes away: closed, reloaded, left, or put into the back-forward cache.
pub(crate) fn on_hide(on_hide: impl Fn() + 'static) {
    if let Some(window) = window() {
        listen(&window, "pagehide", move |_| on_hide());
    }
}

/// Calls `on_activity` with every key, click, and touch or movement of a pointer, for as long as the document lives.
pub(crate) fn on_activity(on_activity: impl Fn() + Clone + 'static) {
    let Some(window) = window() else { return };
    // The keys of an input method are not seen as keys, and a screen reader may send nothing but a click.
    for name in ["keydown", "pointerdown", "pointermove", "wheel", "compositionupdate", "click"] {
        let on_activity = on_activity.clone();
        listen(&window, name, move |_| on_activity());
    }
}

/// Sets the document's theme: `light`, `dark`, or `system` to follow the operating system.
pub(crate) fn set_theme(word: &str) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _ = root.set_attribute("data-theme", word);
    }
}

/// The id of the build that this page belongs to; only release builds have one.
pub(crate) fn build_id() -> Option<String> {
    document()?.query_selector("script[data-build]").ok()??.get_attribute("data-build")
}

/// Reloads the page.
pub(crate) fn reload() {
    if let Some(window) = window() {
        let _ = window.location().reload();
    }
}

/// Removes the placeholder that `index.html` shows until the application renders.
pub(crate) fn remove_placeholder() {
    if let Some(element) = document().and_then(|document| document.get_element_by_id("placeholder")) {
        element.remove();
    }
}

/// The time on this machine's wall clock and monotonic clock.
pub fn machine_clocks() -> ClockReading {
    let wall = Timestamp::from_millis(chrono::Utc::now().timestamp_millis());
    ClockReading { wall, monotonic: Span::from_millis(monotonic_millis()) }
}

/// Whether any text of the page is selected.
pub(crate) fn has_selected_text() -> bool {
    let selection = super::window().and_then(|window| window.get_selection().ok().flatten());
    selection.is_some_and(|selection| !selection.is_collapsed())
}
