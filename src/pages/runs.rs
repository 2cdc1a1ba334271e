//! The list: read as a whole at first, then again as `core::rota` says, and laid out as [`RunList`].

mod reader;

use super::job_rates;
use crate::address::Address;
use crate::browser::viewport;
use crate::components::{ListState, Rates, RunList};
use crate::context::{AppContext, use_app};
use crate::state::list::{ListHandle, ListSources};
use crate::state::poller::{Feed, Watch};
use leptos::prelude::*;
use reader::Reader;
use runboard_core::job;
use runboard_core::query;
use runboard_core::run::RunId;
use runboard_core::time::Span;

/// Of more than these the listing is not made again for every boundary that passes, but so many seconds apart.
const VERY_MANY: usize = 20_000;
const REST: Span = Span::from_seconds(5);

/// The list of runs.
#[component]
pub fn RunsPage() -> impl IntoView {
    let app = use_app();
    let AppContext { ui, store, live, actions, .. } = app;
    let state = RwSignal::new(ListState { streaming: true, ..ListState::default() });
    let asked_for = Memo::new(move |_| ui.router.list());
    let q = Signal::derive(move || asked_for.get().0);
    let sort = Signal::derive(move || asked_for.get().1);

    // Phases change with time: the listing is made again when the first of them does, not every second.
    let made_at = RwSignal::new(ui.clock.now());
    let sources = ListSources { config: ui.config, settings: ui.settings, navigation: ui.router };
    let list_handle = ListHandle::follow(store, sources, asked_for, made_at);
    let listing = list_handle.listing();
    Effect::new(move |_| {
        let now = ui.clock.tick();
        let (until, total) = listing.with(|listing| (listing.holds_until, listing.total));
        // Looking through very many takes its time, and must come to an end before it begins again.
        let rested = total < VERY_MANY || now.since(untrack(|| made_at.get())) >= REST;
        if until.is_some_and(|until| now >= until) && rested {
            made_at.set(now);
        }
    });

    let reader = Reader::new(app, state);
    let reading = live.read(Feed::List, Watch::default(), move || reader.read());
    live.when_all_is_asked(move || reader.ask_for_all());
    let paged = Memo::new(move |_| reader.pages() > 1);
    Effect::new(move |_| {
        if paged.get() {
            live.read(Feed::Newest, Watch::default(), move || reader.read_news());
        }
    });
    // Back from another page, the list is drawn from the store at once: then it is tall enough to scroll.
    let streaming = Memo::new(move |_| state.with(|state| state.streaming));
    Effect::new(move |_| {
        let whole = !streaming.get();
        if listing.with(|listing| listing.total > 0) {
            request_animation_frame(move || ui.router.restore_scroll(whole));
        }
    });
    // All runs are looked through for what is known of a job: of very many that waits until what was typed has its answer.
    let asked = RwSignal::new(untrack(|| ui.router.list().0));
    Effect::new(move |_| {
        let q = asked_for.with(|(q, _)| q.clone());
        if store.len_untracked() < VERY_MANY {
            asked.set(q);
        } else {
            viewport::after_paint(move || {
                asked.try_set(q);
            });
        }
    });
    let known = Memo::new(move |_| {
        let job = asked.with(|q| query::only_job(q))?;
        let now = made_at.get();
        store.with_all(|runs| job::job_facts(runs, &job, now))
    });
    // Above the runs of another job nothing is said of this one.
    let job = Memo::new(move |_| {
        let said = asked.with(|asked| asked_for.with(|(q, _)| q == asked));
        said.then(|| known.get()).flatten()
    });
    let rates = RwSignal::new(Rates::new());
    // What reads them lives as long as this runs: it must not run again for another job, nor for another run of it.
    let asks_for_job = Memo::new(move |_| job.with(Option::is_some));
    Effect::new(move |_| {
        if asks_for_job.get() {
            job_rates::read(app, job, rates);
        }
    });
    let rewrite = move |q, sort| ui.router.rewrite(&Address::Runs { q, sort });
    let refresh = move |()| {
        reader.ask_for_all();
        reading.ask();
    };
    let stop_several = move |ids: Vec<RunId>| actions.bulk_stop.open_dialog(&ids);
    view! {
        <RunList
            list=list_handle
            state=state
            q=q
            sort=sort
            on_query=move |q| rewrite(q, sort.get_untracked())
            on_sort=move |sort| rewrite(q.get_untracked(), sort)
            on_refresh=refresh
            on_stop=stop_several
            on_stop_loading=move |()| reader.stop()
            next_in=Signal::derive(move || reading.next_in())
            job=job
            rates=rates
        />
    }
}
