//! What of a query could not be taken as it may have been meant.

use std::ops::Range;

/// A term that was not understood, and what was made of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct QueryIssue {
    /// Where it stands in the text, in bytes.
    pub at: Range<usize>,
    /// Why.
    pub kind: IssueKind,
    /// Whether it was searched for as a word; else it asks for nothing.
    pub searched_as_word: bool,
}

/// Why a term was not understood.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum IssueKind {
    /// There is no such key.
    UnknownKey,
    /// There is no such phase.
    UnknownPhase,
    /// `needs:` is followed by something else than `look`.
    UnknownNeed,
    /// Nothing stands behind the key or `-` yet.
    Unfinished,
    /// Not a time that can be read.
    UnreadableTime,
    /// Not a length of time that can be read.
    UnreadableLength,
    /// The range ends before it begins: no run can lie in it.
    EmptyRange,
    /// A quote is not closed; it reaches to the end.
    OpenQuote,
}
