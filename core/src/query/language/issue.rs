//! Why a term is not understood.

use super::Field;

/// Why a term is not understood. A query with such a term lists nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum IssueKind {
    /// There is no such field.
    UnknownField,
    /// The field has no such value: one of its words is expected.
    UnknownValue(Field),
    /// Nothing follows the field, the dash or the quote yet.
    Unfinished,
    /// `<` or `>` after a field that has no order.
    NoOrder,
    /// Unreadable time.
    UnreadableTime,
    /// Unreadable duration.
    UnreadableLength,
    /// The range ends before it starts, so no run can be in it.
    EmptyRange,
    /// An unclosed quote in a term that excludes: as it extends to the end, hardly any run would be excluded.
    OpenQuote,
    /// A star anywhere else than after the beginning of a word.
    Star,
    /// `OR`, `AND` or `NOT` where a term is missing.
    MissingTerm,
    /// A parenthesis that should group terms.
    Parenthesis,
}
