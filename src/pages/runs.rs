//! The list: reads all pages, again and again, and lays out [`RunList`].

use crate::app::{Console, console};
use crate::components::{ListState, Listing, Rates, RunList};
use crate::dom::{Node, component, view};
use crate::gates;
use crate::live::{Feed, Watch};
use crate::reactive::{RwSignal, Signal, StoredValue, effect, memo};
use crate::route::Address;
use leptos::prelude::*;
use runboard_core::page::{Next, Pager};
use runboard_core::problem::{Problem, ProblemKind};

/// The list of runs.
#[component]
pub fn RunsPage() -> Node {
    let console = console();
    let Console { ui, store, live, actions, .. } = console;
    let state = RwSignal::new(ListState::default());
    let list = memo(move || ui.router.list());
    let q = Signal::derive(move || list.get().0);
    let sort = Signal::derive(move || list.get().1);

    // Phases change with time: the listing is made again when the first of them does, not every second.
    let made_at = RwSignal::new(ui.clock.now());
    let listing = memo(move || {
        let (q, sort) = list.get();
        let zone = ui.settings.zone();
        Listing::of(store, ui, &q, sort, made_at.get(), &|at| zone.offset(at))
    });
    effect(move || {
        let now = ui.clock.tick();
        if listing.with(|listing| listing.holds_until).is_some_and(|until| now >= until) {
            made_at.set(now);
        }
    });

    let reading = live.read(Feed::List, Watch::default(), move || async move {
        let outcome = read_all(console, state).await;
        state.try_update(|state| match &outcome {
            Ok(_) => {
                state.problem = None;
                state.failures = 0;
                state.as_of = Some(ui.clock.now());
                state.reading = None;
            }
            Err(problem) => {
                state.reading = None;
                if !matches!(
                    problem.kind,
                    ProblemKind::Aborted | ProblemKind::Unauthorised { .. } | ProblemKind::NoToken
                ) {
                    state.problem = Some(problem.clone());
                    state.failures = state.failures.saturating_add(1);
                }
            }
        });
        outcome
    });
    // Back from another page, the list is drawn from the store at once: then it is tall enough to scroll.
    effect(move || {
        if listing.with(|listing| listing.total > 0) {
            request_animation_frame(move || ui.router.restore_scroll());
        }
    });
    let job = memo(move || {
        let asks = list.with(|(q, _)| !q.is_empty()) && ui.rest.here();
        if asks { list.with(|(q, _)| gates::job(store, q, made_at.get())) } else { None }
    });
    let rates = RwSignal::new(Rates::new());
    let reads_rates = StoredValue::new(false);
    effect(move || {
        if job.with(Option::is_some)
            && reads_rates.try_update_value(|reads| !std::mem::replace(reads, true)) == Some(true)
        {
            gates::read_rates(console, job, rates);
        }
    });
    let rewrite = move |q, sort| ui.router.rewrite(&Address::Runs { q, sort });
    view! {
        <RunList
            store=store
            listing=listing
            state=state
            q=q
            sort=sort
            on_query=move |q| rewrite(q, sort.get_untracked())
            on_sort=move |sort| rewrite(q.get_untracked(), sort)
            on_refresh=move |()| reading.ask()
            on_stop=move |ids| actions.ask_to_stop_all(ids)
            next_in=Signal::derive(move || reading.next_in())
            job=job
            rates=rates
        />
    }
}

/// Reads every page, showing each as it comes; says how many there were.
async fn read_all(console: Console, state: RwSignal<ListState>) -> Result<u32, Problem> {
    let mut pages = 1;
    let Console { ui, api, store, .. } = console;
    let mut pager = Pager::new();
    let mut unreadable = 0_usize;
    store.begin_reading();
    let mut page = api.list().await?;
    loop {
        let next = pager.accept(&page);
        unreadable = unreadable.saturating_add(page.unreadable);
        store.put_page(page.runs);
        let read = pager.seen().len();
        match next {
            Next::Ask { page: number, page_size } => {
                state.try_update(|state| {
                    // The first page can be worked with at once.
                    state.as_of.get_or_insert_with(|| ui.clock.now());
                    state.reading = Some((read, pager.total_items()));
                });
                page = api.list_page(number, page_size).await?;
                pages += 1;
            }
            Next::Done => {
                if !pager.incomplete() {
                    store.end_reading(pager.seen());
                }
                state.try_update(|state| {
                    state.incomplete = pager.incomplete().then(|| (read, pager.total_items()));
                    state.unreadable = unreadable;
                });
                return Ok(pages);
            }
        }
    }
}
