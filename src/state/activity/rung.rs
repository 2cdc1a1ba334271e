//! What bells have rung for, until it is told.

use crate::browser::locks::HeldLock;
use leptos::prelude::*;
use runboard_core::activity::{Entry, SummaryTurns};
use runboard_core::run::Run;
use runboard_core::time::Timestamp;
use std::rc::Rc;
use std::sync::Arc;

/// Shows what has rung outside the page.
pub(super) type SystemAlert = Rc<dyn Fn(Vec<Arc<Entry>>)>;

/// What has rung and is not told yet.
#[derive(Clone, Copy)]
pub(super) struct Ringing {
    pub(super) rung: StoredValue<Vec<Arc<Entry>>>,
    pub(super) system_alert: StoredValue<Option<SystemAlert>, LocalStorage>,
    /// Held while this tab is in sight.
    pub(super) in_sight: StoredValue<Option<HeldLock>, LocalStorage>,
    /// Whose summary is read next.
    pub(super) summaries: StoredValue<SummaryTurns>,
}

impl Ringing {
    pub(super) fn new() -> Self {
        Self {
            rung: StoredValue::new(Vec::new()),
            system_alert: StoredValue::new_local(None),
            in_sight: StoredValue::new_local(None),
            summaries: StoredValue::new(SummaryTurns::default()),
        }
    }

    /// Somebody else is signed in.
    pub(super) fn clear(self) {
        self.rung.set_value(Vec::new());
        self.summaries.set_value(SummaryTurns::default());
    }

    pub(super) fn rang<'a>(self, entries: impl Iterator<Item = &'a Arc<Entry>>) {
        self.rung.update_value(|rung| {
            for entry in entries {
                // A transaction that failed is repeated.
                if !rung.iter().any(|known| known.key == entry.key) {
                    rung.push(Arc::clone(entry));
                }
            }
        });
    }

    pub(super) fn note_summary(self, run: &Run, now: Timestamp) {
        self.summaries.try_update_value(|summaries| summaries.note(&run.id, now));
    }
}
