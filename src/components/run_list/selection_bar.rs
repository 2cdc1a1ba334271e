//! Actions on the selected runs.

use crate::browser::{focus, number};
use crate::components::shared::{Icon, IconName, LazyView};
use crate::context::{UiContext, use_ui};
use crate::lazy::lazy;
use crate::state::list::{ListHandle, ShownRows};
use crate::text::bulk as words;
use leptos::prelude::*;
use runboard_core::list::selection::Selection;
use runboard_core::phase::can_stop;
use runboard_core::policy::bulk_stop::MAX_RUNS;
use runboard_core::query;
use runboard_core::run::RunId;

/// Says how many runs are selected and how many of those are hidden by the query; clears the selection or stops it. Nothing while
/// none is selected.
#[component]
pub fn SelectionBar(
    /// The list engine
    list: ListHandle,
    /// Which runs are shown
    shown: Memo<ShownRows>,
    /// Called with the query that lists the selected runs
    on_query: Callback<String>,
    /// Called with the runs to stop; asks for confirmation first
    on_stop: Callback<Vec<RunId>>,
) -> impl IntoView {
    let ui = use_ui();
    let selection = ui.selection;
    // Only runs that no longer exist leave the selection by themselves.
    Effect::new(move |_| {
        list.revision();
        let gone =
            selection.with_untracked(|selection| selection.ids().iter().any(|id| list.run_untracked(id).is_none()));
        if gone {
            selection.update(|selection| {
                selection.retain(&|id| list.run_untracked(id).is_some());
            });
        }
    });
    let count = Memo::new(move |_| selection.with(|selection| selection.ids().len()));
    let hidden = list
        .derive_settled(move |_| selection.with(|selection| shown.with(|shown| selection.hidden_count(&shown.ids))));
    let any_selected = Memo::new(move |_| count.get() > 0);
    Effect::watch(move || count.get(), move |_, _, _| ui.announcer.say(&count_text(count, hidden)), false);
    view! {
        <div class="selection" class:chosen=move || any_selected.get() role="group" aria-label=words::SELECTION>
            {move || any_selected.get().then(|| view! {
                <LazyView load=move || selection_actions(list, count, hidden, on_query, on_stop) />
            })}
        </div>
    }
}

/// The most runs that a query names: it is part of the address, and servers refuse long ones. Beyond, they are not listed at once.
const MAX_NAMED: usize = 100;

fn count_text(count: Memo<usize>, hidden: Memo<usize>) -> String {
    let hidden = Some(hidden.get()).filter(|hidden| *hidden > 0).map(number::count);
    words::selected(&number::count(count.get()), hidden.as_deref())
}

lazy! {
    /// How many runs are selected, and buttons to list those that are hidden, to clear the selection and to stop those of them that
    /// can be stopped.
    fn selection_actions(
        list: ListHandle,
        count: Memo<usize>,
        hidden: Memo<usize>,
        on_query: Callback<String>,
        on_stop: Callback<Vec<RunId>>,
    ) -> AnyView {
        let UiContext { selection, clock, .. } = use_ui();
        let stoppable = move || {
            let now = clock.now();
            let may_stop = |id: &&RunId| list.run_untracked(id).is_some_and(|run| can_stop(&run, now));
            selection.with_untracked(|selection| selection.ids().iter().filter(may_stop).cloned().collect::<Vec<_>>())
        };
        let stoppable_count = Memo::new(move |_| {
            // The listing changes when a run does, or its phase.
            list.listing().track();
            selection.track();
            stoppable().len()
        });
        let show = move |_| {
            on_query.run(selection.with_untracked(|selection| query::exactly_ids(selection.ids().iter().map(RunId::as_str))));
            focus::first(".selection .clear");
        };
        let clear = move |_| {
            selection.update(Selection::clear);
            // The bar goes, and the button with it.
            if !focus::first(".runs thead .select") {
                focus::first("#search");
            }
        };
        let stop = move |_| {
            let all = selection.with_untracked(|selection| selection.ids().to_vec());
            // The dialog also names those that are over, unless there are too many to check.
            on_stop.run(if all.len() > MAX_RUNS { stoppable() } else { all });
            // While several runs are being stopped, no other dialog opens: the report says why.
            focus::first(".bulk[data-busy] h2");
        };
        let may_stop = Memo::new(move |_| (1..=MAX_RUNS).contains(&stoppable_count.get()));
        // The reason, where the button is disabled.
        let stop_label = move || match stoppable_count.get() {
            0 => words::NONE_TO_STOP.to_owned(),
            count if count > MAX_RUNS => words::too_many(&number::count(MAX_RUNS)),
            stoppable => words::stop_selected(&number::count(stoppable), &number::count(count.get())),
        };
        view! {
            <span class="selection-count">{move || count_text(count, hidden)}</span>
            <Show when=move || { hidden.get() > 0 && count.get() <= MAX_NAMED }>
                <button type="button" class="button quiet small" on:click=show>
                    {words::SHOW_SELECTED}
                </button>
            </Show>
            <button type="button" class="button quiet small clear" on:click=clear>
                {words::CLEAR_SELECTION}
            </button>
            <button type="button" class="button danger small" disabled=move || !may_stop.get() on:click=stop>
                <Icon name=IconName::Stop />
                {stop_label}
            </button>
        }
        .into_any()
    }
}
