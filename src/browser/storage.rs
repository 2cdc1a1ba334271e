//! Session storage (this tab) and local storage (this browser). Either may be refused: in private windows, in partitioned
//! frames, by policy. Setters return whether the value was stored.

use super::{listen, property, window};
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

/// All keys of local storage.
pub(crate) fn local_keys() -> Vec<String> {
    let Some(storage) = local() else { return Vec::new() };
    let count = storage.length().unwrap_or_default();
    (0..count).filter_map(|at| storage.key(at).ok().flatten()).collect()
}

/// Whether this browser keeps anything in session storage.
pub(crate) fn session_works() -> bool {
    session().is_some_and(|storage| can_hold(&storage, "1"))
}

/// Whether this browser keeps anything in local storage.
pub(crate) fn local_works() -> bool {
    local_can_hold("1")
}

/// Whether there is room for this text in local storage.
pub(crate) fn local_can_hold(text: &str) -> bool {
    local().is_some_and(|storage| can_hold(&storage, text))
}

/// Quotas and policies show only when something is written.
fn can_hold(storage: &Storage, text: &str) -> bool {
    const PROBE: &str = "runboard.probe";
    let is_kept = storage.set_item(PROBE, text).is_ok();
    let _ = storage.remove_item(PROBE);
    is_kept
}

/// Calls `on_change` with the key when another tab changes local storage, with `None` when it clears all of it, for as long as the
/// document lives.
pub(crate) fn on_local_change(on_change: impl Fn(Option<&str>) + 'static) {
    if let Some(window) = window() {
        listen(&window, "storage", move |event| on_change(property(&event, "key").as_string().as_deref()));
    }
}
