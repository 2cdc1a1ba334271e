//! Completing the query.

use crate::browser::text::normalize;
use crate::browser::{field, viewport};
use crate::context::{UiContext, use_ui};
use crate::state::list::ListHandle;
use leptos::prelude::*;
use runboard_core::phase::Phase;
use runboard_core::query::{KnownValue, Suggestions, suggest};
use runboard_core::run::JobId;
use web_sys::KeyboardEvent;

/// The suggestions for the search field, and which of them the arrow keys have reached.
#[derive(Clone, Copy)]
pub(super) struct Autocomplete {
    /// `None` while the list is closed.
    suggestions: RwSignal<Option<Suggestions>>,
    active: RwSignal<Option<usize>>,
    /// Whether the text has changed since the suggestions were computed.
    outdated: StoredValue<bool>,
    /// All jobs, with how many runs each has.
    jobs: Memo<Vec<(String, usize)>>,
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
            jobs: Memo::new(move |_| list.jobs()),
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
            viewport::after_paint(move || self.update_if_outdated());
        }
    }

    fn update_if_outdated(self) {
        if self.outdated.try_get_value() == Some(true) {
            self.update();
        }
    }

    /// Computes the suggestions for the text at the caret.
    fn update(self) {
        self.outdated.set_value(false);
        let suggestions = self.field.try_get_untracked().flatten().and_then(|field| {
            let caret = field::caret(&field)?;
            suggest(&field.value(), caret, &|key| self.known_values(key), &normalize)
        });
        self.active.set(None);
        self.suggestions.set(suggestions);
    }

    /// The values of a key among all runs, with their counts.
    fn known_values(self, key: &str) -> Vec<KnownValue> {
        let Self { ui, list, .. } = self;
        let listing = list.listing();
        let plain = |value: String, count: usize| KnownValue { value, label: None, count };
        match key {
            "job" => {
                let label = |job: &str| ui.config.job_label(&JobId::new(job));
                let value =
                    |(job, count): &(String, usize)| KnownValue { label: label(job), ..plain(job.clone(), *count) };
                self.jobs.with_untracked(|jobs| jobs.iter().map(value).collect())
            }
            "status" => listing.with_untracked(|listing| {
                listing.counts.statuses.iter().map(|(status, count)| plain(status.clone(), *count)).collect()
            }),
            _ => listing.with_untracked(|listing| {
                let count = |phase: &Phase| listing.counts.phases.iter().find(|(of, _)| of == phase);
                Phase::ALL
                    .iter()
                    .map(|phase| plain(phase.word().to_owned(), count(phase).map_or(0, |(_, count)| *count)))
                    .collect()
            }),
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
            self.update_if_outdated();
        }
        let count =
            self.suggestions.with_untracked(|suggestions| suggestions.as_ref().map_or(0, |found| found.items.len()));
        let active = self.active.get_untracked();
        match &*key.key() {
            "ArrowDown" | "ArrowUp" if count == 0 => self.update(),
            "ArrowDown" => self.active.set(Some(active.map_or(0, |at| (at + 1) % count))),
            "ArrowUp" => self.active.set(Some(active.map_or(count - 1, |at| (at + count - 1) % count))),
            "Enter" | "Tab" if active.is_some() && !key.shift_key() => self.accept(active.unwrap_or_default()),
            "Escape" if count > 0 => self.close(),
            _ => return,
        }
        key.prevent_default();
    }

    /// Puts a suggestion into the text.
    pub(super) fn accept(self, at: usize) {
        if self.outdated.try_get_value() == Some(true) {
            // It was made for a text that has changed since.
            return self.update();
        }
        let accepted = self.suggestions.with_untracked(|suggestions| {
            let suggestions = suggestions.as_ref()?;
            Some((suggestions.at.clone(), suggestions.items.get(at)?.term.clone()))
        });
        let (Some((range, term)), Some(input)) = (accepted, self.field.try_get_untracked().flatten()) else { return };
        let text = input.value();
        let (before, after) = (text.get(..range.start).unwrap_or_default(), text.get(range.end..).unwrap_or_default());
        // A term is followed by a space; a key by its value.
        let gap = if after.is_empty() && !term.ends_with([':', '<', '>']) { " " } else { "" };
        let caret = before.len() + term.len() + gap.len();
        let text = [before, &term, gap, after].concat();
        field::set_text(&input, &text, caret);
        self.on_text.run(text);
        self.update();
    }
}
