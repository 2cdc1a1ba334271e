//! The headings of the columns.

use crate::text::list as words;
use runboard_core::query::SortKey;

/// The heading of a column.
pub(super) const fn column_name(key: SortKey) -> &'static str {
    match key {
        SortKey::Name => words::NAME,
        SortKey::Status => words::STATUS,
        SortKey::Job => words::JOB,
        SortKey::Start => words::START,
        SortKey::End => words::END,
        SortKey::Created => words::CREATED,
        SortKey::Length => words::LENGTH,
        SortKey::Countdown => words::COUNTDOWN,
        SortKey::Section => words::SECTION,
    }
}
