//! Finding and accepting suggestions.

use super::Autocomplete;
use crate::browser::text::normalize;
use crate::browser::{field, focus};
use crate::lazy::lazy;
use leptos::prelude::*;
use runboard_core::phase::Phase;
use runboard_core::query::{KnownValue, suggest};
use runboard_core::run::JobId;
use web_sys::{Event, KeyboardEvent};

lazy! {
    /// Updates the suggestions if the text has changed since they were computed.
    pub(super) fn update_if_outdated(autocomplete: Autocomplete) -> () {
        autocomplete.update_if_outdated();
    }
}

lazy! {
    /// Handles one of the keys of [`Autocomplete::on_keydown`].
    pub(super) fn handle_key(autocomplete: Autocomplete, key: KeyboardEvent) -> () {
        if key.event_phase() != Event::NONE {
            autocomplete.handle_key(&key);
        } else if matches!(&*key.key(), "ArrowDown" | "ArrowUp") && focus::is_within("#search") {
            // This code arrived after the browser had acted on the key: the list was closed, and an arrow opens it.
            autocomplete.update();
        }
    }
}

impl Autocomplete {
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
                self.with_jobs(|jobs| jobs.iter().map(value).collect())
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

    /// Calls `read` with all jobs, which are counted again only when a run has changed.
    fn with_jobs<T>(self, read: impl FnOnce(&[(String, usize)]) -> T) -> T {
        let revision = untrack(|| self.list.revision());
        if self.jobs.with_value(|jobs| jobs.as_ref().is_none_or(|(of, _)| *of != revision)) {
            self.jobs.set_value(Some((revision, untrack(|| self.list.jobs()))));
        }
        self.jobs.with_value(|jobs| read(jobs.as_ref().map(|(_, jobs)| &**jobs).unwrap_or_default()))
    }

    fn handle_key(self, key: &KeyboardEvent) {
        self.update_if_outdated();
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
    pub(in crate::components::run_list) fn accept(self, at: usize) {
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
