//! Session and local storage. Either may be refused (private modes, partitioned frames, policies).

use super::window;
use web_sys::Storage;

fn session() -> Option<Storage> {
    window()?.session_storage().ok()?
}

fn local() -> Option<Storage> {
    window()?.local_storage().ok()?
}

/// Reads this tab's value.
pub fn session_get(key: &str) -> Option<String> {
    session()?.get_item(key).ok()?
}

/// Keeps a value for this tab; says whether it was kept.
pub fn session_set(key: &str, value: &str) -> bool {
    session().is_some_and(|storage| storage.set_item(key, value).is_ok())
}

/// Forgets this tab's value.
pub fn session_remove(key: &str) {
    if let Some(storage) = session() {
        let _ = storage.remove_item(key);
    }
}

/// Reads this browser's value.
pub fn local_get(key: &str) -> Option<String> {
    local()?.get_item(key).ok()?
}

/// Keeps a value in this browser; says whether it was kept.
pub fn local_set(key: &str, value: &str) -> bool {
    local().is_some_and(|storage| storage.set_item(key, value).is_ok())
}

/// Whether session storage takes values.
pub fn session_works() -> bool {
    let kept = session_set("runboard.probe", "1");
    session_remove("runboard.probe");
    kept
}
