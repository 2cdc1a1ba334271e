//! What a reading or the passing of time shows, with the run it happened to.

use super::entry::Entry;
use crate::run::Run;
use crate::time::Timestamp;
use std::sync::Arc;

/// An entry for the record, and the run around it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Noticed {
    /// What happened.
    pub entry: Entry,
    /// The run as it was known before, and when; `None` if it was not.
    pub before: Option<(Arc<Run>, Timestamp)>,
    /// The run as it is known now, and when.
    pub after: (Arc<Run>, Timestamp),
}

impl Noticed {
    pub(super) fn all(
        entries: Vec<Entry>,
        before: Option<(Arc<Run>, Timestamp)>,
        after: &(Arc<Run>, Timestamp),
    ) -> impl Iterator<Item = Self> {
        let after = after.clone();
        entries.into_iter().map(move |entry| Self { entry, before: before.clone(), after: after.clone() })
    }
}
