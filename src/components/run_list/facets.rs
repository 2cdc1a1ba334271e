//! Filter buttons with counts. They edit the query, so that the search field shows every filter.

use crate::browser::number;
use crate::state::list::Listing;
use crate::text::{list as words, status};
use leptos::prelude::*;
use runboard_core::phase::Phase;
use runboard_core::query::{self, RunCounts};

/// Filters by phase and by the API's status.
#[component]
pub fn Facets(
    /// The listing, with counts over all runs
    listing: Memo<Listing>,
    /// The query
    q: Signal<String>,
    /// Called with the new query
    on_query: Callback<String>,
) -> impl IntoView {
    // Both of one type, which takes less room than two; the options of an open select must not change with every phase.
    let phases = Memo::new(move |_| {
        listing.with(|listing| RunCounts { phases: listing.counts.phases.clone(), ..RunCounts::default() })
    });
    let statuses = Memo::new(move |_| {
        listing.with(|listing| RunCounts { statuses: listing.counts.statuses.clone(), ..RunCounts::default() })
    });
    let total = Memo::new(move |_| listing.with(|listing| listing.total));
    let chosen = move |key| {
        let q = q.get();
        if q.is_empty() { Vec::new() } else { query::selected_values(&q, key) }
    };
    let chosen_phases = Memo::new(move |_| chosen("phase"));
    let chosen_statuses = Memo::new(move |_| chosen("status"));
    let set = move |key: &'static str, values: Vec<String>| {
        on_query.run(query::set_values(&q.get_untracked(), key, &values));
    };

    let phase_button = move |phase: Option<Phase>| {
        let pressed = move || match phase {
            Some(phase) => chosen_phases.with(|chosen| chosen.iter().any(|word| word == phase.word())),
            None => chosen_phases.with(Vec::is_empty),
        };
        let count = move || match phase {
            Some(phase) => {
                phases.with(|counts| counts.phases.iter().find(|(of, _)| *of == phase).map_or(0, |(_, count)| *count))
            }
            None => total.get(),
        };
        let name = phase.map_or(words::ALL, status::phase);
        let toggle = move |_| {
            let chosen = phase.filter(|_| !pressed());
            set("phase", chosen.map(|phase| phase.word().to_owned()).into_iter().collect());
        };
        view! {
            <button
                type="button"
                class="facet"
                aria-pressed=move || if pressed() { "true" } else { "false" }
                on:click=toggle
            >
                {name} " " <span class="facet-count">{move || number::count(count())}</span>
            </button>
        }
    };
    // A button for each phase that occurs or is selected.
    let offered = Memo::new(move |_| {
        Phase::ALL
            .into_iter()
            .filter(|phase| {
                phases.with(|counts| counts.phases.iter().any(|(of, count)| of == phase && *count > 0))
                    || chosen_phases.with(|chosen| chosen.iter().any(|word| word == phase.word()))
            })
            .collect::<Vec<_>>()
    });
    // A query for several statuses, or for one that no run has, gets an option of its own; otherwise the browser would show
    // "any status".
    let typed_status = move || {
        let chosen = chosen_statuses.get();
        let listed = statuses.with(|counts| counts.statuses.iter().any(|(status, _)| *chosen == [status.clone()]));
        (!chosen.is_empty() && !listed)
            .then(|| view! { <option selected=true disabled=true>{chosen.join(", ")}</option> })
    };
    let status_options = move || {
        let option = |(status, count): (String, usize)| {
            let label = words::status_option(&status, &number::count(count));
            let value = status.clone();
            let selected = move || chosen_statuses.with(|chosen| *chosen == [status.clone()]);
            view! { <option value=value prop:selected=selected>{label}</option> }
        };
        statuses.get().statuses.into_iter().map(option).collect_view()
    };
    let choose_status = move |event| {
        let status: String = event_target_value(&event);
        set("status", (!status.is_empty()).then_some(status).into_iter().collect());
    };
    view! {
        <div class="facets">
            <div class="facet-group" role="group" aria-label=words::PHASE_FILTER>
                {phase_button(None)}
                <For
                    each=move || offered.get()
                    key=|phase| *phase
                    children=move |phase| phase_button(Some(phase))
                />
            </div>
            <label class="choice">
                <span class="choice-label">{words::STATUS_FILTER}</span>
                <select on:change=choose_status>
                    <option value="" prop:selected=move || chosen_statuses.with(Vec::is_empty)>
                        {words::ANY_STATUS}
                    </option>
                    {status_options}
                    {typed_status}
                </select>
            </label>
        </div>
    }
}
