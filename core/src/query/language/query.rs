//! A query as a rule for runs.

use super::IndexedRun;
use super::condition::Condition;
use super::state_filter::StateFilter;
use crate::query::folded_texts::FoldedTexts;
use crate::time::Timestamp;

/// Which runs are listed: those that match all clauses of any branch.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Query {
    /// Without any branch, every run matches.
    branches: Vec<Vec<Clause>>,
    /// Whether no run matches, as a part of the query is not understood.
    nothing: bool,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Clause {
    pub(super) exclude: bool,
    pub(super) condition: Condition,
}

impl Clause {
    fn matches(&self, subject: IndexedRun<'_>, texts: &FoldedTexts) -> bool {
        self.condition.matches(subject, texts) != self.exclude
    }

    /// Whether this certainly holds wherever `from` does.
    fn follows_from(&self, from: &Self) -> bool {
        match (self.exclude, from.exclude) {
            (false, false) => from.condition.implies(&self.condition),
            (true, true) => self.condition.implies(&from.condition),
            _ => false,
        }
    }
}

impl Query {
    /// The query that no run matches.
    pub(super) const fn nothing() -> Self {
        Self { branches: Vec::new(), nothing: true }
    }

    /// A branch without clauses matches every run.
    pub(super) fn any_of(branches: Vec<Vec<Clause>>) -> Self {
        let branches = if branches.iter().any(Vec::is_empty) { Vec::new() } else { branches };
        Self { branches, nothing: false }
    }

    /// Whether every run matches, as nothing is asked for.
    pub fn is_empty(&self) -> bool {
        self.branches.is_empty() && !self.nothing
    }

    /// Whether a part of it was not understood, so that it lists nothing.
    pub const fn is_refused(&self) -> bool {
        self.nothing
    }

    /// Whether its result changes as time passes, more often than the phases of runs do.
    pub fn depends_on_time(&self) -> bool {
        self.branches.iter().flatten().any(|clause| clause.condition.depends_on_time())
    }

    /// Whether every run that matches this query certainly matches `wider`, too. Then one more letter only needs to
    /// look at the runs that matched before.
    pub fn narrows(&self, wider: &Self) -> bool {
        let within = |branch: &[Clause], wider: &[Clause]| {
            wider.iter().all(|clause| branch.iter().any(|from| clause.follows_from(from)))
        };
        if self.nothing || wider.nothing || self.is_empty() || wider.is_empty() {
            return self.nothing || wider.is_empty();
        }
        self.branches.iter().all(|branch| wider.branches.iter().any(|wider| within(branch, wider)))
    }

    /// Whether a run matches. `texts` has the run's own, or it is compared without being normalised.
    pub fn matches(&self, subject: IndexedRun<'_>, texts: &FoldedTexts) -> bool {
        self.is_empty() || self.branches.iter().any(|branch| branch.iter().all(|clause| clause.matches(subject, texts)))
    }

    /// The query without the terms that a filter by state replaces: those that ask for a state and do not exclude. What
    /// it matches, counted by state, is what each filter would list.
    #[must_use]
    pub fn without_state(&self) -> Self {
        let kept = |clause: &&Clause| clause.exclude || !clause.condition.is_state();
        let branches = self.branches.iter().map(|branch| branch.iter().filter(kept).cloned().collect());
        if self.nothing { self.clone() } else { Self::any_of(branches.collect()) }
    }
}

/// How many runs there are in each state.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct StateCounts {
    /// In the order of [`StateFilter::ALL`].
    counts: [usize; StateFilter::ALL.len()],
    /// In whatever state.
    total: usize,
}

impl StateCounts {
    /// What a query would list with each filter by state in place of its own.
    pub fn of<'a>(
        query: &Query,
        subjects: &mut dyn Iterator<Item = IndexedRun<'a>>,
        texts: &FoldedTexts,
        now: Timestamp,
    ) -> Self {
        let (query, mut counts) = (query.without_state(), Self::default());
        subjects.filter(|subject| query.matches(*subject, texts)).for_each(|subject| counts.add(subject, now));
        counts
    }

    /// Counts a run that matches the query without its terms for the state.
    pub fn add(&mut self, subject: IndexedRun<'_>, now: Timestamp) {
        self.total += 1;
        let meets = StateFilter::of(subject, now);
        for (filter, count) in StateFilter::ALL.into_iter().zip(&mut self.counts) {
            *count += usize::from(meets(filter));
        }
    }

    /// How many runs a filter would list.
    pub fn get(&self, filter: StateFilter) -> usize {
        let counted = StateFilter::ALL.into_iter().zip(self.counts).find(|(of, _)| *of == filter);
        counted.map_or(0, |(_, count)| count)
    }

    /// How many runs would be listed without a filter by state.
    pub const fn total(&self) -> usize {
        self.total
    }
}
