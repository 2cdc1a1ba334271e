//! Ids for elements that refer to each other, in a component of which a page may have several.

use std::sync::atomic::{AtomicU32, Ordering};

/// An id that no other element of the page has, beginning with what it is for.
pub(crate) fn unique_id(what: &str) -> String {
    static LAST: AtomicU32 = AtomicU32::new(0);
    format!("{what}-{}", LAST.fetch_add(1, Ordering::Relaxed))
}
