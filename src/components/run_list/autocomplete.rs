//! Completing the query. The suggestions themselves are found, shown and accepted by code that is loaded when somebody types.

mod complete;

use crate::browser::viewport;
use crate::context::{UiContext, use_ui};
use crate::lazy::run_when_loaded;
use crate::state::list::ListHandle;
use leptos::prelude::*;
use runboard_core::query::Suggestions;
use web_sys::KeyboardEvent;

/// All jobs, with how many runs each has.
type JobCounts = Vec<(String, usize)>;

/// The suggestions for the search field, and which of them the arrow keys have reached.
#[derive(Clone, Copy)]
pub(super) struct Autocomplete {
    /// `None` while the list is closed.
    suggestions: RwSignal<Option<Suggestions>>,
    active: RwSignal<Option<usize>>,
    /// Whether the text has changed since the suggestions were computed.
    outdated: StoredValue<bool>,
    /// All jobs with how many runs each has, as of a revision of the list.
    jobs: StoredValue<Option<(u64, JobCounts)>>,
    field: NodeRef<leptos::html::Input>,
    ui: UiContext,
    list: ListHandle,
    on_text: Callback<String>,
}

impl Autocomplete {
    /// Completes the text of this field with values of the list's runs.
    pub(super) fn new(field: NodeRef<leptos::html::Input>, list: ListHandle, on_text: Callback<String>) -> Self {
        Self {
            suggestions: RwSignal::new(None),
            active: RwSignal::new(None),
            outdated: StoredValue::new(false),
            jobs: StoredValue::new(None),
            field,
            ui: use_ui(),
            list,
            on_text,
        }
    }

    /// The suggestions; `None` while the list is closed.
    pub(super) fn suggestions(self) -> RwSignal<Option<Suggestions>> {
        self.suggestions
    }

    /// Which suggestion the arrow keys have reached.
    pub(super) fn active(self) -> RwSignal<Option<usize>> {
        self.active
    }

    /// The text has changed: updates the suggestions once the rows for it are on screen, which matter more.
    pub(super) fn update_after_paint(self) {
        if self.outdated.try_update_value(|outdated| !std::mem::replace(outdated, true)) == Some(true) {
            viewport::after_paint(move || run_when_loaded(complete::update_if_outdated(self)));
        }
    }

    /// Closes the list.
    pub(super) fn close(self) {
        // Also called by the `blur` of a field that is being removed.
        self.outdated.try_set_value(false);
        if self.suggestions.try_with_untracked(Option::is_some) == Some(true) {
            self.active.set(None);
            self.suggestions.set(None);
        }
    }

    /// Handles a key in the field: arrows move through the list, Enter and Tab accept, Escape closes.
    pub(super) fn on_keydown(self, key: &KeyboardEvent) {
        if matches!(&*key.key(), "ArrowDown" | "ArrowUp" | "Enter" | "Tab" | "Escape") {
            run_when_loaded(complete::handle_key(self, key.clone()));
        }
    }
}
