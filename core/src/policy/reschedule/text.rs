//! The moving of a run as the text that session storage keeps: after a reload both runs are read, and a person decides.

use super::{Effect, RescheduleState as Rescheduling, Stage};
use crate::json;
use crate::policy::intent;
use crate::run::RunId;
use serde_json::Value;

/// The step as it is kept. What went wrong in it is not: it is read anew.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Creating,
    Verifying,
    CheckingOld,
    Stopping,
}

const STEPS: [(Step, &str); 4] = [
    (Step::Creating, "creating"),
    (Step::Verifying, "verifying"),
    (Step::CheckingOld, "checking-old"),
    (Step::Stopping, "stopping"),
];

/// `None` where it has ended: then nothing is left to be done.
const fn step(stage: &Stage) -> Option<Step> {
    match stage {
        Stage::Creating | Stage::Unclear => Some(Step::Creating),
        Stage::Verifying | Stage::Differs(_) | Stage::Unverified(_) | Stage::NewEnded(_) => Some(Step::Verifying),
        Stage::CheckingOld | Stage::Held | Stage::OldOpened(_) | Stage::OldUnread(_) | Stage::NotStopped(_) => {
            Some(Step::CheckingOld)
        }
        Stage::Stopping | Stage::StopUnclear => Some(Step::Stopping),
        Stage::NotCreated | Stage::Done | Stage::BothKept => None,
    }
}

impl Rescheduling {
    /// As compact JSON, with what the old run is called; `None` where it has ended. Holds no secret.
    pub fn keep(&self, old_name: &str) -> Option<String> {
        let at = step(&self.stage)?;
        let (_, word) = STEPS.into_iter().find(|(step, _)| *step == at)?;
        let mut fields = intent::new_run_fields(&self.asked);
        for (key, value) in [("old", self.old.as_str()), ("oldName", old_name), ("step", word)] {
            fields.insert(key.to_owned(), Value::from(value));
        }
        if let Some(new) = &self.new {
            fields.insert("new".to_owned(), Value::from(new.as_str()));
        }
        Some(Value::from(fields).to_string())
    }

    /// What was kept, with what the old run is called and what to do first. Nothing is stopped before a person has decided in this
    /// page ([`Stage::Held`]). `stops`: whether the stop of that run is still being looked for.
    pub fn recall(text: &str, stops: &dyn Fn(&RunId) -> bool) -> Option<(Self, String, Option<Effect>)> {
        let value = json::parse(text)?;
        let field = |key: &str| json::text(&value, &[key]);
        let id = |key: &str| field(key).filter(|id| !id.is_empty()).map(RunId::new);
        let (at, _) = STEPS.into_iter().find(|(_, word)| Some(*word) == field("step"))?;
        let asked = intent::new_run(&value)?;
        // The create is looked for by its own intent.
        let mut pair = Self { old: id("old")?, asked, new: id("new"), stage: Stage::Unclear, held: true };
        let effect = match (at, &pair.new) {
            (Step::Creating, _) | (_, None) => None,
            (Step::Verifying, _) => pair.verify(),
            (Step::Stopping, _) if stops(&pair.old) => {
                pair.stage = Stage::StopUnclear;
                None
            }
            (Step::CheckingOld | Step::Stopping, _) => pair.check_old(),
        };
        Some((pair, field("oldName").unwrap_or_default().to_owned(), effect))
    }
}

#[cfg(test)]
mod tests;
