//! Which runs are listed, and in which order.

use super::super::Ui;
use crate::gates;
use crate::reactive::{Memo, RwSignal, StoredValue, memo};
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
    /// What understands the query, or compares texts, is still on its way: nothing is listed.
    pub waits: bool,
}

/// What a query asks for.
pub struct Filter {
    /// Whether a run has it.
    pub matches: Box<dyn Fn(Subject<'_>) -> bool>,
    /// Whether that depends on the time of day.
    pub follows_time: bool,
    /// What of the query was not understood.
    pub marks: Vec<Mark>,
    /// What its times stand for.
    pub windows: Vec<(TimeKey, Vec<Window>)>,
}

impl Filter {
    /// Understands a query.
    pub(crate) fn read(q: &str, context: Context<'_>) -> Self {
        let Reading { query, marks, windows } = Query::read(q, context);
        Self {
            follows_time: query.follows_time(),
            matches: Box::new(move |subject| query.matches(subject)),
            marks,
            windows: windows.into_iter().map(|(_, key, windows)| (key, windows)).collect(),
        }
    }
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
    /// Whether the rest of the program is here.
    whole: bool,
}

impl<'a> All<'a> {
    fn at(self, place: usize) -> Option<Subject<'a>> {
        let (run, phase) = (self.runs.get(place)?, *self.phases.get(place)?);
        let job_label = run.job_id.as_ref().and_then(|job| self.config.jobs.get(job.as_str()));
        Some(Subject { run, phase, job_label })
    }

    /// Puts all places in order; what `places` says already makes it cheaper.
    fn sort(self, sort: Sort, places: &mut Vec<usize>) {
        let by_text = !sort.key.is_time();
        if by_text && !self.whole {
            return places.clear();
        }
        if places.len() > self.runs.len() {
            places.clear();
        }
        places.extend(places.len()..self.runs.len());
        let rank = |place| match self.at(place) {
            Some(subject) if by_text => gates::rank(sort, subject),
            Some(subject) => sort.rank_times(subject.run),
            None => u64::MAX,
        };
        let ranks: Vec<u64> = (0..self.runs.len()).map(rank).collect();
        reorder(places, &|a, b| match ranks.get(a).cmp(&ranks.get(b)) {
            Ordering::Equal => match (self.at(a), self.at(b)) {
                (Some(a), Some(b)) if by_text => gates::compare(sort, a, b),
                (Some(a), Some(b)) => sort.compare_times(a.run, b.run),
                _ => Ordering::Equal,
            },
            other => other,
        });
    }

    fn list(self, places: &[usize], facts: &Facts, q: &str, sort: Sort, context: Context<'_>) -> Listing {
        let asks = !q.trim().is_empty();
        let waits = (asks || !sort.key.is_time()) && !self.whole;
        let filter = (asks && self.whole).then(|| gates::filter(q, context));
        let mut ids: Vec<RunId> = Vec::new();
        for place in places.iter().filter(|_| !waits) {
            if let Some(subject) = self.at(*place)
                && filter.as_ref().is_none_or(|filter| (filter.matches)(subject))
            {
                ids.push(subject.run.id.clone());
            }
        }
        let relative = filter.as_ref().filter(|filter| filter.follows_time).map(|_| context.now.plus(RELATIVE));
        let (marks, windows) = filter.map_or_else(Default::default, |filter| (filter.marks, filter.windows));
        Listing {
            ids: Arc::new(ids),
            total: self.runs.len(),
            counts: facts.counts.clone(),
            holds_until: facts.changes_at.into_iter().chain(relative).min(),
            marks,
            windows,
            waits,
        }
    }
}

/// Whether the rest of the program is here, tracked; it is asked for where it is needed.
fn whole(ui: Ui, q: &str, sort: Sort) -> bool {
    let whole = ui.rest.here();
    if !whole && (!q.trim().is_empty() || !sort.key.is_time()) {
        ui.rest.want();
    }
    whole
}

impl Listing {
    /// Filters and sorts all runs. Tracks the store, and where the rest of the program is.
    pub fn of(store: Store, ui: Ui, q: &str, sort: Sort, now: Timestamp, offset: Offset<'_>) -> Self {
        let whole = whole(ui, q, sort);
        store.with_all(|runs| {
            let facts = Facts::of(runs, now);
            let config = ui.config.get();
            let all = All { runs, phases: &facts.phases, config: &config, whole };
            let mut places = Vec::new();
            all.sort(sort, &mut places);
            all.list(&places, &facts, q, sort, Context { now, offset })
        })
    }

    /// Follows the store, what is asked for, and an instant. Each part is made again only when what it depends on has changed:
    /// with very many runs a letter that is typed must not sort them again.
    pub fn follow(store: Store, ui: Ui, asked: Memo<(String, Sort)>, now: RwSignal<Timestamp>) -> Memo<Self> {
        let whole = memo(move || asked.with(|(q, sort)| whole(ui, q, *sort)));
        let facts = memo(move || {
            let now = now.get();
            store.with_all(|runs| Facts::of(runs, now))
        });
        let sort = memo(move || asked.with(|(_, sort)| *sort));
        let before = StoredValue::new(Vec::new());
        let places = memo(move || {
            let (config, sort, whole) = (ui.config.get(), sort.get(), whole.get());
            let mut places = before.try_update_value(std::mem::take).unwrap_or_default();
            facts.with(|facts| {
                store.with_all(|runs| {
                    All { runs, phases: &facts.phases, config: &config, whole }.sort(sort, &mut places)
                });
            });
            before.set_value(places.clone());
            places
        });
        memo(move || {
            let (config, zone, now, whole) = (ui.config.get(), ui.settings.zone(), now.get(), whole.get());
            let context = Context { now, offset: &|at| zone.offset(at) };
            facts.with(|facts| {
                places.with(|places| {
                    asked.with(|(q, sort)| {
                        store.with_all(|runs| {
                            let all = All { runs, phases: &facts.phases, config: &config, whole };
                            all.list(places, facts, q, *sort, context)
                        })
                    })
                })
            })
        })
    }

    /// The job ids in use, most frequent first: suggestions for a form.
    pub fn jobs(store: Store) -> Vec<String> {
        Self::jobs_counted(store).into_iter().map(|(job, _)| job).collect()
    }

    /// The job ids in use with how many runs each has, most frequent first.
    pub fn jobs_counted(store: Store) -> Vec<(String, usize)> {
        let runs = store.all();
        tally(runs.iter().filter_map(|run| run.job_id.as_ref().map(JobId::as_str)))
    }
}
