//! The list of runs: polled by [`ListReader`] and laid out as [`RunList`].

mod list_reader;

use super::job_rates;
use crate::address::Address;
use crate::browser::viewport;
use crate::components::{ListState, Rates, RunList};
use crate::context::{AppContext, use_app};
use crate::state::list::{ListHandle, ListSources};
use crate::state::poller::{Feed, Watch};
use leptos::prelude::*;
use list_reader::ListReader;
use runboard_core::job;
use runboard_core::query::only_job;
use runboard_core::run::RunId;
use runboard_core::time::Span;

/// With this many runs, work that looks at all of them is limited.
const VERY_MANY: usize = 20_000;
/// The least time between two listings of very many runs that differ only in time.
const MIN_LISTING_INTERVAL: Span = Span::from_seconds(5);

/// The page with the list of runs.
#[component]
pub fn RunsPage() -> impl IntoView {
    let app = use_app();
    let AppContext { ui, store, poller, actions, .. } = app;
    let state = RwSignal::new(ListState { streaming: true, ..ListState::default() });
    let query = Memo::new(move |_| ui.navigation.list_query());
    let q = Signal::derive(move || query.get().0);
    let sort = Signal::derive(move || query.get().1);

    // Phases change with time. The listing is computed again when the first of them does, not every second.
    let listed_at = RwSignal::new(ui.clock.now());
    let sources = ListSources { config: ui.config, settings: ui.settings, navigation: ui.navigation };
    let list_handle = ListHandle::follow(store, sources, query, listed_at);
    let listing = list_handle.listing();
    Effect::new(move |_| {
        let now = ui.clock.tick();
        let (valid_until, total) = listing.with(|listing| (listing.valid_until, listing.total));
        // Searching very many runs takes several frames and must finish before it starts again.
        let may_list = total < VERY_MANY || now.since(listed_at.get_untracked()) >= MIN_LISTING_INTERVAL;
        if valid_until.is_some_and(|until| now >= until) && may_list {
            listed_at.set(now);
        }
    });

    let reader = ListReader::new(app, state);
    let polled = poller.poll(Feed::List, Watch::default(), move || reader.read());
    poller.before_refresh_all(move || reader.request_full_read());
    let has_pages = Memo::new(move |_| reader.pages() > 1);
    Effect::new(move |_| {
        if has_pages.get() {
            poller.poll(Feed::Newest, Watch::default(), move || reader.read_new_runs());
        }
    });
    // After coming back from another page the list is rendered from the store at once, so that it is long enough to scroll.
    let streaming = Memo::new(move |_| state.with(|state| state.streaming));
    Effect::new(move |_| {
        let is_complete = !streaming.get();
        if listing.with(|listing| listing.total > 0) {
            request_animation_frame(move || ui.navigation.restore_scroll(is_complete));
        }
    });
    // The facts about a job need a look at all runs. With very many, that waits until the list has answered the keystroke.
    let job_query = RwSignal::new(untrack(|| ui.navigation.list_query().0));
    Effect::new(move |_| {
        let q = query.with(|(q, _)| q.clone());
        if store.len_untracked() < VERY_MANY {
            job_query.set(q);
        } else {
            viewport::after_paint(move || {
                job_query.try_set(q);
            });
        }
    });
    let facts = Memo::new(move |_| {
        let job = job_query.with(|q| only_job(q))?;
        let now = listed_at.get();
        store.with_all(|runs| job::job_facts(runs, &job, now))
    });
    // While the two queries differ, the facts may be about another job than the listed one.
    let job = Memo::new(move |_| {
        let is_current = job_query.with(|job_query| query.with(|(q, _)| q == job_query));
        is_current.then(|| facts.get()).flatten()
    });
    let rates = RwSignal::new(Rates::new());
    // A memo, because the reads end when this effect runs again, which must not happen for another job or another run of it.
    let shows_job = Memo::new(move |_| job.with(Option::is_some));
    Effect::new(move |_| {
        if shows_job.get() {
            job_rates::read(app, job, rates);
        }
    });
    let rewrite = move |q, sort| ui.navigation.rewrite(&Address::Runs { q, sort });
    let refresh = move |()| {
        reader.request_full_read();
        polled.refresh();
    };
    let stop_several = move |ids: Vec<RunId>| actions.request_bulk_stop(ids);
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
            on_stop_loading=move |()| reader.cancel()
            next_in=Signal::derive(move || polled.next_in())
            job=job
            rates=rates
        />
    }
}
