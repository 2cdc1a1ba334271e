//! The list: which runs are listed in which order, and which of them are shown and drawn.

mod arrivals;
mod filter;
mod listing;
mod search;
mod window;

pub use arrivals::{Question, Shown, shown};
pub use listing::Listing;
pub use window::{Drawn, Focused, Measures, drawn, layout};

use super::navigation::Navigation;
use super::run_store::RunStore;
use super::settings::Settings;
use crate::config::ConfigHandle;
use filter::Runs;
use leptos::prelude::*;
use runboard_core::collections::sort::count_words;
use runboard_core::query::{RunIndex, Sort, SortKey};
use runboard_core::run::{JobId, Run, RunId};
use runboard_core::time::Timestamp;
use search::{Inputs, Searches};
use std::sync::Arc;

/// What the list depends on besides the runs.
#[derive(Clone, Copy)]
pub struct ListSources {
    /// Labels of jobs.
    pub config: ConfigHandle,
    /// The zone.
    pub settings: Settings,
    /// Where the list is scrolled to.
    pub navigation: Navigation,
}

/// The list, for those who draw it.
#[derive(Clone, Copy)]
pub struct ListHandle {
    store: RunStore,
    searches: Searches,
    listing: Memo<Listing>,
}

impl ListHandle {
    /// Follows the runs, what is asked for (query and order), and an instant. The runs are sorted again only when they or the
    /// order have changed, not for a letter that is typed.
    pub fn follow(
        store: RunStore,
        sources: ListSources,
        asked: Memo<(String, Sort)>,
        now: RwSignal<Timestamp>,
    ) -> Self {
        let facts = facts(store, now);
        let sort = Memo::new(move |_| asked.with(|(_, sort)| *sort));
        let before = StoredValue::new(Arc::new(Vec::new()));
        let places = Memo::new(move |_| {
            let (config, sort) = (sources.config.get(), sort.get());
            let mut places = before.get_value();
            // The order by status is the only one that changes with the time of day.
            if sort.key == SortKey::Status {
                facts.track();
            }
            facts.with_untracked(|facts| {
                let sorted = Arc::make_mut(&mut places);
                store.with_all(|runs| Runs { runs, phases: &facts.phases, config: &config }.sort(sort, sorted));
            });
            before.set_value(Arc::clone(&places));
            places
        });
        let searches = Searches::new(store, sources);
        let listing = searches.follow(move || {
            asked.with(|(q, sort)| Inputs {
                facts: facts.get(),
                places: places.get(),
                q: q.clone(),
                sort: *sort,
                zone: sources.settings.zone(),
                now: now.get(),
                revision: 0,
            })
        });
        Self { store, searches, listing }
    }

    /// What is listed.
    pub fn listing(self) -> Memo<Listing> {
        self.listing
    }

    /// Something derived from the listing that keeps its last value while very many runs are being searched.
    pub fn settled<T: Clone + PartialEq + Send + Sync + 'static>(
        self,
        of: impl Fn(&Listing) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        let last = StoredValue::new(None);
        Memo::new(move |_| {
            self.listing.with(|listing| match last.get_value().filter(|_| listing.searching) {
                Some(last) => last,
                None => {
                    let now = of(listing);
                    last.set_value(Some(now.clone()));
                    now
                }
            })
        })
    }

    /// Finishes the search at once. Says whether `shown`, which a button was labelled with, is still right.
    pub fn finish_search<T: Clone + PartialEq + Send + Sync + 'static>(self, shown: Memo<T>) -> bool {
        let before = shown.get_untracked();
        if self.listing.with_untracked(|listing| listing.searching) {
            self.searches.finish();
        }
        shown.get_untracked() == before
    }

    /// A run; not tracked.
    pub fn run(self, id: &RunId) -> Option<Arc<Run>> {
        self.store.get(id)
    }

    /// A run; tracked.
    pub fn track_run(self, id: &RunId) -> Option<Arc<Run>> {
        self.store.track(id)
    }

    /// Changes whenever any run does; tracked.
    pub fn revision(self) -> u64 {
        self.store.revision()
    }

    /// The jobs of all runs with how many each has, most frequent first; tracked.
    pub fn jobs(self) -> Vec<(String, usize)> {
        jobs(self.store)
    }

    pub(super) fn store(self) -> RunStore {
        self.store
    }
}

/// The job ids in use with how many runs each has, most frequent first; tracked.
pub fn jobs(store: RunStore) -> Vec<(String, usize)> {
    store.with_all(|runs| count_words(runs.iter().filter_map(|run| run.job_id.as_ref().map(JobId::shared))))
}

/// Phases and counts of all runs, at an instant. When windows open or end, only their phases are computed again.
fn facts(store: RunStore, now: RwSignal<Timestamp>) -> Memo<Arc<RunIndex>> {
    let before = StoredValue::new(None::<(u64, Timestamp, Arc<RunIndex>)>);
    Memo::new(move |_| {
        let (revision, now) = (store.revision(), now.get());
        let facts = store.with_all(|runs| match before.get_value() {
            Some((of, at, facts)) if of == revision && at <= now => facts.advanced_to(runs, at, now),
            _ => RunIndex::of(runs, now),
        });
        let facts = Arc::new(facts);
        before.set_value(Some((revision, now, Arc::clone(&facts))));
        facts
    })
}
