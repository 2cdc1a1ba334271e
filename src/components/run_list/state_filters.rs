//! Filters by state, with how many runs each would list.

use crate::browser::number;
use crate::components::shared::{CloseMenu, IconName, MenuButton};
use crate::lazy::lazy;
use crate::state::list::ListHandle;
use crate::text::{list as words, status};
use leptos::prelude::*;
use runboard_core::query::{self, StateCounts, StateFilter};

/// A button for each state, with the number of runs that match the rest of the query. None moves when a state appears or disappears:
/// those without runs are muted, and the rare ones, which are there only while they list a run or are chosen, are last. They edit the query, so that the search field shows every
/// filter. On a phone they are in a sheet, behind a button that names the chosen one. None while there are no runs.
#[component]
pub fn StateFilters(
    /// The list engine, for the counts
    list: ListHandle,
    /// The query
    #[prop(into)]
    q: Signal<String>,
    /// Called with the new query
    on_query: Callback<String>,
) -> impl IntoView {
    let filters = Filters::new(list, q, on_query);
    let button = move |filter: Option<StateFilter>| {
        view! {
            <Show when=move || filters.is_offered(filter)>
                <button
                    type="button"
                    class="filter"
                    tabindex="-1"
                    data-state=filter.map(StateFilter::word)
                    data-none=move || filters.lists_nothing(filter)
                    aria-pressed=move || filters.pressed(filter)
                    on:click=move |_| filters.choose(filter)
                >
                    {filter.map_or(words::ALL, status::filter)}
                    " "
                    <span class="filter-count">{move || filters.count_text(filter)}</span>
                </button>
            </Show>
        }
    };
    let any_runs = filters.any_runs;
    view! {
        <div class="filters" role="group" aria-label=words::STATE_FILTER>
            <Show when=move || any_runs.get()>
                {button(None)}
                {StateFilter::ALL.map(|filter| button(Some(filter)))}
            </Show>
        </div>
        <div class="filters-menu">
            <MenuButton
                id="filters-menu"
                icon=IconName::Filter
                in_toolbar=true
                label=Signal::derive(move || filters.summary())
                load=move |menu| sheet(filters, menu)
            />
        </div>
    }
}

/// The field of the query that asks for a state.
const FIELD: &str = "is";

/// What the filters show. `None` stands for all runs.
#[derive(Clone, Copy)]
struct Filters {
    counts: Memo<StateCounts>,
    chosen: Memo<Vec<String>>,
    any_runs: Memo<bool>,
    /// Whether the query is not understood: nothing is listed, and no filter holds.
    refused: Memo<bool>,
    /// Whether the query asks for a state anywhere, also where no filter does.
    asks_for_state: Memo<bool>,
    q: Signal<String>,
    on_query: Callback<String>,
}

impl Filters {
    fn new(list: ListHandle, q: Signal<String>, on_query: Callback<String>) -> Self {
        let listing = list.listing();
        let refused = Memo::new(move |_| listing.with(|listing| listing.refused));
        let settled = list.derive_settled(|listing| listing.state_counts);
        // The buttons stay while a term is being typed.
        let counts = Memo::new(move |before: Option<&StateCounts>| match before {
            Some(before) if refused.get() => *before,
            _ => settled.get(),
        });
        let asks_for_state = Memo::new(move |_| q.with(|q| query::asks_for_any(q, FIELD)));
        let chosen = Memo::new(move |_| q.with(|q| query::selected_values(q, FIELD)));
        let any_runs = Memo::new(move |_| listing.with(|listing| listing.total > 0));
        Self { counts, chosen, any_runs, refused, asks_for_state, q, on_query }
    }

    fn is_pressed(self, filter: Option<StateFilter>) -> bool {
        !self.refused.get()
            && match filter {
                Some(filter) => self.chosen.with(|chosen| is_among(chosen, filter)),
                None => !self.asks_for_state.get(),
            }
    }

    fn pressed(self, filter: Option<StateFilter>) -> &'static str {
        if self.is_pressed(filter) { "true" } else { "false" }
    }

    /// How many runs a filter would list; `None` before there are runs, or while the query is not understood.
    fn count(self, filter: Option<StateFilter>) -> Option<usize> {
        (self.any_runs.get() && !self.refused.get())
            .then(|| self.counts.with(|counts| filter.map_or_else(|| counts.total(), |filter| counts.get(filter))))
    }

    fn count_text(self, filter: Option<StateFilter>) -> String {
        self.count(filter).map(number::count).unwrap_or_default()
    }

    /// The attribute of a filter that is muted.
    fn lists_nothing(self, filter: Option<StateFilter>) -> Option<&'static str> {
        (self.count(filter) == Some(0)).then_some("")
    }

    fn is_offered(self, filter: Option<StateFilter>) -> bool {
        filter.is_none_or(|filter| {
            filter.is_always_offered()
                || self.counts.with(|counts| counts.get(filter) > 0)
                || self.is_pressed(Some(filter))
        })
    }

    fn choose(self, filter: Option<StateFilter>) {
        let word = filter.filter(|_| !untrack(|| self.is_pressed(filter))).map(|filter| filter.word().to_owned());
        self.on_query.run(query::set_values(&self.q.get_untracked(), FIELD, word.as_slice()));
    }

    /// The chosen filters in words.
    fn summary(self) -> String {
        let is_pressed = |filter: &StateFilter| self.is_pressed(Some(*filter));
        let names: Vec<_> = StateFilter::ALL.into_iter().filter(is_pressed).map(status::filter).collect();
        words::filters(&names)
    }
}

fn is_among(chosen: &[String], filter: StateFilter) -> bool {
    chosen.iter().any(|word| word == filter.word())
}

lazy! {
    /// The filters as a list.
    fn sheet(filters: Filters, menu: CloseMenu) -> AnyView {
        let item = move |filter: Option<StateFilter>| {
            let choose = move |_| {
                menu.close();
                filters.choose(filter);
            };
            view! {
                <Show when=move || filters.is_offered(filter)>
                    <button
                        type="button"
                        class="menu-item filter-item"
                        data-state=filter.map(StateFilter::word)
                        data-none=move || filters.lists_nothing(filter)
                            aria-pressed=move || filters.pressed(filter)
                        on:click=choose
                    >
                        {filter.map_or(words::ALL, status::filter)}
                        " "
                        <span class="filter-count">{move || filters.count_text(filter)}</span>
                    </button>
                </Show>
            }
        };
        view! {
            <div class="menu-links" role="group" aria-label=words::STATE_FILTER>
                {item(None)}
                {StateFilter::ALL.map(|filter| item(Some(filter)))}
            </div>
        }
        .into_any()
    }
}
