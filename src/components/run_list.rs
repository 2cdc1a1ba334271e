//! The list of runs.

mod autocomplete;
mod column_name;
mod display_menu;
mod export_menu;
mod freshness;
mod job_card;
mod list_tools;
mod long_list_hint;
mod missing_runs;
mod new_runs_button;
mod query_explanation;
mod refresh_button;
mod row;
mod rows;
mod run_table;
mod search_box;
mod selection_bar;
mod state_filters;
mod suggestion_list;
mod view_switch;
mod views_menu;

pub use crate::state::list_state::ListState;
pub use job_card::JobCard;
pub(crate) use job_card::rate_text;

use crate::address::Address;
use crate::browser::viewport::PublishedHeight;
use crate::browser::{focus, number};
use crate::components::shared::{Heading, Icon, IconName, LazyView, ProblemNotice, StaleNote};
use crate::components::timeline::timeline_view;
use crate::context::use_ui;
use crate::state::list::{self, ListHandle};
use crate::text::{list as words, problem, shell, timeline};
use display_menu::DisplayMenu;
use export_menu::ExportMenu;
use freshness::Freshness;
use leptos::html;
use leptos::prelude::*;
use list_tools::ListTools;
use long_list_hint::LongListHint;
use missing_runs::missing_runs;
use new_runs_button::NewRunsButton;
use query_explanation::{QueryIssues, QueryTerms, SearchHelp};
use refresh_button::RefreshButton;
use run_table::RunTable;
use runboard_core::problem::Problem;
use runboard_core::query::Sort;
use runboard_core::run::RunId;
use runboard_core::time::Span;
use search_box::SearchBox;
use selection_bar::SelectionBar;
use state_filters::StateFilters;
use view_switch::ViewSwitch;
use views_menu::{ListQuery, ViewsMenu};

/// What the page shows below the search: rows, or why there are none.
#[derive(Clone, Copy, PartialEq)]
enum Content {
    Loading,
    Failed,
    /// There are no runs.
    Empty,
    /// There are runs, but none matches the query.
    NoMatch,
    Rows,
}

