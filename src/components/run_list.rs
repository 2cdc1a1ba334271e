//! The list of runs.

mod arrivals;
mod column_choice;
mod drawer;
pub(crate) mod export;
mod facets;
mod job_card;
mod row;
mod rows;
mod run_table;
mod saved_views;
mod search_box;
mod selection_bar;
mod suggest_list;
mod understood;
mod views;

pub use job_card::Rates;

use crate::address::Address;
use crate::browser::{focus, number};
use crate::components::shared::{
    Heading, Icon, IconName, LazyView, Notice, NoticeKind, ProblemNotice, StaleNote, TimeText,
};
use crate::context::use_ui;
use crate::state::list::{self, ListHandle};
use crate::text::{list as words, problem, shell};
use arrivals::Arrivals;
use drawer::Drawer;
use export::Export;
use facets::Facets;
use leptos::prelude::*;
use run_table::RunTable;
use runboard_core::job::JobFacts;
use runboard_core::problem::Problem;
use runboard_core::query::{Sort, SortKey};
use runboard_core::run::RunId;
use runboard_core::time::print::Precision;
use runboard_core::time::{Span, Timestamp};
use saved_views::SavedViews;
use search_box::SearchBox;
use selection_bar::SelectionBar;
use understood::Understood;
use views::Views;

/// What is known of the list as a whole.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct ListState {
    /// When it was last read to its end, or its first page was.
    pub as_of: Option<Timestamp>,
    /// Why there is nothing newer.
    pub problem: Option<Problem>,
    /// Failures in a row.
    pub failures: u32,
    /// Runs read so far and how many there are said to be, while further pages are on their way.
    pub reading: Option<(usize, Option<u64>)>,
    /// Runs read and how many were announced, when the API did not give all pages.
    pub incomplete: Option<(usize, Option<u64>)>,
    /// The pages that failed.
    pub missing: Vec<u32>,
    /// Whether the person did not want the rest.
    pub stopped: bool,
    /// When the page on which new runs appear was last read, where that is not all.
    pub newest: Option<Timestamp>,
    /// Entries that could not be read.
    pub unreadable: usize,
    /// Whether the first reading goes on: what it brings is drawn as it comes.
    pub streaming: bool,
}

