//! Requests of other tabs that were closed or signed out, and taking them up.

use super::{CreateState, Stage};
use crate::draft::NewRun;
use crate::policy::intent::{Intent, alike, recall};
use crate::policy::run_match::DifferenceKind;
use crate::time::Timestamp;

impl CreateState {
    /// Records what other tabs left and nobody has taken up ([`crate::policy::unfinished::LeftUnfinished::creates`]): it blocks the
    /// same run like a request of this tab.
    #[must_use]
    pub fn with_left_elsewhere(mut self, left: Vec<Intent>) -> Self {
        self.left_elsewhere = left;
        self
    }

    /// Whether this tab can take up a request that another tab left: no outcome is awaited or waits to be seen. A run that was
    /// created just as it was asked for is shown when it is, and need not be dismissed first.
    pub fn may_take_up(&self) -> bool {
        let is_seen = match &self.stage {
            Stage::Ready => true,
            Stage::Created { differences } => {
                differences.iter().all(|difference| difference.kind == DifferenceKind::Milliseconds)
            }
            _ => false,
        };
        is_seen && self.late_finds.is_empty()
    }

    /// Adds what another tab left unfinished, and looks for the outcome as after a reload: by reading, never by sending. To be called
    /// while [`CreateState::may_take_up`].
    #[must_use]
    pub fn take_up(self, text: &str, now: Timestamp) -> Self {
        let mut intents = self.intents;
        for taken in recall(text) {
            if intents.iter().all(|own| own.key != taken.key) {
                intents.push(taken);
            }
        }
        Self::restore_intents(intents, now).with_left_elsewhere(self.left_elsewhere)
    }

    /// Whether the stage is about a request for the same run.
    pub fn is_about(&self, run: &NewRun) -> bool {
        self.current().is_some_and(|intent| intent.is_alike(run))
    }

    /// The latest request for the same run of which it is not known what became of it, in this tab or left by another one.
    pub fn sent_before(&self, run: &NewRun) -> Option<&Intent> {
        let own = self.intents.iter().filter(|intent| intent.is_open());
        let unclear = self.left_elsewhere.iter().chain(own).filter(|intent| alike(&intent.run, run));
        unclear.max_by_key(|intent| intent.asked_at)
    }
}
