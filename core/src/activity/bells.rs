//! What a person wants to be notified of: a run, all runs of a job, or all runs of a view.

use super::entry::{Alert, Transition};
use super::noticed::Noticed;
use crate::query::same_text;
use crate::run::{JobId, Run, RunId};
use crate::run_state::{RunState, ended_at};
use crate::time::{Span, Timestamp};
use crate::wire::activity::{StoredBell, StoredBells};
use crate::wire::{read, to_text};
use std::sync::Arc;

/// What a bell is set on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Subject {
    /// One run.
    Run(RunId),
    /// All runs of a job, also those to come.
    Job(JobId),
    /// All runs of a view of the list, also those to come.
    View {
        /// Its name.
        name: Arc<str>,
        /// Its query.
        q: Arc<str>,
    },
}

/// A bell.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bell {
    /// What it is set on.
    pub subject: Subject,
    /// The name of the run when it was set; empty for others.
    pub name: Arc<str>,
}

/// The bells of a person, and how they are notified.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bells {
    bells: Vec<Bell>,
    /// A rise of the share of failures by so much is told, in tenths of a percent.
    pub failures_rose_by: u32,
    /// Whether the person asked for notifications of the operating system.
    pub system: bool,
}

/// The most bells of one person.
pub const MOST_BELLS: usize = 100;
/// The rises of the share of failures that can be chosen, in tenths of a percent.
pub const FAILURE_RISES: [u32; 5] = [20, 50, 100, 200, 500];
/// The one that is chosen at first.
const FAILURES_ROSE_BY: u32 = 100;
/// The API may have a final word for a run so long after its window; then its bell is done.
const DONE_AFTER: Span = Span::from_hours(1);

/// Whether a query lists a run as it is at an instant.
pub type IsListed<'a> = &'a dyn Fn(&str, &Run, Timestamp) -> bool;

impl Default for Bells {
    fn default() -> Self {
        Self { bells: Vec::new(), failures_rose_by: FAILURES_ROSE_BY, system: false }
    }
}

impl Bells {
    /// The bells, in the order in which they were set.
    pub fn all(&self) -> &[Bell] {
        &self.bells
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.bells.is_empty()
    }

    /// Whether there is one on this.
    pub fn has(&self, subject: &Subject) -> bool {
        self.bells.iter().any(|bell| bell.subject.is_same(subject))
    }

    /// Sets a bell, in the place of one on the same. Returns whether there was room for it.
    pub fn set(&mut self, bell: Bell) -> bool {
        let is_full = self.bells.len() >= MOST_BELLS;
        match self.bells.iter_mut().find(|known| known.subject.is_same(&bell.subject)) {
            Some(known) => *known = bell,
            None if is_full => return false,
            None => self.bells.push(bell),
        }
        true
    }

    /// Removes the bell on this.
    pub fn remove(&mut self, subject: &Subject) {
        self.bells.retain(|bell| !bell.subject.is_same(subject));
    }

    /// Removes the bells on runs to which nothing happens any more, and on those that no longer exist. Call it when all runs were
    /// just read, at `now`: of what was read before, the news may still come. `find` returns a run of these. Returns whether any was
    /// removed.
    pub fn drop_done(&mut self, find: impl Fn(&RunId) -> Option<Arc<Run>>, now: Timestamp) -> bool {
        let before = self.bells.len();
        self.bells.retain(|bell| match &bell.subject {
            Subject::Run(id) => find(id).is_some_and(|run| !Self::is_done(&run, now)),
            Subject::Job(_) | Subject::View { .. } => true,
        });
        self.bells.len() < before
    }

    /// Whether nothing happens to a run any more.
    pub fn is_done(run: &Run, now: Timestamp) -> bool {
        let ended = match RunState::of(run, now) {
            // With the API's final word, which may come before the end of the window.
            RunState::Completed | RunState::Failed | RunState::Stopped => run.updated_at.or(ended_at(run)),
            RunState::Ended => ended_at(run),
            RunState::Scheduled | RunState::Open | RunState::Running | RunState::Unknown => None,
        };
        ended.is_some_and(|ended| now.since(ended) >= DONE_AFTER)
    }

