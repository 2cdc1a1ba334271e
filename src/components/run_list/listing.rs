//! Which runs are listed, and in which order.

use super::super::Ui;
use super::search::{Question, Searches};
use crate::store::Store;
use leptos::prelude::*;
use runboard_core::config::Config;
use runboard_core::phase::Phase;
use runboard_core::query::{
    self, Context, Counts, Facts, Mark, Query, Reading, Sort, SortKey, Subject, TimeKey, Window,
};
use runboard_core::run::{JobId, Run, RunId};
use runboard_core::tally::{reorder, tally};
use runboard_core::time::Timestamp;
use std::cmp::Ordering;
use std::sync::Arc;

/// What is listed of all runs, at an instant.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Listing {
    /// The runs listed, in order.
    pub ids: Arc<Vec<RunId>>,
    /// How many runs there are.
    pub total: usize,
    /// How many of all runs are in each phase and have each status.
    pub counts: Counts,
    /// When the first run changes its phase, or what a relative time stands for has moved on: until then the listing holds.
    pub holds_until: Option<Timestamp>,
    /// What of the query was not understood.
    pub marks: Vec<Mark>,
    /// What its times stand for.
    pub windows: Vec<(TimeKey, Vec<Window>)>,
    /// Very many runs are being looked through: these are the first that were found, or those of the query before. What
    /// counts them waits for the rest, which is some frames away.
    pub settling: Option<Searches>,
}

/// All of them are needed now: what is still to be looked through is, at once. Says whether `counts`, as it was shown, is what
/// there is.
pub fn settle<T: Clone + PartialEq + Send + Sync + 'static>(listing: Memo<Listing>, counts: Memo<T>) -> bool {
    let said = counts.get_untracked();
    if let Some(searches) = listing.with_untracked(|listing| listing.settling) {
        searches.finish();
    }
    counts.get_untracked() == said
}

/// What counts the runs that are listed: as it was, while they are being looked for.
pub fn settled<T: Clone + PartialEq + Send + Sync + 'static>(
    listing: Memo<Listing>,
    of: impl Fn(&Listing) -> T + Send + Sync + 'static,
) -> Memo<T> {
    let last = StoredValue::new(None);
    Memo::new(move |_| {
        listing.with(|listing| match last.get_value().filter(|_| listing.settling.is_some()) {
            Some(last) => last,
            None => {
                let now = of(listing);
                last.set_value(Some(now.clone()));
                now
            }
        })
    })
}

/// A query that was read.
pub struct Filter {
    /// The query.
    pub query: Query,
    /// The parts that were not understood.
    pub marks: Vec<Mark>,
    /// What its times stand for.
    pub windows: Vec<(TimeKey, Vec<Window>)>,
}

impl Filter {
    /// Reads a query.
    pub fn read(q: &str, context: Context<'_>) -> Self {
        let Reading { query, marks, windows } = Query::read(q, context);
        Self { query, marks, windows: windows.into_iter().map(|(_, key, windows)| (key, windows)).collect() }
    }
}

/// All that is needed to look at one run after the other.
#[derive(Clone, Copy)]
pub(super) struct All<'a> {
    pub(super) runs: &'a [Arc<Run>],
    pub(super) phases: &'a [Phase],
    pub(super) config: &'a Config,
}

impl<'a> All<'a> {
    pub(super) fn at(self, place: usize) -> Option<Subject<'a>> {
        let (run, phase) = (self.runs.get(place)?, *self.phases.get(place)?);
        let job_label = run.job_id.as_ref().and_then(|job| self.config.jobs.get(job.as_str()));
        Some(Subject { run, phase, job_label })
    }

    /// Puts all places in order; what `places` says already makes it cheaper.
    fn sort(self, sort: Sort, places: &mut Vec<usize>) {
        let by_text = !sort.key.is_time();
        if places.len() > self.runs.len() {
            places.clear();
        }
        places.extend(places.len()..self.runs.len());
        if by_text {
            let mut subjects = (0..self.runs.len()).filter_map(|place| self.at(place));
            return query::sort_all(sort, &mut subjects, places);
        }
        let ranks: Vec<u64> = self.runs.iter().map(|run| sort.rank_times(run)).collect();
        reorder(places, &|a, b| match ranks.get(a).cmp(&ranks.get(b)) {
            Ordering::Equal => match (self.runs.get(a), self.runs.get(b)) {
                (Some(a), Some(b)) => sort.compare_times(a, b),
                _ => Ordering::Equal,
            },
            other => other,
        });
    }
}

/// Follows the store and an instant.
fn facts(store: Store, now: RwSignal<Timestamp>) -> Memo<Arc<Facts>> {
    let before = StoredValue::new(None::<(u64, Timestamp, Arc<Facts>)>);
    Memo::new(move |_| {
        let (revision, now) = (store.revision(), now.get());
        let facts = store.with_all(|runs| match before.get_value() {
            Some((of, at, facts)) if of == revision && at <= now => facts.later(runs, at, now),
            _ => Facts::of(runs, now),
        });
        let facts = Arc::new(facts);
        before.set_value(Some((revision, now, Arc::clone(&facts))));
        facts
    })
}

impl Listing {
    /// Follows the store, what is asked for, and an instant. The runs are sorted again only when they or the order have changed,
    /// not for a letter that is typed.
    pub fn follow(store: Store, ui: Ui, asked: Memo<(String, Sort)>, now: RwSignal<Timestamp>) -> Memo<Self> {
        let facts = facts(store, now);
        let sort = Memo::new(move |_| asked.with(|(_, sort)| *sort));
        let before = StoredValue::new(Arc::new(Vec::new()));
        let places = Memo::new(move |_| {
            let (config, sort) = (ui.config.get(), sort.get());
            let mut places = before.get_value();
            // Of the orders only this one changes with the time of day.
            if sort.key == SortKey::Status {
                facts.track();
            }
            facts.with_untracked(|facts| {
                let sorted = Arc::make_mut(&mut places);
                store.with_all(|runs| All { runs, phases: &facts.phases, config: &config }.sort(sort, sorted));
            });
            before.set_value(Arc::clone(&places));
            places
        });
        Searches::new(store, ui).follow(move || {
            asked.with(|(q, sort)| Question {
                facts: facts.get(),
                places: places.get(),
                q: q.clone(),
                sort: *sort,
                zone: ui.settings.zone(),
                now: now.get(),
                revision: 0,
            })
        })
    }

    /// The job ids in use, most frequent first: suggestions for a form.
    pub fn jobs(store: Store) -> Vec<String> {
        Self::jobs_counted(store).into_iter().map(|(job, _)| job).collect()
    }

    /// The job ids in use with how many runs each has, most frequent first.
    pub fn jobs_counted(store: Store) -> Vec<(String, usize)> {
        store.with_all(|runs| tally(runs.iter().filter_map(|run| run.job_id.as_ref().map(JobId::shared))))
    }
}
