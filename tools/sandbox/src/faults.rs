//! Faults on demand: which request meets which fault. What the faults do is in [`kind`].

use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

use crate::operation::Operation;

mod answer;
pub mod kind;
mod list;

pub use kind::Fault;

/// The rules in force.
#[derive(Debug, Default)]
pub struct Faults {
    rules: Mutex<Vec<Rule>>,
}

/// One rule. A request takes the first rule of its operation that is neither skipping nor used up.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The operation it waits for.
    #[serde(default)]
    pub operation: Target,
    /// How many requests it lets pass first.
    #[serde(default)]
    pub skip: u64,
    /// How many requests it then applies to; `null` for all.
    #[serde(default)]
    pub count: Option<u64>,
    /// What it does.
    pub fault: Fault,
    /// How many requests it has let pass.
    #[serde(default, skip_deserializing)]
    pub skipped: u64,
    /// How many requests it has been applied to.
    #[serde(default, skip_deserializing)]
    pub applied: u64,
}

/// What a rule waits for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Target {
    /// Every operation.
    #[default]
    Any,
    /// This one.
    #[serde(untagged)]
    Only(Operation),
}

impl Rule {
    fn is_spent(&self) -> bool {
        self.count.is_some_and(|count| self.applied >= count)
    }

    fn waits_for(&self, operation: Operation) -> bool {
        self.target_is(operation) && !self.is_spent()
    }

    fn target_is(&self, operation: Operation) -> bool {
        match self.operation {
            Target::Any => true,
            Target::Only(only) => only == operation,
        }
    }
}

impl Faults {
    /// Adds rules after those in force.
    pub fn add(&self, rules: Vec<Rule>) {
        self.lock().extend(rules);
    }

    /// All rules, the used up ones included, with their counters.
    #[must_use]
    pub fn rules(&self) -> Vec<Rule> {
        self.lock().clone()
    }

    /// Forgets all rules.
    pub fn clear(&self) {
        self.lock().clear();
    }

    /// The fault for the request that has just arrived.
    #[must_use]
    pub fn take(&self, operation: Operation) -> Option<Fault> {
        let mut rules = self.lock();
        for rule in rules.iter_mut().filter(|rule| rule.waits_for(operation)) {
            if rule.skipped < rule.skip {
                rule.skipped += 1;
            } else {
                rule.applied += 1;
                return Some(rule.fault.clone());
            }
        }
        None
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Rule>> {
        self.rules.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
