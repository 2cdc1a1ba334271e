//! Session storage (this tab) and local storage (this browser). Either may be refused: in private windows, in partitioned
//! frames, by policy. Setters return whether the value was stored.

use super::{listen, window};
use web_sys::Storage;

fn session() -> Option<Storage> {
    window()?.session_storage().ok()?
}

fn local() -> Option<Storage> {
    window()?.local_storage().ok()?
}

pub(crate) fn session_get(key: &str) -> Option<String> {
    session()?.get_item(key).ok()?
}

pub(crate) fn session_set(key: &str, value: &str) -> bool {
    session().is_some_and(|storage| storage.set_item(key, value).is_ok())
}

pub(crate) fn session_remove(key: &str) {
    if let Some(storage) = session() {
        let _ = storage.remove_item(key);
    }
}

pub(crate) fn local_get(key: &str) -> Option<String> {
    local()?.get_item(key).ok()?
}

pub(crate) fn local_set(key: &str, value: &str) -> bool {
    local().is_some_and(|storage| storage.set_item(key, value).is_ok())
}

pub(crate) fn local_remove(key: &str) {
    if let Some(storage) = local() {
        let _ = storage.remove_item(key);
    }
}

/// Whether this browser keeps anything in session storage.
pub(crate) fn session_works() -> bool {
    session().is_some_and(|storage| works(&storage))
}

/// Whether this browser keeps anything in local storage.
pub(crate) fn local_works() -> bool {
    local().is_some_and(|storage| works(&storage))
}

/// Quotas and policies show only when something is written.
fn works(storage: &Storage) -> bool {
    const PROBE: &str = "runboard.probe";
    let is_kept = storage.set_item(PROBE, "1").is_ok();
    let _ = storage.remove_item(PROBE);
    is_kept
}

/// Calls `on_change` when another tab changes local storage, for as long as the document lives.
pub(crate) fn on_local_change(on_change: impl Fn() + 'static) {
    if let Some(window) = window() {
        listen(&window, "storage", move |_| on_change());
    }
}
