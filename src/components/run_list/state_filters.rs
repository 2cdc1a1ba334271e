//! Filters by state, with how many runs each would list.

use crate::browser::number;
use crate::state::list::Listing;
use crate::text::{list as words, status};
use leptos::prelude::*;
use runboard_core::query::{self, StateFilter};

/// A button for each state that occurs among the runs that match the rest of the query, with their number. They edit the query, so
/// that the search field shows every filter. None while there are no runs.
#[component]
pub fn StateFilters(
    /// The listing, with the counts
    listing: Memo<Listing>,
    /// The query
    #[prop(into)]
    q: Signal<String>,
    /// Called with the new query
    on_query: Callback<String>,
) -> impl IntoView {
    let counts = Memo::new(move |_| listing.with(|listing| listing.state_counts));
    let chosen = Memo::new(move |_| q.with(|q| query::selected_values(q, FIELD)));
    let is_chosen = move |filter: StateFilter| chosen.with(|chosen| chosen.iter().any(|word| word == filter.word()));
    let offered = Memo::new(move |_| {
        let occurs = |filter: &StateFilter| counts.with(|counts| counts.get(*filter) > 0) || is_chosen(*filter);
        StateFilter::ALL.into_iter().filter(occurs).collect::<Vec<_>>()
    });
    let button = move |filter: Option<StateFilter>| {
        let pressed = move || filter.map_or_else(|| chosen.with(Vec::is_empty), is_chosen);
        let count =
            Memo::new(move |_| counts.with(|counts| filter.map_or(counts.total(), |filter| counts.get(filter))));
        let choose = move |_| {
            let words = filter.filter(|_| !pressed()).map(|filter| filter.word().to_owned());
            on_query.run(query::set_values(&q.get_untracked(), FIELD, &words.into_iter().collect::<Vec<_>>()));
        };
        view! {
            <button
                type="button"
                class="filter"
                data-state=filter.map(StateFilter::word)
                aria-pressed=move || if pressed() { "true" } else { "false" }
                on:click=choose
            >
                {filter.map_or(words::ALL, status::filter)}
                " "
                <span class="filter-count">{move || number::count(count.get())}</span>
            </button>
        }
    };
    let any_runs = Memo::new(move |_| listing.with(|listing| listing.total > 0));
    view! {
        <div class="filters" role="group" aria-label=words::STATE_FILTER>
            <Show when=move || any_runs.get()>
                {button(None)}
                <For
                    each=move || offered.get()
                    key=|filter| *filter
                    children=move |filter| button(Some(filter))
                />
            </Show>
        </div>
    }
}

/// The field of the query that asks for a state.
const FIELD: &str = "is";
