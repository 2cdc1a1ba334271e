//! Notifications of the operating system. A browser may have none, or refuse them to pages, as Chrome does on Android.

use super::window;
use wasm_bindgen::{JsCast, prelude::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Notification, NotificationOptions, NotificationPermission};

/// Whether this page may show them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Permission {
    /// This browser has none here: among others in a frame of another origin, and over plain http.
    Unavailable,
    /// The person was not asked yet.
    NotAsked,
    /// They allowed it.
    Granted,
    /// They, or their administrator, refused it.
    Denied,
}

/// What this page may do now. Asks nobody.
pub(crate) fn permission() -> Permission {
    let Some(window) = window().filter(|window| super::property(window, "Notification").is_function()) else {
        return Permission::Unavailable;
    };
    let is_framed = window.parent().ok().flatten().is_none_or(|parent| parent != window);
    match Notification::permission() {
        NotificationPermission::Granted => Permission::Granted,
        NotificationPermission::Denied if is_framed => Permission::Unavailable,
        NotificationPermission::Denied => Permission::Denied,
        _ => Permission::NotAsked,
    }
}

/// Asks the person, unless they have answered before.
pub(crate) async fn request() -> Permission {
    if permission() == Permission::NotAsked
        && let Ok(answer) = Notification::request_permission()
    {
        let _ = JsFuture::from(answer).await;
    }
    permission()
}

/// Shows one, in place of an earlier one with the same tag. `on_click` is called after this tab was brought to the front. Returns
/// whether the browser took it.
pub(crate) fn show(title: &str, body: &str, tag: &str, on_click: impl FnOnce() + 'static) -> bool {
    let options = NotificationOptions::new();
    options.set_body(body);
    options.set_tag(tag);
    let Ok(notification) = Notification::new_with_options(title, &options) else { return false };
    let shown = notification.clone();
    let on_click = Closure::once_into_js(move || {
        if let Some(window) = window() {
            let _ = window.focus();
        }
        shown.close();
        on_click();
    });
    notification.set_onclick(Some(on_click.unchecked_ref()));
    true
}