/// All runs, with search, filters and sorting.
#[component]
pub fn RunList(
    /// The list engine
    list: ListHandle,
    /// How complete and how recent the list is
    #[prop(into)]
    state: Signal<ListState>,
    /// The query
    #[prop(into)]
    q: Signal<String>,
    /// The sort order
    #[prop(into)]
    sort: Signal<Sort>,
    /// Called with each new query
    #[prop(into)]
    on_query: Callback<String>,
    /// Called with each new sort order
    #[prop(into)]
    on_sort: Callback<Sort>,
    /// Called to read the whole list now
    #[prop(into)]
    on_refresh: Callback<()>,
    /// Called with the runs to stop; asks for confirmation first
    #[prop(into)]
    on_stop: Callback<Vec<RunId>>,
    /// Called to read no further pages
    #[prop(into)]
    on_stop_loading: Callback<()>,
    /// Called with each query as it is typed
    #[prop(into)]
    on_typed: Callback<String>,
    /// Called with the query and the order of a view
    #[prop(into)]
    on_view: Callback<(String, Sort)>,
    /// Called to give up a refresh
    #[prop(into)]
    on_cancel_refresh: Callback<()>,
    /// How long until the next read
    #[prop(into)]
    next_in: Signal<Option<Span>>,
    /// What is shown about the job, where the query asks for exactly one
    #[prop(into)]
    job_card: ViewFn,
) -> impl IntoView {
    let ui = use_ui();
    let (may_create, may_stop) = (ui.config.get().may_create, ui.config.get().may_stop);
    let listing = list.listing();
    let total = Memo::new(move |_| listing.with(|listing| listing.total));
    let any_runs = Memo::new(move |_| total.get() > 0);
    let match_count = list.derive_settled(|listing| listing.ids.len());
    let searching = Memo::new(move |_| listing.with(|listing| listing.searching));
    let refused = Memo::new(move |_| listing.with(|listing| listing.refused));
    let no_match_yet = Memo::new(move |_| listing.with(|listing| listing.ids.is_empty()));
    let loaded = Memo::new(move |_| state.with(|state| state.as_of.is_some()));
    let problem =
        ListState::memo_of(state, |state| ListState { problem: state.problem.clone(), ..ListState::default() });
    let has_problem = move || problem.with(|state| state.problem.is_some());
    let partial = Memo::new(move |_| state.with(|state| state.reading.is_some() || state.incomplete.is_some()));
    let stale = Memo::new(move |_| loaded.get() && has_problem());
    let is_incomplete = Memo::new(move |_| state.with(|state| state.incomplete.is_some() || state.unreadable > 0));

    // Counts the clicks on "Show new runs".
    let show_new = RwSignal::new(0_u32);
    let pointed = RwSignal::new(false);
    let streaming = Memo::new(move |_| state.with(|state| state.streaming || state.as_of.is_none()));
    let as_of = ListState::memo_of(state, |state| ListState { as_of: state.as_of, ..ListState::default() });
    let question = move || {
        // Each read of the list sorts the rows again, unless someone is using them.
        as_of.track();
        (q.get(), sort.get())
    };
    let shown = list::shown_rows(list, ui.settings, question, show_new, streaming, pointed);
    let waiting = Memo::new(move |_| shown.with(|shown| shown.pending));

    let query = ListQuery { q, sort, on_query, on_sort, on_view };
    let result_count = move || {
        loaded.get().then(|| words::shown_count(&number::count(match_count.get()), &number::count(total.get())))
    };
    // While runs arrive there is no count to tell; while they are read again, the one from before holds.
    let attention =
        Memo::new(
            move |before: Option<&usize>| {
                if streaming.get() { before.copied().unwrap_or_default() } else { list.attention_count() }
            },
        );
    let is_timeline = Memo::new(move |_| ui.navigation.is_timeline());
    let heading = move || if is_timeline.get() { timeline::TITLE } else { words::TITLE }.to_owned();
    let title = Signal::derive(move || {
        let attention = number::count(attention.get());
        if is_timeline.get() { timeline::title(&attention) } else { words::title(&attention) }
    });
    // Announces, once the list has arrived and is searched, how many runs need attention and the result of a query, but not the
    // result of each poll.
    let arriving = Memo::new(move |_| {
        let (is_read, is_read_on) = state
            .with(|state| (state.as_of.is_some(), state.streaming && (state.reading.is_some() || ui.clock.online())));
        !is_read || (is_read_on && !list.knows_all())
    });
    let asked = list.derive_settled(move |_| q.get());
    let asked_at_first = q.get_untracked();
    Effect::new(move |answered: Option<String>| {
        let answered = answered.unwrap_or_else(|| asked_at_first.clone());
        let asked = asked.get();
        if arriving.get() || searching.get() {
            return answered;
        }
        let attention = ui.announcer.is_first_arrival().then(|| untrack(|| list.attention_count()));
        let attention = attention.filter(|count| *count > 0).map(|count| words::need_attention(&number::count(count)));
        let (matches, total) = (match_count.get_untracked(), total.get_untracked());
        let result = (asked != answered).then(|| words::shown_count(&number::count(matches), &number::count(total)));
        if attention.is_some() || result.is_some() {
            ui.announcer.say(&words::on_arrival(attention, result));
        }
        asked
    });

    let empty = move || {
        view! {
            <div class="empty card">
                <p class="empty-title">{words::EMPTY}</p>
                <p>{words::EMPTY_HINT}</p>
                {may_create.then(|| view! {
                    <a class="button primary" href=Address::New { job: None, name: None, from: None }.href()>
                        <Icon name=IconName::Plus />
                        {words::NEW_RUN}
                    </a>
                })}
            </div>
        }
    };
    let clear = move |_| {
        on_query.run(String::new());
        focus::first("#search");
    };
    let no_match = move || {
        view! {
            <div class="empty card">
                <p class="empty-title">{words::NO_MATCH}</p>
                <p>{move || words::no_match_hint(&number::count(total.get()), refused.get())}</p>
                <button type="button" class="button" on:click=clear>{words::CLEAR_FILTERS}</button>
            </div>
        }
    };
    let failed = move |problem: Problem| {
        view! {
            <ProblemNotice title=problem::LIST_NOT_LOADED problem=problem>
                <button type="button" class="button" on:click=move |_| on_refresh.run(())>
                    {shell::TRY_AGAIN}
                </button>
            </ProblemNotice>
        }
    };
    // Those under the pointer stay for a while, although none is listed.
    let shows_none = Memo::new(move |_| shown.with(|shown| shown.ids.is_empty()));
    let content = Memo::new(move |_| match (loaded.get(), total.get(), match_count.get()) {
        (false, 0, _) if has_problem() => Content::Failed,
        (false, 0, _) => Content::Loading,
        (_, 0, _) => Content::Empty,
        (_, _, 0) if no_match_yet.get() && searching.get() => Content::Loading,
        (_, _, 0) if no_match_yet.get() && shows_none.get() => Content::NoMatch,
        _ => Content::Rows,
    });
    let no_matches = Memo::new(move |_| content.get() == Content::NoMatch);
    // The table is only hidden where nothing matches: building it again for the next letter would take too long.
    let rendered = Memo::new(move |_| match content.get() {
        Content::NoMatch => Content::Rows,
        content => content,
    });
    let body = move || match rendered.get() {
        Content::Loading => view! {
            <p class="unseen" role="status">{words::LOADING}</p>
            <div class="rows-skeleton" aria-hidden="true">{[(); 8].map(|()| view! { <i></i> })}</div>
        }
        .into_any(),
        Content::Failed => (move || problem.get().problem.map(failed)).into_any(),
        Content::Empty => empty().into_any(),
        Content::Rows | Content::NoMatch if is_timeline.get() => view! {
            {move || no_matches.get().then(no_match)}
            <div class="listed" hidden=move || no_matches.get()>
                <LazyView load=move || timeline_view(list, stale) />
            </div>
        }
        .into_any(),
        Content::Rows | Content::NoMatch => {
            // With other columns it is another table.
            ui.settings.track_columns();
            view! {
                {move || no_matches.get().then(no_match)}
                <div class="listed" hidden=move || no_matches.get()>
                    <RunTable list=list shown=shown sort=sort on_sort=on_sort stale=stale pointed=pointed />
                </div>
            }
            .into_any()
        }
    };
    let trouble = ListState::memo_of(state, |state| {
        let (as_of, problem, failures) = (state.as_of, state.problem.clone(), state.failures);
        ListState { as_of, problem, failures, ..ListState::default() }
    });
    let trouble_note = move || match trouble.get() {
        ListState { as_of: Some(as_of), problem: Some(problem), failures, .. } => view! {
            <StaleNote as_of=as_of problem=problem failures=failures next_in=next_in on_retry=on_refresh />
        }
        .into_any(),
        // The list itself has never been read, but single runs have.
        ListState { as_of: None, problem: Some(problem), .. } if any_runs.get() => failed(problem).into_any(),
        _ => ().into_any(),
    };
    let dock = NodeRef::<html::Div>::new();
    let dock_height = StoredValue::new_local(None);
    Effect::new(move |_| {
        dock_height.set_value(dock.get().and_then(|dock| PublishedHeight::of(dock.into(), "--dock-height")));
    });
    view! {
        <div class="page-head list-head">
            <div class="list-title">
                <Heading text=Signal::derive(heading) title=title />
                <p class="result-count">{result_count}</p>
                // It is about rows, of which the timeline has none.
                {move || (!is_timeline.get()).then(|| view! { <LongListHint shown=shown /> })}
            </div>
            // Here it has a place of its own: it moves nothing when it comes.
            {move || (!is_timeline.get()).then(|| view! { <NewRunsButton waiting=waiting show_new=show_new /> })}
            <div class="freshness">
                <Freshness state=state on_stop_loading=on_stop_loading />
            </div>
        </div>
        <div class="toolbar">
            <SearchBox list=list q=q on_query=on_typed />
            <ListTools>
                <SearchHelp on_query=on_query />
                <div class="toolbar-menus">
                    <ViewSwitch is_timeline=is_timeline />
                    <RefreshButton state=state total=total on_refresh=on_refresh on_cancel=on_cancel_refresh />
                    <ViewsMenu query=query />
                    {move || (!is_timeline.get()).then(|| view! { <DisplayMenu query=query /> })}
                    <ExportMenu list=list partial=partial />
                </div>
                <div class="filter-line">
                    <StateFilters list=list q=q on_query=on_query />
                    <QueryTerms listing=listing q=q on_query=on_query />
                </div>
            </ListTools>
        </div>
        <QueryIssues listing=listing q=q on_query=on_query />
        {move || job_card.run()}
        // It lies over the lower edge of the screen, so that nothing moves when it comes or goes. The notices of the shell lie above it.
        <div class="dock" node_ref=dock>
            <div class="list-notes">
                {trouble_note}
                {move || is_incomplete.get().then(|| view! { <LazyView load=move || missing_runs(state, on_refresh) /> })}
            </div>
            {move || (may_stop && any_runs.get() && !is_timeline.get()).then(|| view! {
                <SelectionBar list=list shown=shown on_query=on_query on_stop=on_stop />
            })}
        </div>
        {body}
    }
}