    /// Whether a bell is set on a run as it is at an instant.
    pub fn is_on(&self, run: &Run, at: Timestamp, is_listed: IsListed<'_>) -> bool {
        self.bells.iter().any(|bell| match &bell.subject {
            Subject::Run(id) => *id == run.id,
            Subject::Job(job) => run.job_id.as_ref() == Some(job),
            Subject::View { q, .. } => is_listed(q, run, at),
        })
    }

    /// Marks what the person is to be notified of. A run that left a view by what happened, such as one that is no longer running,
    /// was in it before.
    pub fn mark(&self, noticed: &mut [Noticed], is_listed: IsListed<'_>) {
        if self.is_empty() {
            return;
        }
        for noticed in noticed {
            let Noticed { entry, before, after } = noticed;
            let is_on = |(run, at): &(Arc<Run>, Timestamp)| self.is_on(run, *at, is_listed);
            let is_told = entry.transition().is_some_and(|transition| is_told(transition, &after.0));
            if is_told && (is_on(after) || before.as_ref().is_some_and(is_on)) {
                entry.alert = Alert::Unseen;
            }
        }
    }

    /// As compact JSON.
    pub fn to_text(&self) -> String {
        let bells = self.bells.iter().map(StoredBell::from).collect();
        to_text(&StoredBells { bells, failures_rose_by: Some(self.failures_rose_by.into()), system: Some(self.system) })
    }

    /// Reads what was stored; what cannot be read is left out.
    pub fn of_text(text: &str) -> Self {
        let stored: StoredBells = read(text).unwrap_or_default();
        let rise = stored.failures_rose_by.and_then(|rise| u32::try_from(rise).ok());
        let failures_rose_by = rise.filter(|rise| FAILURE_RISES.contains(rise)).unwrap_or(FAILURES_ROSE_BY);
        let mut bells = Self { failures_rose_by, system: stored.system.unwrap_or_default(), ..Self::default() };
        for bell in stored.bells.into_iter().filter_map(Bell::read) {
            bells.set(bell);
        }
        bells
    }
}

impl Subject {
    /// Whether both are the same run, job or view. A view with another query is another one.
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::View { name: a, q: p }, Self::View { name: b, q }) => same_text(a, b) && p == q,
            _ => self == other,
        }
    }
}

impl Bell {
    fn read(stored: StoredBell) -> Option<Self> {
        let StoredBell { run, job, view, q, name } = stored;
        let subject = match (run, job, view) {
            (Some(run), _, _) => Subject::Run(RunId::new(&run)),
            (None, Some(job), _) => Subject::Job(JobId::new(&job)),
            (None, None, Some(name)) => Subject::View { name, q: q.unwrap_or_default() },
            (None, None, None) => return None,
        };
        Some(Self { subject, name: name.unwrap_or_default() })
    }
}

impl From<&Bell> for StoredBell {
    fn from(bell: &Bell) -> Self {
        let name = Some(Arc::clone(&bell.name)).filter(|name| !name.is_empty());
        match &bell.subject {
            Subject::Run(id) => Self { run: Some(id.shared()), name, ..Self::default() },
            Subject::Job(job) => Self { job: Some(job.shared()), name, ..Self::default() },
            Subject::View { name: view, q } => {
                Self { view: Some(Arc::clone(view)), q: Some(Arc::clone(q)), name, ..Self::default() }
            }
        }
    }
}

/// Whether a bell tells of this. A run that has a window opens with it, whatever the API says then.
fn is_told(transition: Transition, run: &Run) -> bool {
    match transition {
        Transition::Running => run.window().is_none(),
        Transition::Appeared | Transition::Reverted(_) => false,
        Transition::Opened
        | Transition::Completed
        | Transition::Ended
        | Transition::Failed
        | Transition::Stopped
        | Transition::Contradiction(_)
        | Transition::FailuresRose(_) => true,
    }
}
