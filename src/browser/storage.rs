//! Session storage (this tab) and local storage (this browser). Either may be refused: in private windows, in partitioned
//! frames, by policy. Setters return whether the value was stored.

use super::window;
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
