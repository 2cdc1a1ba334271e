//! Sort keys of many runs in contiguous memory: otherwise sorting would access each run, and each of its texts, some
//! twenty times.

use super::{IndexedRun, Sort, job, name, phase, status};
use crate::collections::sort::sort_indices;
use crate::query::case_folding;
use crate::run::Run;
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

/// Sorts places by [`Sort::compare`]; each place is an index into the subjects.
pub fn sort_all<'a>(sort: Sort, subjects: &mut dyn Iterator<Item = IndexedRun<'a>>, places: &mut [usize]) {
    let columns = Columns::of(sort, subjects);
    sort_indices(places, &|a, b| columns.compare(a, b));
}

impl<'a> Columns<'a> {
    fn of(sort: Sort, subjects: &mut dyn Iterator<Item = IndexedRun<'a>>) -> Self {
        let mut columns = Self { sort, texts: String::new(), rows: Vec::new() };
        for subject in subjects {
            let (missing, text) = match sort.key {
                super::SortKey::Status => (phase(subject).is_none(), status(subject.run)),
                super::SortKey::Job => (job(subject).is_none(), job(subject)),
                super::SortKey::Name => (name(subject.run).is_none(), name(subject.run)),
                _ => (false, None),
            };
            let text = text.map(|text| {
                let from = columns.texts.len();
                columns.texts.extend(case_folding::folded(text));
                from..columns.texts.len()
            });
            columns.rows.push(Row { missing, rank: sort.rank(subject), text, run: subject.run });
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
