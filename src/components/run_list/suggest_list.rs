//! What could be typed next.

use crate::browser::number;
use crate::browser::{field, viewport};
use crate::context::{UiContext, use_ui};
use crate::state::list::ListHandle;
use crate::text::query as words;
use leptos::prelude::*;
use runboard_core::phase::Phase;
use runboard_core::query::{KnownValue, Suggestion, Suggestions, suggest};
use runboard_core::run::JobId;
use web_sys::KeyboardEvent;

/// The suggestions for a text field: what is offered, and which of it the arrow keys stand on.
#[derive(Clone, Copy)]
pub struct Offer {
    /// What is offered; empty while the list is closed.
    items: RwSignal<Option<Suggestions>>,
    active: RwSignal<Option<usize>>,
    /// Whether the person has typed since it was looked.
    due: StoredValue<bool>,
    /// The jobs that were seen, with how many runs each has. Counted once for what is in the store.
    jobs: Memo<Vec<(String, usize)>>,
    field: NodeRef<leptos::html::Input>,
    ui: UiContext,
    list: ListHandle,
    on_text: Callback<String>,
}

impl Offer {
    /// For the field in this slot; values are those of these runs.
    pub fn new(field: NodeRef<leptos::html::Input>, list: ListHandle, on_text: Callback<String>) -> Self {
        Self {
            items: RwSignal::new(None),
            active: RwSignal::new(None),
            due: StoredValue::new(false),
            jobs: Memo::new(move |_| list.jobs()),
            field,
            ui: use_ui(),
            list,
            on_text,
        }
    }

    /// Whether the list is open; tracked.
    pub fn is_open(self) -> bool {
        self.items.with(Option::is_some)
    }

    /// The id of the option that the arrow keys stand on; tracked.
    pub fn active_id(self) -> Option<String> {
        self.active.get().map(option_id)
    }

    /// The person typed: what fits is offered once the rows that fit are on screen.
    pub fn look_soon(self) {
        if self.due.try_update_value(|due| !std::mem::replace(due, true)) == Some(true) {
            viewport::after_paint(move || self.look_if_due());
        }
    }

    fn look_if_due(self) {
        if self.due.try_get_value() == Some(true) {
            self.look();
        }
    }

    /// Offers what fits now.
    fn look(self) {
        self.due.set_value(false);
        let found = self.field.get().and_then(|field| {
            let caret = field::caret(&field)?;
            suggest(&field.value(), caret, &|key| self.seen(key))
        });
        self.active.set(None);
        self.items.set(found);
    }

    /// The values of a key that were seen, with their counts.
    fn seen(self, key: &str) -> Vec<KnownValue> {
        let Self { ui, list, .. } = self;
        let listing = list.listing();
        let plain = |value: String, count: usize| KnownValue { value, label: None, count };
        match key {
            "job" => {
                let label = |job: &str| ui.config.job_label(&JobId::new(job));
                self.jobs.with_untracked(|jobs| {
                    let seen =
                        |(job, count): &(String, usize)| KnownValue { label: label(job), ..plain(job.clone(), *count) };
                    jobs.iter().map(seen).collect()
                })
            }
            "status" => listing.with_untracked(|listing| {
                listing.counts.statuses.iter().map(|(word, count)| plain(word.clone(), *count)).collect()
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

    /// Offers nothing any more.
    pub fn close(self) {
        self.due.set_value(false);
        if self.items.try_with_untracked(Option::is_some) == Some(true) {
            self.active.set(None);
            self.items.set(None);
        }
    }

    /// A key in the field: arrows choose, Enter and Tab take what is chosen, Escape closes.
    pub fn key(self, key: &KeyboardEvent) {
        if matches!(&*key.key(), "ArrowDown" | "ArrowUp" | "Enter" | "Tab" | "Escape") {
            // What is chosen from is what fits the text as it stands.
            self.look_if_due();
        }
        let count = self.items.with_untracked(|items| items.as_ref().map_or(0, |items| items.items.len()));
        let active = self.active.get_untracked();
        match &*key.key() {
            "ArrowDown" | "ArrowUp" if count == 0 => self.look(),
            "ArrowDown" => self.active.set(Some(active.map_or(0, |at| (at + 1) % count))),
            "ArrowUp" => self.active.set(Some(active.map_or(count - 1, |at| (at + count - 1) % count))),
            "Enter" | "Tab" if active.is_some() && !key.shift_key() => self.take(active.unwrap_or_default()),
            "Escape" if count > 0 => self.close(),
            _ => return,
        }
        key.prevent_default();
    }

    /// Puts a suggestion into the text.
    fn take(self, at: usize) {
        if self.due.try_get_value() == Some(true) {
            // It was offered for another text than the one that stands there now.
            return self.look();
        }
        let taken = self.items.with_untracked(|items| {
            let items = items.as_ref()?;
            Some((items.at.clone(), items.items.get(at)?.term.clone()))
        });
        let (Some((range, term)), Some(input)) = (taken, self.field.get()) else { return };
        let text = input.value();
        let (before, after) = (text.get(..range.start).unwrap_or_default(), text.get(range.end..).unwrap_or_default());
        // A value is done; behind a key comes its value.
        let gap = if after.is_empty() && !term.ends_with([':', '<', '>']) { " " } else { "" };
        let caret = before.len() + term.len() + gap.len();
        let text = [before, &term, gap, after].concat();
        field::set_text(&input, &text, caret);
        self.on_text.run(text);
        self.look();
    }
}

/// The list of them, below the field.
#[component]
pub fn SuggestList(
    /// What is offered
    offer: Offer,
) -> impl IntoView {
    let open = Memo::new(move |_| offer.is_open());
    let option = move |(at, item): (usize, &Suggestion)| {
        let count = item.count.map(number::count);
        let (shown, label) = (item.shown.clone(), item.label.clone());
        let selected = move || if offer.active.get() == Some(at) { "true" } else { "false" };
        view! {
            // The field keeps the focus.
            <li
                id=option_id(at)
                role="option"
                aria-selected=selected
                on:mousedown=|event| event.prevent_default()
                on:click=move |_| offer.take(at)
            >
                <bdi class="suggested">{shown}</bdi>
                {label.map(|label| view! { " " <bdi class="hint">{label}</bdi> })}
                {count.map(|count| view! { " " <span class="facet-count">{count}</span> })}
            </li>
        }
    };
    let options = move || {
        offer.items.with(|items| {
            items
                .as_ref()
                .map(|items| items.items.iter().enumerate().map(option).collect::<Vec<_>>())
                .unwrap_or_default()
        })
    };
    let said = move || {
        let count = offer.items.with(|items| items.as_ref().map(|items| items.items.len()));
        count.map(|count| words::suggestion_count(&number::count(count)))
    };
    view! {
        <ul id=LIST class="suggestions" role="listbox" aria-label=words::SUGGESTIONS hidden=move || !open.get()>{options}</ul>
        <span class="unseen" role="status">{said}</span>
    }
}

/// The list's id.
pub const LIST: &str = "search-suggestions";

fn option_id(at: usize) -> String {
    [LIST, "-", &at.to_string()].concat()
}