/// All runs: search, filters, order, and each face of a list: first load, empty, empty because filtered, failed, stale.
#[component]
pub fn RunList(
    /// The list
    list: ListHandle,
    /// What is known of the list
    #[prop(into)]
    state: Signal<ListState>,
    /// The query field's text
    #[prop(into)]
    q: Signal<String>,
    /// The order
    #[prop(into)]
    sort: Signal<Sort>,
    /// The person typed or chose
    #[prop(into)]
    on_query: Callback<String>,
    /// The person sorted
    #[prop(into)]
    on_sort: Callback<Sort>,
    /// The person wants it read now
    #[prop(into)]
    on_refresh: Callback<()>,
    /// The person wants these to be stopped
    #[prop(into)]
    on_stop: Callback<Vec<RunId>>,
    /// The person does not want the rest of the list
    #[prop(into)]
    on_enough: Callback<()>,
    /// How long until the next reading
    #[prop(into)]
    next_in: Signal<Option<Span>>,
    /// The job, if the list asks for one
    #[prop(into)]
    job: Signal<Option<JobFacts>>,
    /// What was read of the job's last runs
    #[prop(into)]
    rates: Signal<Rates>,
) -> impl IntoView {
    let ui = use_ui();
    let (may_create, may_stop) = (ui.config.get().may_create, ui.config.get().may_stop);
    let listing = list.listing();
    let total = Memo::new(move |_| listing.with(|listing| listing.total));
    let listed = list.derive_settled(|listing| listing.ids.len());
    let settles = Memo::new(move |_| listing.with(|listing| listing.searching));
    let found_none = Memo::new(move |_| listing.with(|listing| listing.ids.is_empty()));
    let asks_for_job = Memo::new(move |_| job.with(Option::is_some));
    let loaded = Memo::new(move |_| state.with(|state| state.as_of.is_some()));
    let problem = Memo::new(move |_| state.with(|state| state.problem.clone()));
    let partial = Signal::derive(move || state.with(|state| state.reading.is_some() || state.incomplete.is_some()));
    let stale = Memo::new(move |_| loaded.get() && problem.get().is_some());
    let asked = RwSignal::new(0_u32);
    let streaming = Memo::new(move |_| state.with(|state| state.streaming || state.as_of.is_none()));
    // Each reading puts the rows in their order, where they are not being read.
    let as_of = Memo::new(move |_| state.with(|state| state.as_of));
    let question = move || {
        as_of.track();
        (q.get(), sort.get())
    };
    let shown = list::shown_rows(list, ui.settings, question, asked, streaming);
    let waiting = Signal::derive(move || shown.with(|shown| shown.pending));

    let heading = Signal::derive(move || words::heading(loaded.get().then(|| number::count(total.get())).as_deref()));
    // Said when the result of typing settles, not for every poll.
    let answered = list.derive_settled(move |_| q.get());
    Effect::watch(
        move || answered.get(),
        move |_, _, _| {
            ui.announcer.say(&words::shown_count(
                &number::count(listed.get_untracked()),
                &number::count(total.get_untracked()),
            ));
        },
        false,
    );

    let new_run = move || {
        may_create.then(|| {
            view! {
                <a class="button primary" href=Address::New { job: None, name: None, from: None }.href()>
                    <Icon name=IconName::Plus />
                    {words::NEW_RUN}
                </a>
            }
        })
    };
    let empty = move || {
        view! {
            <div class="empty card">
                <p class="empty-title">{words::EMPTY}</p>
                <p>{words::EMPTY_HINT}</p>
                {new_run}
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
                <p>{move || words::no_match_hint(&number::count(total.get()))}</p>
                <button type="button" class="button" on:click=clear>{words::CLEAR_FILTERS}</button>
            </div>
        }
    };
    let failed = move |why: Problem| {
        view! {
            <ProblemNotice title=problem::LIST_NOT_LOADED problem=why>
                <button type="button" class="button" on:click=move |_| on_refresh.run(())>{shell::TRY_AGAIN}</button>
            </ProblemNotice>
        }
        .into_any()
    };
    #[derive(Clone, Copy, PartialEq)]
    enum Face {
        Loading,
        Failed,
        Empty,
        NoMatch,
        Rows,
    }
    let face = Memo::new(move |_| match (loaded.get(), total.get(), listed.get()) {
        (false, 0, _) if problem.get().is_some() => Face::Failed,
        (false, 0, _) => Face::Loading,
        (_, 0, _) => Face::Empty,
        (_, _, 0) if found_none.get() => {
            if settles.get() {
                Face::Loading
            } else {
                Face::NoMatch
            }
        }
        _ => Face::Rows,
    });
    let finds_none = Memo::new(move |_| face.get() == Face::NoMatch);
    let drawn = Memo::new(move |_| Some(face.get()).filter(|face| *face != Face::NoMatch).unwrap_or(Face::Rows));
    let body = move || match drawn.get() {
        Face::Loading => view! { <p class="waiting" role="status">{words::LOADING}</p> }.into_any(),
        Face::Failed => (move || problem.get().map(failed)).into_any(),
        Face::Empty => empty().into_any(),
        // The table is kept where a query finds nothing: the next letter finds it there.
        Face::Rows | Face::NoMatch => view! {
            {move || finds_none.get().then(no_match)}
            <div class="listed" hidden=move || finds_none.get()>
                <Arrivals waiting=waiting asked=asked />
                <RunTable list=list shown=shown sort=sort on_sort=on_sort stale=stale />
                <Export list=list partial=partial />
            </div>
        }
        .into_any(),
    };
    let trouble = Memo::new(move |_| state.with(|state| (state.as_of, state.problem.clone(), state.failures)));
    let any = Memo::new(move |_| total.get() > 0);
    let trouble_note = move || match trouble.get() {
        (Some(as_of), Some(why), failures) => {
            view! { <StaleNote as_of=as_of problem=why failures=failures next_in=next_in retry=on_refresh /> }
                .into_any()
        }
        // Rows that other answers have told of are shown, but the list itself was never read.
        (None, Some(why), _) if any.get() => failed(why),
        _ => ().into_any(),
    };
    view! {
        <div class="page-head">
            <Heading text=heading title=Signal::derive(|| words::TITLE.to_owned()) />
            <div class="freshness">
                <Freshness state=state on_enough=on_enough />
                <button type="button" class="button quiet small" on:click=move |_| on_refresh.run(())>
                    <Icon name=IconName::Refresh />
                    {words::REFRESH}
                </button>
            </div>
        </div>
        <div class="tools">
            <SearchBox list=list q=q on_query=on_query />
            <Views q=q on_query=on_query />
            <SavedViews q=q sort=sort on_query=on_query on_sort=on_sort />
        </div>
        <div class="aside">
            <Understood listing=listing q=q />
            <Drawer class="looks" title=words::EDIT_VIEWS load=move || saved_views::save_view(q, sort) />
            <Drawer class="looks" title=words::TABLE_LAYOUT load=column_choice::column_choice />
        </div>
        {move || asks_for_job.get().then(|| view! { <LazyView load=move || job_card::job_card(job, rates) /> })}
        {trouble_note}
        <Shortcomings state=state on_refresh=on_refresh />
        // What depends on the runs stands below all that does not: nothing that is there moves when they arrive.
        {move || any.get().then(|| view! { <Facets listing=listing q=q on_query=on_query /> })}
        {move || (may_stop && any.get()).then(|| view! { <SelectionBar list=list shown=shown on_stop=on_stop /> })}
        {body}
    }
}

