//! The list engine: which runs are listed in which order, which of them are shown, and which rows are rendered.

mod filter;
mod listing;
mod rendered_rows;
mod search;
mod shown_rows;

pub(crate) use listing::Listing;
pub(crate) use rendered_rows::{FocusedRow, MAX_FULL_ROWS, RenderedRows, RowMeasures, layout, rendered_rows};
pub(crate) use shown_rows::{ShownRows, shown_rows};

use super::navigation::Navigation;
use super::run_store::RunStore;
use super::settings::Settings;
use crate::config::ConfigHandle;
use filter::RunTable;
use leptos::prelude::*;
use runboard_core::collections::sort::count_words;
use runboard_core::query::{FoldedTexts, RunIndex, Sort};
use runboard_core::run::{JobId, Run, RunId};
use runboard_core::time::Timestamp;
use search::{SearchInputs, Searches};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What the list depends on besides the runs.
#[derive(Clone, Copy)]
pub struct ListSources {
    /// For the labels of jobs.
    pub config: &'static ConfigHandle,
    /// For the zone.
    pub settings: &'static Settings,
    /// For the scroll position.
    pub navigation: &'static Navigation,
}

/// The list, for the components that render it.
#[derive(Clone, Copy)]
pub struct ListHandle {
    store: &'static RunStore,
    searches: Searches,
    listing: Memo<Listing>,
    index: Memo<Arc<RunIndex>>,
}

impl ListHandle {
    /// Follows the runs, the query and order, and the time `now`. Runs are sorted only when they or the order change, not for
    /// each letter of the query.
    pub fn follow(
        store: &'static RunStore,
        sources: ListSources,
        query: Memo<(String, Sort)>,
        now: RwSignal<Timestamp>,
    ) -> Self {
        let index = run_index(store, now);
        let sort = Memo::new(move |_| query.with(|(_, sort)| *sort));
        let last_order = StoredValue::new(Arc::new(Vec::new()));
        let texts = StoredValue::new(FoldedTexts::default());
        let order = Memo::new(move |_| {
            let (config, sort) = (sources.config.get(), sort.get());
            let mut order = last_order.get_value();
            if sort.key.depends_on_time() {
                index.track();
            }
            index.with_untracked(|index| {
                let places = Arc::make_mut(&mut order);
                texts.try_update_value(|texts| {
                    store.with_all(|runs| {
                        RunTable { runs, phases: &index.phases, config: &config }.sort(
                            sort,
                            now.get_untracked(),
                            texts,
                            places,
                        )
                    });
                });
            });
            last_order.set_value(Arc::clone(&order));
            order
        });
        let searches = Searches::new(store, sources, texts);
        let listing = searches.follow(move || {
            query.with(|(q, sort)| SearchInputs {
                index: index.get(),
                order: order.get(),
                q: q.clone(),
                sort: *sort,
                zone: sources.settings.zone(),
                now: now.get(),
                revision: 0,
            })
        });
        Self { store, searches, listing, index }
    }

    /// The listed runs.
    pub(crate) fn listing(self) -> Memo<Listing> {
        self.listing
    }

    /// How many of all runs need attention, whatever the query; tracked.
    pub(crate) fn attention_count(self) -> usize {
        self.index.with(|index| index.attention)
    }

    /// Whether all runs are known.
    pub(crate) fn knows_all(self) -> bool {
        self.store.complete_as_of().is_some()
    }

    /// Tracks the states of all runs: what changes with the runs and with time, not with the query.
    pub(crate) fn track_states(self) {
        self.index.track();
    }

    /// A value computed from the listing that keeps its last value while a long search is under way.
    pub(crate) fn derive_settled<T: Clone + PartialEq + Send + Sync + 'static>(
        self,
        compute: impl Fn(&Listing) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        let last = StoredValue::new(None);
        Memo::new(move |_| {
            self.listing.with(|listing| match last.get_value().filter(|_| listing.searching) {
                Some(last) => last,
                None => {
                    let value = compute(listing);
                    last.set_value(Some(value.clone()));
                    value
                }
            })
        })
    }

    /// Finishes a search under way at once. Returns whether `shown`, which a button was labelled with, is still right.
    pub(crate) fn finish_search<T: Clone + PartialEq + Send + Sync + 'static>(self, shown: Memo<T>) -> bool {
        let before = shown.get_untracked();
        if self.listing.with_untracked(|listing| listing.searching) {
            self.searches.finish();
        }
        shown.get_untracked() == before
    }

    /// A run; tracked.
    pub(crate) fn run(self, id: &RunId) -> Option<Arc<Run>> {
        self.store.get(id)
    }

    /// A run; not tracked.
    pub(crate) fn run_untracked(self, id: &RunId) -> Option<Arc<Run>> {
        self.store.get_untracked(id)
    }

    /// Changes whenever any run does; tracked.
    pub(crate) fn revision(self) -> u64 {
        self.store.revision()
    }

    /// The ids of all jobs with their number of runs, most frequent first; tracked.
    pub(crate) fn jobs(self) -> Vec<(String, usize)> {
        jobs(self.store)
    }
}

/// The ids of all jobs with their number of runs, most frequent first; tracked.
pub(crate) fn jobs(store: &'static RunStore) -> Vec<(String, usize)> {
    store.with_all(|runs| count_words(runs.iter().filter_map(|run| run.job_id.as_ref().map(JobId::shared))))
}

/// The ids of all jobs, those of the most recently created runs first; tracked.
pub(crate) fn recent_jobs(store: &'static RunStore) -> Vec<String> {
    let mut latest: BTreeMap<Arc<str>, Option<Timestamp>> = BTreeMap::new();
    store.with_all(|runs| {
        for run in runs {
            if let Some(job) = &run.job_id {
                let at = latest.entry(job.shared()).or_default();
                *at = (*at).max(run.created_at);
            }
        }
    });
    let mut jobs: Vec<_> = latest.into_iter().collect();
    jobs.sort_by(|(_, a), (_, b)| b.cmp(a));
    jobs.into_iter().map(|(job, _)| job.to_string()).collect()
}

/// Phases and counts of all runs at the time `now`. When only time has passed, only phases that changed are computed again.
fn run_index(store: &'static RunStore, now: RwSignal<Timestamp>) -> Memo<Arc<RunIndex>> {
    let last = StoredValue::new(None::<(u64, Timestamp, Arc<RunIndex>)>);
    Memo::new(move |_| {
        let (revision, now) = (store.revision(), now.get());
        let index = store.with_all(|runs| match last.get_value() {
            Some((of, at, index)) if of == revision && at <= now => index.advanced_to(runs, at, now),
            _ => RunIndex::of(runs, now),
        });
        let index = Arc::new(index);
        last.set_value(Some((revision, now, Arc::clone(&index))));
        index
    })
}
