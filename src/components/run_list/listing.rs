//! Which runs are listed, and in which order.

use crate::config::Settled;
use crate::reactive::{Memo, RwSignal, StoredValue, memo};
use crate::settings::Settings;
use crate::store::Store;
use runboard_core::config::Config;
use runboard_core::phase::Phase;
use runboard_core::query::{Context, Counts, Mark, Query, Reading, Sort, Subject, TimeKey, Window};
use runboard_core::run::{JobId, Run, RunId};
use runboard_core::tally::{reorder, tally};
use runboard_core::time::zone::Offset;
use runboard_core::time::{Span, Timestamp};
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
}

/// How often what depends on the time of day is looked at again.
const RELATIVE: Span = Span::from_seconds(20);

/// What is known of all runs at an instant, whatever is asked for.
#[derive(Clone, PartialEq, Debug, Default)]
struct Facts {
    /// In the order of the store.
    phases: Vec<Phase>,
    counts: Counts,
    /// When the first of the phases changes.
    changes_at: Option<Timestamp>,
}

impl Facts {
    fn of(runs: &[Arc<Run>], now: Timestamp) -> Self {
        let phases: Vec<Phase> = runs.iter().map(|run| Phase::of(run, now)).collect();
        let counts = Counts::of(runs.iter().map(|run| &**run).zip(phases.iter().copied()));
        let changes = runs.iter().flat_map(|run| [run.start_at, run.end_at]).flatten();
        Self { phases, counts, changes_at: changes.filter(|change| *change > now).min() }
    }
}

/// All that is needed to look at one run after the other.
#[derive(Clone, Copy)]
struct All<'a> {
    runs: &'a [Arc<Run>],
    phases: &'a [Phase],
    config: &'a Config,
}

impl<'a> All<'a> {
    fn at(self, place: usize) -> Option<Subject<'a>> {
        let (run, phase) = (self.runs.get(place)?, *self.phases.get(place)?);
        let job_label = run.job_id.as_ref().and_then(|job| self.config.jobs.get(job.as_str()));
        Some(Subject { run, phase, job_label })
    }

    /// Puts all places in order; what `places` says already makes it cheaper.
    fn sort(self, sort: Sort, places: &mut Vec<usize>) {
        if places.len() > self.runs.len() {
            places.clear();
        }
        places.extend(places.len()..self.runs.len());
        let rank = |place| self.at(place).map_or(u64::MAX, |subject| sort.rank(subject));
        let ranks: Vec<u64> = (0..self.runs.len()).map(rank).collect();
        reorder(places, &|a, b| match ranks.get(a).cmp(&ranks.get(b)) {
            Ordering::Equal => match (self.at(a), self.at(b)) {
                (Some(a), Some(b)) => sort.compare(a, b),
                _ => Ordering::Equal,
            },
            other => other,
        });
    }

    fn list(self, places: &[usize], facts: &Facts, q: &str, context: Context<'_>) -> Listing {
        let Reading { query, marks, windows } = Query::read(q, context);
        let mut ids: Vec<RunId> = Vec::new();
        for place in places {
            if let Some(subject) = self.at(*place)
                && query.matches(subject)
            {
                ids.push(subject.run.id.clone());
            }
        }
        let relative = query.follows_time().then(|| context.now.plus(RELATIVE));
        Listing {
            ids: Arc::new(ids),
            total: self.runs.len(),
            counts: facts.counts.clone(),
            holds_until: facts.changes_at.into_iter().chain(relative).min(),
            marks,
            windows: windows.into_iter().map(|(_, key, windows)| (key, windows)).collect(),
        }
    }
}

impl Listing {
    /// Filters and sorts all runs. Tracks the store.
    pub fn of(store: Store, config: Settled, q: &str, sort: Sort, now: Timestamp, offset: Offset<'_>) -> Self {
        store.with_all(|runs| {
            let facts = Facts::of(runs, now);
            let config = config.get();
            let all = All { runs, phases: &facts.phases, config: &config };
            let mut places = Vec::new();
            all.sort(sort, &mut places);
            all.list(&places, &facts, q, Context { now, offset })
        })
    }

    /// Follows the store, what is asked for, and an instant. Each part is made again only when what it depends on has changed:
    /// with very many runs a letter that is typed must not sort them again.
    pub fn follow(
        store: Store,
        config: Settled,
        asked: Memo<(String, Sort)>,
        now: RwSignal<Timestamp>,
        settings: Settings,
    ) -> Memo<Self> {
        let facts = memo(move || {
            let now = now.get();
            store.with_all(|runs| Facts::of(runs, now))
        });
        let sort = memo(move || asked.with(|(_, sort)| *sort));
        let before = StoredValue::new(Vec::new());
        let places = memo(move || {
            let (config, sort) = (config.get(), sort.get());
            let mut places = before.try_update_value(std::mem::take).unwrap_or_default();
            facts.with(|facts| {
                store.with_all(|runs| All { runs, phases: &facts.phases, config: &config }.sort(sort, &mut places));
            });
            before.set_value(places.clone());
            places
        });
        memo(move || {
            let (config, zone, now) = (config.get(), settings.zone(), now.get());
            let context = Context { now, offset: &|at| zone.offset(at) };
            facts.with(|facts| {
                places.with(|places| {
                    asked.with(|(q, _)| {
                        store.with_all(|runs| {
                            All { runs, phases: &facts.phases, config: &config }.list(places, facts, q, context)
                        })
                    })
                })
            })
        })
    }

    /// The job ids in use, most frequent first: suggestions for a form.
    pub fn jobs(store: Store) -> Vec<String> {
        let runs = store.all();
        let jobs = runs.iter().filter_map(|run| run.job_id.as_ref().map(JobId::as_str));
        tally(jobs).into_iter().map(|(job, _)| job).collect()
    }
}
