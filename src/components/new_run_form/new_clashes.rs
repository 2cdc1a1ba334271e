//! Clashes that appear while the form is open: they are told, and a click that came before the person could know of them sends
//! nothing.

use super::KnownRuns;
use super::form_state::FormState;
use super::warnings::FormWarning;
use crate::context::use_ui;
use crate::text::create;
use leptos::prelude::*;
use runboard_core::draft::Draft;
use runboard_core::run::RunId;

/// What is known of clashes that appeared.
#[derive(Clone, Copy)]
pub(super) struct NewClashes {
    /// Whether one did since the draft was last edited.
    appeared: RwSignal<bool>,
    /// Whether the person has not been stopped by it yet.
    is_unseen: StoredValue<bool>,
    /// Whether a click was held back.
    is_held: RwSignal<bool>,
}

/// What a clash depends on. Clashes that come with an edit, or while the runs are still loading, have not appeared by themselves.
#[derive(Clone, PartialEq)]
struct Seen {
    draft: Draft,
    are_all_known: bool,
    clashes: Vec<RunId>,
}

impl NewClashes {
    pub(super) fn watch(form: FormState, warnings: Memo<Vec<FormWarning>>, known_runs: Signal<KnownRuns>) -> Self {
        let announcer = use_ui().announcer;
        let new =
            Self { appeared: RwSignal::new(false), is_unseen: StoredValue::new(false), is_held: RwSignal::new(false) };
        let seen = Memo::new(move |_| Seen {
            draft: form.draft.get(),
            are_all_known: known_runs.get() == KnownRuns::All,
            clashes: warnings.with(|warnings| warnings.iter().flat_map(clashing_runs).collect()),
        });
        Effect::watch(
            move || seen.get(),
            move |now, before, _| {
                let Some(before) = before else { return };
                if before.draft != now.draft {
                    new.set(false);
                } else if before.are_all_known && now.clashes.iter().any(|id| !before.clashes.contains(id)) {
                    new.set(true);
                    announcer.say(create::CLASH_APPEARED);
                }
            },
            false,
        );
        new
    }

    fn set(self, appeared: bool) {
        self.appeared.set(appeared);
        self.is_unseen.set_value(appeared);
        self.is_held.set(false);
    }

    /// Whether a clash appeared since the draft was last edited; tracked.
    pub(super) fn appeared(self) -> bool {
        self.appeared.get()
    }

    /// Whether this click has to be held back; only the first one is.
    pub(super) fn hold_back(self) -> bool {
        let is_unseen = self.is_unseen.try_update_value(std::mem::take).unwrap_or(false);
        if is_unseen {
            self.is_held.set(true);
        }
        is_unseen
    }

    /// Whether a click was held back since the draft was last edited; tracked.
    pub(super) fn is_held(self) -> bool {
        self.is_held.get()
    }
}

fn clashing_runs(warning: &FormWarning) -> Vec<RunId> {
    let FormWarning::Run(warning) = warning else { return Vec::new() };
    warning.clashes().map(|clashes| clashes.runs.iter().map(|clash| clash.id.clone()).collect()).unwrap_or_default()
}
