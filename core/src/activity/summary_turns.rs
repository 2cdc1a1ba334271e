//! Whose summary is read next: of the runs with a bell, the one whose summary was read longest ago. There may be very many of them,
//! so they are looked at a part at a time.

use crate::run::{Run, RunId};
use crate::time::{Span, Timestamp};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// A summary that was read so recently, such as by the run's own page, is not read again.
const JUST_READ: Span = Span::from_seconds(10);

/// When the summary of each run was last read.
#[derive(Clone, Debug, Default)]
pub struct SummaryTurns {
    read_at: FxHashMap<RunId, Timestamp>,
}

/// A search for the next one.
#[derive(Clone, Debug, Default)]
pub struct NextSummary {
    next: Option<(Option<Timestamp>, Arc<Run>)>,
    /// All that were looked at.
    watched: Vec<RunId>,
}

impl SummaryTurns {
    /// The summary of a run was read.
    pub fn note(&mut self, id: &RunId, now: Timestamp) {
        self.read_at.insert(id.clone(), now);
    }

    /// Looks at some of the watched runs. Returns whether the next one is found: no other can have waited longer than one whose
    /// summary was never read.
    pub fn look_at<'a>(&self, search: &mut NextSummary, watched: impl Iterator<Item = &'a Arc<Run>>) -> bool {
        for run in watched {
            let read_at = self.read_at.get(&run.id).copied();
            search.watched.push(run.id.clone());
            if search.next.as_ref().is_none_or(|(before, _)| read_at < *before) {
                search.next = Some((read_at, Arc::clone(run)));
            }
            if read_at.is_none() {
                return true;
            }
        }
        false
    }

    /// Ends a search: the run whose summary is to be read now, if any is due. What is known of runs that are no longer watched is
    /// forgotten, once all were looked at.
    pub fn take_turn(&mut self, search: NextSummary, now: Timestamp) -> Option<Arc<Run>> {
        let (read_at, next) = search.next?;
        if read_at.is_some() && self.read_at.len() > 2 * search.watched.len() {
            let kept = search.watched.iter().filter_map(|id| Some((id.clone(), *self.read_at.get(id)?)));
            self.read_at = kept.collect();
        }
        if read_at.is_some_and(|at| now.since(at) < JUST_READ) {
            return None;
        }
        self.note(&next.id, now);
        Some(next)
    }
}
