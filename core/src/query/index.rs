//! The phases and counts of all runs at an instant, independent of any query.

use super::case_folding::folded;
use crate::collections::sort::sorted_indices;
use crate::phase::Phase;
use crate::run::{Run, Status};
use crate::run_state::{attention_changes, needs_attention};
use crate::time::Timestamp;
use std::sync::Arc;

/// The phases and counts of all runs at an instant.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RunIndex {
    /// The phase of each run, in the given order.
    pub phases: Vec<Phase>,
    /// The number of runs by phase and by status.
    pub counts: RunCounts,
    /// How many runs need attention.
    pub attention: usize,
    /// The next time that any phase may change.
    pub next_change_at: Option<Timestamp>,
}

impl RunIndex {
    /// Builds the index from all runs.
    pub fn of(runs: &[Arc<Run>], now: Timestamp) -> Self {
        let phases: Vec<Phase> = runs.iter().map(|run| Phase::of(run, now)).collect();
        let counts = RunCounts::of(runs.iter().map(|run| &**run).zip(phases.iter().copied()));
        let changes = runs.iter().flat_map(|run| boundaries(run));
        let attention = runs.iter().filter(|run| needs_attention(run, now)).count();
        Self { phases, counts, attention, next_change_at: changes.filter(|change| *change > now).min() }
    }

    /// The index of the same runs at `now`, given that this is their index at `before`, which is not later. Cheaper
    /// than [`RunIndex::of`], as few of very many runs change between two looks.
    #[must_use]
    pub fn advanced_to(&self, runs: &[Arc<Run>], before: Timestamp, now: Timestamp) -> Self {
        let mut later = Self { next_change_at: None, ..self.clone() };
        let mut changed = false;
        for (run, phase) in runs.iter().zip(&mut later.phases) {
            let mut passed = false;
            for change in boundaries(run) {
                if change > now {
                    later.next_change_at = Some(later.next_change_at.map_or(change, |first| first.min(change)));
                } else if change > before {
                    passed = true;
                }
            }
            if passed {
                *phase = Phase::of(run, now);
                changed = true;
                let needed = usize::from(needs_attention(run, before));
                later.attention = (later.attention + usize::from(needs_attention(run, now))).saturating_sub(needed);
            }
        }
        if changed {
            later.counts.phases = count_phases(&later.phases);
        }
        later
    }
}

/// When the phase of a run may change, or whether it needs attention.
fn boundaries(run: &Run) -> impl Iterator<Item = Timestamp> {
    attention_changes(run).into_iter().flatten()
}

/// The number of runs by phase and by status.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RunCounts {
    /// By phase, in the order of [`Phase::ALL`], without zeros.
    pub phases: Vec<(Phase, usize)>,
    /// By status in lower case, most frequent first, then alphabetically.
    pub statuses: Vec<(String, usize)>,
}

impl RunCounts {
    /// Counts the runs.
    pub fn of<'a>(runs: impl Iterator<Item = (&'a Run, Phase)>) -> Self {
        // There are few different statuses: each is compared with the known ones, the previous one first.
        let mut words: Vec<(&str, usize)> = Vec::new();
        let mut last = 0;
        let mut phases = Vec::new();
        for (run, phase) in runs {
            phases.push(phase);
            let Some(status) = run.status.as_ref().map(Status::as_str) else { continue };
            if words.get(last).is_none_or(|(word, _)| *word != status) {
                last = match words.iter().position(|(word, _)| *word == status) {
                    Some(at) => at,
                    None if words.len() < MOST_WORDS => {
                        words.push((status, 0));
                        words.len() - 1
                    }
                    None => continue,
                };
            }
            if let Some((_, count)) = words.get_mut(last) {
                *count = count.saturating_add(1);
            }
        }
        Self { phases: count_phases(&phases), statuses: folded_counts(&words) }
    }
}

/// If every run had a status of its own, none would be worth a filter.
const MOST_WORDS: usize = 200;

