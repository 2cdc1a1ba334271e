//! Parts of a query that could not be understood.

use std::ops::Range;

/// A term that was not understood, and how it was treated.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct QueryIssue {
    /// Its place in the text, in bytes.
    pub at: Range<usize>,
    /// What is wrong.
    pub kind: IssueKind,
    /// Whether the term is searched for as a word; otherwise it is ignored.
    pub searched_as_word: bool,
}

/// What is wrong with a term.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum IssueKind {
    /// Unknown key.
    UnknownKey,
    /// Unknown phase.
    UnknownPhase,
    /// `needs:` with something other than `look`.
    UnknownNeed,
    /// Nothing follows the key or `-` yet.
    Unfinished,
    /// Unreadable time.
    UnreadableTime,
    /// Unreadable duration.
    UnreadableLength,
    /// The range ends before it starts, so no run can be in it.
    EmptyRange,
    /// An unclosed quote; it extends to the end.
    OpenQuote,
}
