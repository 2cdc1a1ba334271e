//! A time as a field of the API gives it.

use super::Timestamp;
use std::sync::Arc;

/// What a field gives: an instant, or something that is none.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Given {
    /// An instant after the start of 1970.
    At(Timestamp),
    /// The text of anything else: unreadable, or a time that was never set. Shortened to [`LONGEST`] characters.
    Text(Arc<str>),
}

/// Nobody reads more of a text that should have been a time.
const LONGEST: usize = 100;

/// The beginning of a text that should have been something else.
pub(crate) fn shortened(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}

impl Given {
    /// From the text of a field; `None` if it has none.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let text = text.trim();
        match Timestamp::parse(text) {
            Some(at) if at.is_set() => Some(Self::At(at)),
            _ if text.is_empty() => None,
            _ => Some(Self::Text(shortened(text).into())),
        }
    }
}
