//! The ways into the rest of the program ([`crate::rest`]). What only these functions lead to is no part of the file that the
//! list is shown with, so each may be called only once [`crate::rest::Rest::here`] says so. The build finds them by this
//! module's name, and fails when there is another way in.

use crate::actions::Actions;
use crate::app::{self, Console};
use crate::components::ends_soon;
use crate::components::run_list::{self, JobCard, Offer, Rates, SuggestList, export};
use crate::components::{BulkStop, Filter, Listing, Notices, RescheduleNotice, ShortcutSheet, SignIn, SignInAgain, Ui};
use crate::config::ConfigProblem;
use crate::dom::{IntoNode, Node, view};
use crate::pages::{self, DiagnosticsPage, FatalPage, NewPage, RunPage};
use crate::reactive::{Memo, RwSignal, Signal};
use crate::route::View;
use crate::session::{Refused, Session, SessionState, SignedOut};
use crate::shortcuts;
use crate::store::Store;
use leptos::prelude::Callback;
use runboard_core::draft::Draft;
use runboard_core::job::{self, JobFacts};
use runboard_core::policy::{bulk, scheduling, stopping};
use runboard_core::query::{self, Context, Sort, Subject};
use runboard_core::run::{Run, RunId};
use runboard_core::time::{Span, Timestamp};

/// Every page but the list.
#[inline(never)]
pub fn page(view: View) -> Node {
    match view {
        View::New(address) => view! { <NewPage address=address /> }.into_node(),
        View::Run(id) => view! { <RunPage id=id /> }.into_node(),
        View::Diagnostics => view! { <DiagnosticsPage /> }.into_node(),
        View::Runs => ().into_node(),
    }
}

/// What stands in place of the page while signed out.
#[inline(never)]
pub fn sign_in(session: Session, why: SignedOut) -> Node {
    view! { <SignIn session=session why=why /> }
}

/// What stands above the page while a new token is needed.
#[inline(never)]
pub fn sign_in_again(session: Session, why: Refused) -> Node {
    view! { <SignInAgain session=session why=why /> }
}

/// Outcomes that are told wherever the person is.
#[inline(never)]
pub fn notices(console: Console) -> Node {
    let Console { actions, session, .. } = console;
    view! {
        <Notices
            creating=Signal::derive(move || actions.creating())
            dismiss_create=move |()| actions.dismiss_create()
            seen_news=move |()| actions.seen_news()
            switched=Signal::derive(move || session.switched())
            dismiss_switch=move |()| session.acknowledge_switch()
        />
    }
}

/// How the moving of a run goes.
#[inline(never)]
pub fn moving(console: Console) -> Node {
    let actions = console.actions;
    view! {
        <RescheduleNotice
            pair=Signal::derive(move || actions.rescheduling())
            on_decide=move |event| actions.decide(event)
            on_seen=move |()| actions.dismiss_rescheduling()
        />
    }
}

/// Follows the page that embeds the console, and tells it what happens here.
#[inline(never)]
pub fn converse(console: Console) {
    app::converse(console);
}

/// Takes up what this tab kept before a reload.
#[inline(never)]
pub fn take_up(actions: Actions, kept: Option<String>, draft: Option<String>) {
    actions.take_up(kept, draft);
}

/// Keeps what is typed.
#[inline(never)]
pub fn keep_draft(actions: Actions, draft: Draft) {
    actions.keep_draft_now(draft);
}

/// Scheduling goes on.
#[inline(never)]
pub fn create(actions: Actions, event: scheduling::Event) {
    actions.step_create(event);
}

/// Runs were read that scheduling may wait for.
#[inline(never)]
pub fn listed(actions: Actions, runs: &[Run]) {
    actions.look_through(runs);
}

/// Stopping goes on.
#[inline(never)]
pub fn stops(actions: Actions, event: &stopping::Event) {
    actions.step_stops(event);
}

/// Another tab said something.
#[inline(never)]
pub fn hear(actions: Actions, text: &str) {
    actions.hear(text);
}

/// Gives the runs that are listed to the browser as a file.
#[inline(never)]
pub fn export(ui: Ui, store: Store, listing: Memo<Listing>, csv: bool) {
    export::save(ui, store, listing, csv);
}

/// Understands a query.
#[inline(never)]
pub fn filter(q: &str, context: Context<'_>) -> Filter {
    Filter::read(q, context)
}

