//! Which runs the list shows, and in which order.

mod case_folding;
mod index;
mod language;
mod sort;

pub(crate) use case_folding::same_text;
pub use index::{Counts, Facts};
pub use language::{
    Context, Fault, Mark, Query, Reading, Seen, Subject, Suggestion, Suggestions, TimeKey, Window, choose, chosen,
    job_term, only_job, suggest,
};
pub use sort::{Sort, SortKey, sort_all};