/// Merges statuses that differ in letter case only; most frequent first, then alphabetically.
fn folded_counts(words: &[(&str, usize)]) -> Vec<(String, usize)> {
    let mut counted: Vec<(String, usize)> = Vec::new();
    for (word, count) in words {
        let word: String = folded(word).collect();
        match counted.iter_mut().find(|(known, _)| *known == word) {
            Some((_, sum)) => *sum = sum.saturating_add(*count),
            None => counted.push((word, *count)),
        }
    }
    let at = |at: usize| counted.get(at).map(|(word, count)| (std::cmp::Reverse(*count), word.as_str()));
    sorted_indices(counted.len(), &|a, b| at(a).cmp(&at(b)))
        .into_iter()
        .filter_map(|at| counted.get(at).cloned())
        .collect()
}

/// In the order of [`Phase::ALL`], without zeros.
fn count_phases(phases: &[Phase]) -> Vec<(Phase, usize)> {
    let mut counts = Phase::ALL.map(|phase| (phase, 0_usize));
    for phase in phases {
        if let Some((_, count)) = counts.iter_mut().find(|(of, _)| of == phase) {
            *count = count.saturating_add(1);
        }
    }
    counts.into_iter().filter(|(_, count)| *count > 0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::RunId;
    use proptest::prelude::*;

    /// Windows of a few seconds around the instants of the tests; some are incomplete or reversed.
    fn runs() -> impl Strategy<Value = Vec<Arc<Run>>> {
        let time = || prop::option::weighted(0.9, (-6_i64..12).prop_map(|at| Timestamp::from_millis(at * 500)));
        let status =
            prop::option::of(prop::sample::select(vec!["scheduled", "Running", "stopped", "paused", "failed"]));
        let run = (time(), time(), status).prop_map(|(start_at, end_at, status)| {
            Arc::new(Run {
                id: RunId::new("1"),
                job_id: None,
                name: Arc::from(""),
                status: status.map(Status::new),
                start_at,
                end_at,
                created_at: None,
                updated_at: None,
                odd_times: crate::run::OddTimes::default(),
            })
        });
        prop::collection::vec(run, 0..12)
    }

    proptest! {
        #[test]
        fn advancing_the_index_equals_building_it_again(runs in runs(), steps in prop::collection::vec(0_i64..10, 1..5)) {
            let mut at = Timestamp::from_millis(-2_000);
            let mut facts = RunIndex::of(&runs, at);
            for step in steps {
                let now = Timestamp::from_millis(at.millis() + step * 250);
                facts = facts.advanced_to(&runs, at, now);
                prop_assert_eq!(&facts, &RunIndex::of(&runs, now));
                at = now;
            }
        }

        #[test]
        fn phases_do_not_change_before_next_change_at(runs in runs(), wait in 0_i64..32) {
            let at = Timestamp::from_millis(-2_000);
            let facts = RunIndex::of(&runs, at);
            let now = Timestamp::from_millis(at.millis() + wait * 250);
            let holds = facts.next_change_at.is_none_or(|change| now < change);
            prop_assert!(!holds || RunIndex::of(&runs, now).phases == facts.phases);
        }
    }

    fn run(status: Option<&str>) -> Run {
        Run {
            id: RunId::new("1"),
            job_id: None,
            name: Arc::from(""),
            status: status.map(Status::new),
            start_at: None,
            end_at: None,
            created_at: None,
            updated_at: None,
            odd_times: crate::run::OddTimes::default(),
        }
    }

    #[test]
    fn phases_are_counted_in_order_and_statuses_by_frequency() {
        let runs = [
            (run(Some("Running")), Phase::Over),
            (run(Some("running")), Phase::Open),
            (run(Some("scheduled")), Phase::Over),
            (run(Some("failed")), Phase::Unknown),
            (run(None), Phase::Over),
        ];
        let counts = RunCounts::of(runs.iter().map(|(run, phase)| (run, *phase)));
        assert_eq!(counts.phases, [(Phase::Open, 1), (Phase::Over, 3), (Phase::Unknown, 1)]);
        let statuses = [("running", 2), ("failed", 1), ("scheduled", 1)];
        assert_eq!(counts.statuses, statuses.map(|(word, count)| (String::from(word), count)));
        assert_eq!(RunCounts::of(std::iter::empty()), RunCounts::default());
    }
}
