//! Faults on demand: which request gets which fault. What a fault does is in `fault` and `apply`.

use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

use crate::operation::Operation;

mod apply;
mod fault;
mod http;
mod list_shapes;

pub(crate) use fault::Fault;

#[derive(Debug, Default)]
pub(crate) struct FaultRules {
    rules: Mutex<Vec<Rule>>,
}

/// A request gets the fault of the first rule for its operation that neither skips it nor is used up.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rule {
    #[serde(default)]
    operation: Target,
    /// How many requests pass before the rule applies.
    #[serde(default)]
    skip: u64,
    /// How many requests the rule then applies to; `null` for all.
    #[serde(default)]
    count: Option<u64>,
    pub(crate) fault: Fault,
    /// How many requests have passed.
    #[serde(default, skip_deserializing)]
    skipped: u64,
    /// How many requests the rule has been applied to.
    #[serde(default, skip_deserializing)]
    applied: u64,
}

/// The operations a rule is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Target {
    #[default]
    Any,
    #[serde(untagged)]
    Only(Operation),
}

impl Rule {
    fn matches(&self, operation: Operation) -> bool {
        let used_up = self.count.is_some_and(|count| self.applied >= count);
        !used_up && (self.operation == Target::Any || self.operation == Target::Only(operation))
    }
}

impl FaultRules {
    /// Adds rules after the existing ones.
    pub(crate) fn add(&self, rules: Vec<Rule>) {
        self.lock().extend(rules);
    }

    /// All rules with their counters, including those that are used up.
    pub(crate) fn rules(&self) -> Vec<Rule> {
        self.lock().clone()
    }

    pub(crate) fn clear(&self) {
        self.lock().clear();
    }

    /// The fault for the request that has just arrived, which is counted.
    pub(crate) fn next_fault(&self, operation: Operation) -> Option<Fault> {
        let mut rules = self.lock();
        for rule in rules.iter_mut().filter(|rule| rule.matches(operation)) {
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
