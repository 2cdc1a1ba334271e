//! The list of runs, laid out as [`RunList`].

mod job_section;

use crate::components::{LazyView, RunList};
use crate::context::{AppContext, use_app};
use crate::state::list::{ListHandle, ListSources};
use leptos::prelude::*;
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
    let AppContext { ui, store, actions, .. } = app;
    let list = app.list.follow();
    let state = list.state();
    let query = Memo::new(move |_| ui.navigation.list_query());
    let q: Signal<String> = Memo::new(move |_| query.with(|(q, _)| q.clone())).into();
    let sort = Memo::new(move |_| query.with(|(_, sort)| *sort));

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
        // The API's clock may turn out to be behind what this machine's clock said at first.
        let went_back = now < listed_at.get_untracked();
        if went_back || (valid_until.is_some_and(|until| now >= until) && may_list) {
            listed_at.set(now);
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
    let shows_job = Memo::new(move |_| q.with(|q| only_job(q).is_some()));
    let job_card = move || {
        shows_job.get().then(|| view! { <LazyView load=move || job_section::job_section(app, q, listed_at) /> })
    };
    let choose = move |q, sort| ui.navigation.choose(&ui.navigation.list_of(q, sort));
    let stop_several = move |ids: Vec<RunId>| actions.request_bulk_stop(ids);
    view! {
        <RunList
            list=list_handle
            state=state
            q=q
            sort=sort
            on_query=move |q| choose(q, sort.get_untracked())
            on_typed=move |q| ui.navigation.type_query(&ui.navigation.list_of(q, sort.get_untracked()))
            on_sort=move |sort| choose(q.get_untracked(), sort)
            on_view=move |(q, sort)| choose(q, sort)
            on_refresh=move |()| list.refresh()
            on_cancel_refresh=move |()| list.cancel_refresh()
            on_stop=stop_several
            on_stop_loading=move |()| list.stop_loading()
            next_in=Signal::derive(move || list.next_in())
            job_card=job_card
        />
    }
}
