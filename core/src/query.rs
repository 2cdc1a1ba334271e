//! Which runs the list shows, and in which order.

mod case_folding;
mod index;
mod language;
mod sort;

pub(crate) use case_folding::{same_text, text_contains};
pub use index::{RunCounts, RunIndex};
pub use language::{
    IndexedRun, IssueKind, KnownValue, ParsedQuery, Query, QueryContext, QueryIssue, Suggestion, Suggestions,
    TimeField, TimeRange, job_term, only_job, selected_values, set_values, suggest,
};
pub use sort::{Sort, SortKey, sort_all};
