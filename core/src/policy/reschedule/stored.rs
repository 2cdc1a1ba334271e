//! A reschedule in session storage: after a reload both runs are read, and the person decides.

use super::{Effect, RescheduleState, Stage};
use crate::run::RunId;
use crate::wire::stored::{StoredReschedule, StoredStep as Step};
use crate::wire::{read, to_text};

/// `None` if it has ended and nothing is left to do.
const fn step(stage: &Stage) -> Option<Step> {
    match stage {
        Stage::Creating | Stage::Unclear => Some(Step::Creating),
        Stage::Verifying | Stage::Differs(_) | Stage::Unverified(_) | Stage::NewEnded(_) => Some(Step::Verifying),
        Stage::CheckingOld | Stage::Held | Stage::OldOpened(_) | Stage::OldUnread(_) | Stage::NotStopped(_) => {
            Some(Step::CheckingOld)
        }
        Stage::Stopping | Stage::StopUnclear { .. } => Some(Step::Stopping),
        Stage::NotCreated | Stage::Done(_) | Stage::BothKept => None,
    }
}

/// The old run of a saved text.
pub(crate) fn old_run_of(text: &str) -> Option<RunId> {
    read::<StoredReschedule>(text).map(|stored| RunId::new(&stored.old))
}

impl RescheduleState {
    /// As compact JSON, with the name of the old run; `None` if it has ended. Contains no secret.
    pub fn keep(&self, old_name: &str) -> Option<String> {
        Some(to_text(&StoredReschedule {
            old: self.old.as_str().to_owned(),
            old_name: old_name.to_owned(),
            new: self.new.as_ref().map(|id| id.as_str().to_owned()),
            asked: (&self.asked).into(),
            key: self.key.clone(),
            step: step(&self.stage)?,
        }))
    }

    /// Restores a saved text, with the name of the old run and the first effect. Nothing is stopped until the person decides
    /// ([`Stage::Held`]). `stops` says whether the outcome of a stop of that run is still being read.
    pub fn recall(text: &str, stops: &dyn Fn(&RunId) -> bool) -> Option<(Self, String, Option<Effect>)> {
        let stored: StoredReschedule = read(text)?;
        let asked = stored.asked.try_into().ok()?;
        let new = stored.new.as_deref().map(RunId::new);
        // The outcome of the create is searched for through its own intent.
        let mut state =
            Self { old: RunId::new(&stored.old), asked, key: stored.key, new, stage: Stage::Unclear, held: true };
        let effect = match (stored.step, &state.new) {
            (Step::Creating, _) | (_, None) => None,
            (Step::Verifying, _) => state.verify(),
            (Step::Stopping, _) if stops(&state.old) => {
                state.stage = Stage::StopUnclear { not_stopped_at: None };
                None
            }
            (Step::CheckingOld | Step::Stopping, _) => state.check_old(),
        };
        Some((state, stored.old_name, effect))
    }
}

#[cfg(test)]
mod tests;