/// What a query asks for under a key.
#[inline(never)]
pub fn chosen(q: &str, key: &str) -> Vec<String> {
    query::chosen(q, key)
}

/// The query with other values under a key.
#[inline(never)]
pub fn choose(q: &str, key: &str, values: &[String]) -> String {
    query::choose(q, key, values)
}

/// What of the query was not understood, or what its times stand for.
#[inline(never)]
pub fn meant(listing: Memo<Listing>, q: Signal<String>, faults: bool) -> Node {
    run_list::meant(listing, q, faults)
}

/// Examples of queries.
#[inline(never)]
pub fn how_to_search() -> Node {
    run_list::how_to_search()
}

/// The page in place of a console that cannot start.
#[inline(never)]
pub fn fatal(problem: ConfigProblem) -> Node {
    view! { <FatalPage problem=problem /> }
}

/// A token is fetched from where the configuration says.
#[inline(never)]
pub fn fetch_token(session: Session) {
    session.fetch_token_now();
}

/// Puts places into the order of a column of texts.
#[inline(never)]
pub fn sort<'a>(sort: Sort, subjects: &mut dyn Iterator<Item = Subject<'a>>, places: &mut [usize]) {
    query::sort_all(sort, subjects, places);
}

/// The sign-in ends soon.
#[inline(never)]
pub fn ends_soon(session: Session, left: Memo<Option<Span>>) -> Node {
    ends_soon::notice(session, left)
}

/// Stopping several runs goes on.
#[inline(never)]
pub fn bulk(actions: Actions, event: bulk::Event) {
    actions.step_bulk(event);
}

/// The question whether to stop several runs, and what became of it.
#[inline(never)]
pub fn stopping_many(console: Console) -> Node {
    let Console { actions, session, .. } = console;
    view! {
        <BulkStop
            bulk=Signal::derive(move || actions.bulk())
            signed_in=Signal::derive(move || session.state() == SessionState::SignedIn)
            on_event=move |event| actions.on_bulk(event)
        />
    }
}

/// The sheet of keys.
#[inline(never)]
pub fn sheet(open: RwSignal<bool>) -> Node {
    view! { <ShortcutSheet open=open /> }
}

/// What could be typed next into the query field.
#[inline(never)]
pub fn suggest(offer: Offer) {
    offer.look_soon();
}

/// The jobs of all runs with how many each has, most frequent first.
#[inline(never)]
pub fn jobs(store: Store) -> Vec<(String, usize)> {
    Listing::jobs_counted(store)
}

/// A key in the query field.
#[inline(never)]
pub fn key_in_search(offer: Offer, event: &web_sys::Event) {
    offer.key(event);
}

/// The list of what could be typed next.
#[inline(never)]
pub fn suggestions(offer: Offer) -> Node {
    view! { <SuggestList offer=offer /> }
}

/// The form that saves a view.
#[inline(never)]
pub fn save_view(q: Signal<String>, sort: Signal<Sort>) -> Node {
    run_list::save_view(q, sort)
}

/// The choice of columns.
#[inline(never)]
pub fn column_choice() -> Node {
    run_list::column_choice()
}

/// What can be done with the selected runs.
#[inline(never)]
pub fn selected(count: Memo<usize>, hidden: Memo<usize>, on_stop: Callback<Vec<RunId>>) -> Node {
    run_list::chosen(count, hidden, on_stop)
}

/// What is known of the job, if the query asks for exactly one.
#[inline(never)]
pub fn job(store: Store, q: &str, now: Timestamp) -> Option<JobFacts> {
    let job = query::only_job(q)?;
    store.with_all(|runs| job::facts(runs, &job, now))
}

/// What a job's last runs came to is read.
#[inline(never)]
pub fn read_rates(console: Console, job: Memo<Option<JobFacts>>, rates: RwSignal<Rates>) {
    pages::read_rates(console, job, rates);
}

/// What is known of a job.
#[inline(never)]
pub fn job_card(job: Signal<Option<JobFacts>>, rates: Signal<Rates>) -> Node {
    view! { <JobCard job=job rates=rates /> }
}

/// A key was pressed; whether that was a command.
#[inline(never)]
pub fn key(console: Console, sheet: RwSignal<bool>, event: &web_sys::Event) -> bool {
    shortcuts::press(console, sheet, event)
}
