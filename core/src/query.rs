//! Which runs the list shows, and in which order.

mod case_folding;
mod folded_texts;
mod index;
mod indexed_run;
mod language;
mod section;
mod sort;

pub use case_folding::Normalize;
pub(crate) use case_folding::{same_text, text_contains};
pub use folded_texts::FoldedTexts;
pub use index::{RunCounts, RunIndex};
pub use indexed_run::IndexedRun;
pub use language::{
    Field, IssueKind, KnownValue, ParsedQuery, Query, QueryContext, QueryTerm, Reading, StateCounts, StateFilter,
    Suggestion, Suggestions, TimeField, TimeRange, as_text, asks_for_any, exactly_ids, job_term, only_job, pasted_run,
    remove_term, selected_values, set_values, suggest,
};
pub use section::Section;
pub use sort::{Sort, SortKey, sort_all};
