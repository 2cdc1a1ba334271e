//! Filters with counts. They write into the query field's text, so that one text says all.

use crate::browser::number;
use crate::state::list::Listing;
use crate::text::{list as words, status};
use leptos::prelude::*;
use runboard_core::phase::Phase;
use runboard_core::query;

/// Filter by phase and by the API's status word.
#[component]
pub fn Facets(
    /// Counts of all runs
    listing: Memo<Listing>,
    /// The query field's text
    q: Signal<String>,
    /// The person chose
    on_query: Callback<String>,
) -> impl IntoView {
    let phases = Memo::new(move |_| listing.with(|listing| listing.counts.phases.clone()));
    let statuses = Memo::new(move |_| listing.with(|listing| listing.counts.statuses.clone()));
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
                phases.with(|phases| phases.iter().find(|(of, _)| *of == phase).map_or(0, |(_, count)| *count))
            }
            None => total.get(),
        };
        let name = phase.map_or(words::ALL, status::phase);
        let click = move |_| {
            let values: Vec<String> =
                phase.filter(|_| !pressed()).map(|phase| phase.word().to_owned()).into_iter().collect();
            set("phase", values);
        };
        view! {
            <button type="button" class="facet" aria-pressed=move || if pressed() { "true" } else { "false" } on:click=click>
                {name} " " <span class="facet-count">{move || number::count(count())}</span>
            </button>
        }
    };
    // Only phases that occur, or that are chosen, are worth a button.
    let offered = Memo::new(move |_| {
        Phase::ALL
            .into_iter()
            .filter(|phase| {
                phases.with(|phases| phases.iter().any(|(of, count)| of == phase && *count > 0))
                    || chosen_phases.with(|chosen| chosen.iter().any(|word| word == phase.word()))
            })
            .collect::<Vec<_>>()
    });
    // What is asked for has to be seen in the choice, also where no run has that word, or where several are asked for:
    // otherwise it would show the first option, as if nothing were asked for.
    let typed = move || {
        let chosen = chosen_statuses.get();
        let listed = statuses.with(|statuses| statuses.iter().any(|(word, _)| *chosen == [word.clone()]));
        (!chosen.is_empty() && !listed)
            .then(|| view! { <option selected=true disabled=true>{chosen.join(", ")}</option> })
    };
    let status_options = move || {
        statuses
            .get()
            .into_iter()
            .map(|(word, count)| {
                let (value, selected) = (word.clone(), word.clone());
                view! {
                    <option value=value prop:selected=move || chosen_statuses.with(|chosen| *chosen == [selected.clone()])>
                        {format!("{word} ({})", number::count(count))}
                    </option>
                }
            })
            .collect::<Vec<_>>()
    };
    let choose_status = move |event| {
        let word = event_target_value(&event);
        let values: Vec<String> = (!word.is_empty()).then_some(word).into_iter().collect();
        set("status", values);
    };
    view! {
        <div class="facets">
            <div class="facet-group" role="group" aria-label=words::PHASE_FILTER>
                {phase_button(None)}
                <For each=move || offered.get() key=|phase| *phase children=move |phase| phase_button(Some(phase)) />
            </div>
            <label class="choice">
                <span class="choice-label">{words::STATUS_FILTER}</span>
                <select on:change=choose_status>
                    <option value="" prop:selected=move || chosen_statuses.with(Vec::is_empty)>{words::ANY_STATUS}</option>
                    {status_options}
                    {typed}
                </select>
            </label>
        </div>
    }
}
