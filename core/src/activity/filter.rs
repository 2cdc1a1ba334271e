//! The part of the record that a person asks for.

use super::away::Away;
use super::echoes::leave_out_echoes;
use super::entry::{Alert, Entry, What};
use super::kind::Kind;
use super::record::Record;
use crate::query::text_contains;
use crate::run::{JobId, RunId};
use crate::time::Timestamp;
use rustc_hash::FxHashSet;
use std::sync::Arc;

/// What to list; everything that is `None`, empty or `false` lists all.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Filter {
    /// Only this run.
    pub run: Option<RunId>,
    /// Only runs of this job.
    pub job: Option<JobId>,
    /// Only these kinds.
    pub kinds: Vec<Kind>,
    /// Only what was done here, and what was seen of the runs that it was done with. The API does not say who did what.
    pub mine: bool,
    /// Only what the person was notified of.
    pub notified: bool,
    /// Only what was noticed since then, by this computer's clock.
    pub since: Option<Timestamp>,
    /// Only what was noticed until then, by this computer's clock.
    pub until: Option<Timestamp>,
    /// Only runs with this text in their name or id, or in their job's id or label.
    pub q: String,
}

impl Filter {
    /// The entries that it lists, newest first, without those that only repeat what was done here, unless kinds are chosen.
    /// `label`: the configured label of a job.
    pub fn apply(&self, record: &Record, label: &dyn Fn(&JobId) -> Option<Arc<str>>) -> Vec<Arc<Entry>> {
        let own = if self.mine { own_runs(record) } else { FxHashSet::default() };
        let is_mine = |entry: &Entry| {
            matches!(entry.what, What::Done(_)) || entry.run.as_ref().is_some_and(|run| own.contains(run))
        };
        let listed = |entry: &&Arc<Entry>| {
            self.run.as_ref().is_none_or(|run| concerns(entry, run))
                && self.job.as_ref().is_none_or(|job| entry.job.as_ref() == Some(job))
                && (self.kinds.is_empty() || self.kinds.contains(&Kind::of(entry)))
                && (!self.mine || is_mine(entry))
                && (!self.notified || entry.alert != Alert::None)
                && self.since.is_none_or(|since| Away::is_since(entry, since))
                && self.until.is_none_or(|until| entry.noticed.here <= until)
                && self.has_text(entry, label)
        };
        let mut entries: Vec<_> = record.entries().rev().filter(listed).cloned().collect();
        if self.kinds.is_empty() {
            leave_out_echoes(&mut entries);
        }
        entries
    }

    fn has_text(&self, entry: &Entry, label: &dyn Fn(&JobId) -> Option<Arc<str>>) -> bool {
        let contains = |text: &str| text_contains(text, &self.q);
        let ids = [entry.run.as_ref(), new_run(entry)];
        self.q.trim().is_empty()
            || contains(&entry.name)
            || ids.into_iter().flatten().any(|id| contains(id.as_str()))
            || entry
                .job
                .as_ref()
                .is_some_and(|job| contains(job.as_str()) || label(job).is_some_and(|label| contains(&label)))
    }
}

fn concerns(entry: &Entry, run: &RunId) -> bool {
    entry.run.as_ref() == Some(run) || new_run(entry) == Some(run)
}

fn new_run(entry: &Entry) -> Option<&RunId> {
    match &entry.what {
        What::Done(done) => done.new_run.as_ref(),
        What::Seen(_) => None,
    }
}

/// The runs that something was done with here.
fn own_runs(record: &Record) -> FxHashSet<RunId> {
    let done = record.entries().filter(|entry| matches!(entry.what, What::Done(_)));
    done.flat_map(|entry| entry.run.iter().chain(new_run(entry)).cloned()).collect()
}
