//! Sort keys of many runs in contiguous memory: otherwise sorting would access each run, and each of its texts, some
//! twenty times.

use super::{IndexedRun, Sort, SortKey, beginning, job, name, state, status};
use crate::collections::sort::sort_indices;
use crate::query::case_folding::{self, Normalize};
use crate::query::folded_texts::FoldedTexts;
use crate::run::Run;
use crate::time::Timestamp;
use std::cmp::Ordering;
use std::ops::Range;

/// The sort keys of all runs in one place; texts are folded.
struct Columns<'a> {
    sort: Sort,
    texts: String,
    rows: Vec<Row<'a>>,
}

/// The sort keys of a run, in order of significance.
struct Row<'a> {
    missing: bool,
    rank: u64,
    text: Option<Range<usize>>,
    run: &'a Run,
}

/// Sorts places, each of which is an index into the subjects. The order is total, with ties broken by
/// [`Sort::compare_times`]; a missing value comes last in both directions; text is compared as people see it.
pub fn sort_all<'a>(
    sort: Sort,
    subjects: &[IndexedRun<'a>],
    now: Timestamp,
    texts: &mut FoldedTexts,
    normalize: Normalize<'_>,
    places: &mut [usize],
) {
    texts.add(&mut subjects.iter().copied(), normalize);
    let columns = Columns::of(sort, subjects, now, texts);
    sort_indices(places, &|a, b| columns.compare(a, b));
}

impl<'a> Columns<'a> {
    fn of(sort: Sort, subjects: &[IndexedRun<'a>], now: Timestamp, texts: &FoldedTexts) -> Self {
        let mut columns = Self { sort, texts: String::new(), rows: Vec::with_capacity(subjects.len()) };
        for subject in subjects.iter().copied() {
            let text = match sort.key {
                SortKey::Status => status(subject.run),
                SortKey::Job => job(subject),
                SortKey::Name => name(subject.run),
                _ => None,
            };
            let from = columns.texts.len();
            if let Some(text) = text {
                if text.is_ascii() {
                    columns.texts.extend(case_folding::folded(text));
                } else {
                    columns.texts.push_str(&texts.get(text));
                }
            }
            let folded = from..columns.texts.len();
            let state = if sort.key == SortKey::Status { state(subject.run, now) } else { None };
            let rank = match sort.key {
                SortKey::Status => sort.ranked(state.map(|state| state as u64)),
                SortKey::Name | SortKey::Job => {
                    sort.ranked(text.and_then(|_| columns.texts.get(folded.clone())).map(beginning))
                }
                _ => sort.rank(subject.run, now),
            };
            let missing = match sort.key {
                SortKey::Status => state.is_none(),
                SortKey::Name | SortKey::Job => text.is_none(),
                _ => false,
            };
            columns.rows.push(Row { missing, rank, text: text.map(|_| folded), run: subject.run });
        }
        columns
    }

    fn compare(&self, a: usize, b: usize) -> Ordering {
        let (a, b) = match (self.rows.get(a), self.rows.get(b)) {
            (Some(a), Some(b)) => (a, b),
            // Places without a subject come last.
            (of_a, of_b) => return of_a.is_none().cmp(&of_b.is_none()).then(a.cmp(&b)),
        };
        let text = |row: &Row<'_>| self.texts.get(row.text.clone()?);
        a.missing
            .cmp(&b.missing)
            .then_with(|| a.rank.cmp(&b.rank))
            .then_with(|| self.sort.order(text(a), text(b), |a, b| a.cmp(b)))
            .then_with(|| self.sort.compare_times(a.run, b.run))
    }
}