/// When the list was read, or how far the reading is.
#[component]
fn Freshness(state: Signal<ListState>, on_enough: Callback<()>) -> impl IntoView {
    let reading = Memo::new(move |_| state.with(|state| state.reading));
    let under_way = Memo::new(move |_| reading.with(Option::is_some));
    let as_of = Memo::new(move |_| state.with(|state| (state.as_of, state.newest)));
    let progress = move || {
        let (read, total) = reading.get().unwrap_or_default();
        words::loading_progress(&number::count(read), total.map(number::group).as_deref())
    };
    let time = |at| view! { <TimeText at=at precision=Precision::ClockSeconds /> };
    (move || match (under_way.get(), as_of.get()) {
        (true, _) => view! {
            <span class="as-of" role="status">{progress}</span>
            <button type="button" class="button quiet small" on:click=move |_| on_enough.run(())>{words::STOP_LOADING}</button>
        }
        .into_any(),
        (false, (Some(all), Some(newest))) => view! {
            <span class="as-of">{words::ALL_AS_OF} " " {time(all)} {words::NEWEST_AS_OF} " " {time(newest)}</span>
        }
        .into_any(),
        (false, (Some(at), None)) => view! { <span class="as-of">{words::AS_OF} " " {time(at)}</span> }.into_any(),
        (false, (None, _)) => ().into_any(),
    })
    .into_any()
}

/// What is missing from the list, said and never hidden.
#[component]
fn Shortcomings(state: Signal<ListState>, on_refresh: Callback<()>) -> impl IntoView {
    let incomplete = Memo::new(move |_| state.with(|state| (state.incomplete, state.missing.clone(), state.stopped)));
    let unreadable = Memo::new(move |_| state.with(|state| state.unreadable));
    (move || {
        let (incomplete, pages, stopped) = incomplete.get();
        let missing = incomplete.map(|(read, total)| {
            let (read, total) = (number::count(read), total.map(number::group));
            match (stopped, &*pages) {
                (true, _) => words::loading_stopped(&read, total.as_deref()),
                (false, []) => words::incomplete(&read, total.as_deref()),
                (false, pages) => words::failed_pages(&read, total.as_deref(), pages),
            }
        });
        let rest = move || {
            stopped.then(|| {
                view! { <button type="button" class="button" on:click=move |_| on_refresh.run(())>{words::LOAD_ALL}</button> }
            })
        };
        let broken = (unreadable.get() > 0).then(|| (words::unreadable_entries(&number::count(unreadable.get())), None));
        missing
            .map(|words| (words, rest()))
            .into_iter()
            .chain(broken)
            .map(|(words, next)| view! { <Notice kind=NoticeKind::Warning><p>{words}</p>{next}</Notice> })
            .collect::<Vec<_>>()
    })
    .into_any()
}

/// A column's name.
const fn column_name(key: SortKey) -> &'static str {
    match key {
        SortKey::Name => words::NAME,
        SortKey::Status => words::STATUS,
        SortKey::Job => words::JOB,
        SortKey::Start => words::START,
        SortKey::End => words::END,
        SortKey::Created => words::CREATED,
    }
}
