//! What a person should know before signing out: the requests whose outcome is not known yet.

use super::bulk_stop::{BulkStopState, EntryStage};
use super::create::CreateState;
use super::reschedule::{RescheduleState, Stage};
use super::stop::StopState;
use crate::run::RunId;

/// The requests whose outcome is unknown, or that are unfinished.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Unclear {
    /// The names of the runs that may have been created.
    pub creates: Vec<String>,
    /// The names of the runs that may have been stopped.
    pub stops: Vec<String>,
    /// How many runs of a bulk stop were not asked to stop yet.
    pub unasked: usize,
    /// The name of the run that is being rescheduled.
    pub reschedule: Option<String>,
}

/// Where what is unclear is kept when the person signs out, and so where its outcome can be told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Remembered {
    /// In every tab of this browser.
    InBrowser,
    /// Only in this tab, until it is closed.
    InTab,
    /// The browser refuses to keep it.
    Nowhere,
}

impl Unclear {
    /// What is unclear in a tab. The reschedule comes with the name of the old run.
    pub fn of(
        create: &CreateState,
        stops: &[(RunId, StopState)],
        bulk_stop: &BulkStopState,
        reschedule: Option<&(RescheduleState, String)>,
    ) -> Self {
        let is_unasked = |state: &EntryStage| matches!(state, EntryStage::Waiting | EntryStage::Reading);
        let is_under_way =
            |state: &RescheduleState| !matches!(state.stage(), Stage::NotCreated | Stage::Done(_) | Stage::BothKept);
        Self {
            creates: create.unclear().map(|intent| intent.run.name.clone()).collect(),
            stops: stops.iter().filter_map(|(_, stop)| stop.pending_run()).map(|run| run.name.to_string()).collect(),
            unasked: bulk_stop.entries().iter().filter(|entry| is_unasked(&entry.state)).count(),
            reschedule: reschedule.filter(|(state, _)| is_under_way(state)).map(|(_, name)| name.clone()),
        }
    }

    /// Whether the outcome of everything is known.
    pub const fn is_empty(&self) -> bool {
        self.creates.is_empty() && self.stops.is_empty() && self.unasked == 0 && self.reschedule.is_none()
    }
}

#[cfg(test)]
mod tests;
