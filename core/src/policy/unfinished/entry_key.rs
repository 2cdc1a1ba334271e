//! The keys of entries in local storage. They carry the time, so that what is too old is found without being read, whoever left it.

use super::{KEEP_FOR, age};
use crate::time::Timestamp;

/// Stands between the person's prefix and the rest.
const MARK: &str = "#left/";

/// The key for what is left now. `scope` is the key prefix of the API and person ([`crate::policy::intent::storage_key`]); `random`
/// keeps it apart from what other tabs leave at the same time.
pub fn new_entry_key(scope: &str, left_at: Timestamp, random: &str) -> String {
    [scope, MARK, &left_at.millis().to_string(), "/", random].concat()
}

/// Whether this is the key of an entry of that person.
pub fn is_entry_key(key: &str, scope: &str) -> bool {
    key.strip_prefix(scope).is_some_and(|rest| rest.starts_with(MARK))
}

/// The keys of entries that were left too long ago, by anybody. Keys of anything else are ignored.
pub fn expired_keys(keys: impl IntoIterator<Item = String>, now: Timestamp) -> Vec<String> {
    keys.into_iter().filter(|key| is_expired(key, now)).collect()
}

fn is_expired(key: &str, now: Timestamp) -> bool {
    let Some((_, rest)) = key.split_once(MARK).filter(|(scope, _)| scope.starts_with("runboard.")) else {
        return false;
    };
    let left_at = rest.split_once('/').and_then(|(millis, _)| millis.parse().ok()).map(Timestamp::from_millis);
    left_at.is_none_or(|left_at| age(left_at, now) >= KEEP_FOR)
}
