//! One run: polls the run and its summary independently, and lays out [`RunDetail`] and [`SummaryCard`].

mod neighbours;

use crate::api::RunAnswer;
use crate::components::shared::LazyView;
use crate::components::{Heading, ProblemNotice, RunActivity, RunDetail, StaleNote, SummaryCard};
use crate::context::{AppContext, use_app};
use crate::lazy::lazy;
use crate::state::poller::{Feed, PolledFeed, WatchedRun};
use crate::state::remote_data::RemoteData;
use crate::text::{problem as problem_words, run as words, shell};
use leptos::prelude::*;
use runboard_core::activity::Filter;
use runboard_core::phase::Phase;
use runboard_core::problem::{Problem, ProblemKind};
use runboard_core::run::{Run, RunId};
use runboard_core::summary::Summary;
use runboard_core::summary_history::SummaryHistory;
use runboard_core::time::Timestamp;
use std::sync::Arc;

/// The page of one run.
#[component]
pub fn RunPage(id: RunId) -> impl IntoView {
    let app = use_app();
    let AppContext { ui, api, store, poller, .. } = app;
    let actions = app.actions.get_or_start();
    let id = StoredValue::new(id);
    let record = app.activity.get_or_start();
    let recorded = Memo::new(move |_| {
        let filter = Filter { run: Some(id.get_value()), ..Filter::default() };
        record.with_record(|record| filter.apply(record, &|_| None))
    });
    let answer = RwSignal::new(RemoteData::<Arc<str>>::default());
    let summary = RwSignal::new(RemoteData::<Summary>::default());
    let samples = RwSignal::new(SummaryHistory::default());
    // The run as the list has it is shown until the run itself has been read.
    let run = Memo::new(move |_| id.with_value(|id| store.get(id)));
    let phase = Memo::new(move |_| {
        let now = ui.clock.tick();
        run.with(|run| run.as_ref().map_or(Phase::Unknown, |run| Phase::of(run, now)))
    });
    let watch = Memo::new(move |_| run.with(|run| run.as_ref().map(|run| WatchedRun::of(run))).unwrap_or_default());

    let run_feed = poller.poll(Feed::Run, watch.get_untracked(), move || async move {
        let epoch = actions.stop.epoch(&id.get_value());
        let outcome = api.read_run(&id.get_value()).await;
        on_run_read(app, id, answer, outcome, epoch).map(|()| 1)
    });
    let summary_feed = poller.poll(Feed::Summary, watch.get_untracked(), move || async move {
        let outcome = api.read_summary(&id.get_value()).await;
        let now = ui.clock.now();
        if let Ok(value) = &outcome {
            if let Some(run) = id.try_get_value().and_then(|id| store.get_untracked(&id)) {
                record.take_in_summary(&run, value);
            }
            samples.try_update(|samples| samples.record(now, value));
        }
        summary.try_update(|summary| match &outcome {
            Ok(value) => summary.succeed(value.clone(), now),
            Err(problem) if needs_sign_in(problem) => {}
            Err(problem) => summary.fail(problem.clone()),
        });
        outcome.map(|_| 1)
    });
    Effect::watch(
        move || watch.get(),
        move |watch, _, _| {
            run_feed.update_watched_run(*watch);
            summary_feed.update_watched_run(*watch);
        },
        false,
    );
    // When the run's status changes, its counts may have changed as well.
    let status = Memo::new(move |_| run.with(|run| run.as_ref().and_then(|run| run.status.clone())));
    Effect::watch(
        move || status.get(),
        move |_, before, _| {
            if before.is_some_and(Option::is_some) {
                summary_feed.refresh();
            }
        },
        false,
    );
    let retry = move || {
        run_feed.refresh();
        summary_feed.refresh();
    };

    let known = Memo::new(move |_| run.with(Option::is_some));
    // A memo, because the answer is set with every response, and only a change may rebuild the page.
    let missing = Memo::new(move |_| answer.with(|answer| answer.problem().cloned()).filter(|_| !known.get()));
    (move || {
        if let Some(problem) = missing.get() {
            return view! { <Missing id=id.get_value() problem=problem retry=move |()| retry() /> }.into_any();
        }
        if !known.get() {
            return view! {
                <Heading text=words::TITLE.to_owned() />
                <p class="waiting" role="status">{shell::LOADING}</p>
            }
            .into_any();
        }
        // The run is unknown between its removal from the store and the page that says so.
        let shown = Signal::derive(move || run.get().unwrap_or_else(|| Arc::new(Run::new(id.get_value()))));
        let stale = Memo::new(move |_| answer.with(|answer| answer.problem().is_some()));
        let summary_stale =
            Memo::new(move |_| summary.with(|summary| summary.value().is_some() && summary.problem().is_some()));
        let failures = Memo::new(move |_| answer.with(failures_of));
        let summary_failures = Memo::new(move |_| summary.with(failures_of));
        let notes = move || stale_note(failures.get(), run_feed, ui.clock.now());
        let summary_notes = move || summary_note(summary_failures.get(), summary_feed);
        request_animation_frame(move || ui.navigation.restore_scroll(true));
        view! {
            <RunDetail
                run=shown
                raw=Signal::derive(move || answer.with(|answer| answer.value().map(ToString::to_string)).unwrap_or_default())
                curl=api.curl(&id.get_value())
                stop_state=Signal::derive(move || actions.stop.state(&id.get_value()))
                stale=stale
                summary=Signal::derive(move || summary.with(|summary| summary.value().cloned()))
                on_open_dialog=move |()| {
                    if let Some(run) = run.get_untracked() {
                        actions.stop.open_dialog(&run, summary.with_untracked(|summary| summary.value().cloned()));
                    }
                }
                on_keep_running=move |()| actions.stop.keep_running(id.get_value())
                on_confirm_stop=move |()| actions.stop.confirm(id.get_value())
                on_dismiss=move |()| actions.stop.dismiss(id.get_value())
                notes=Box::new(move || notes.into_any())
            >
                <SummaryCard
                    summary=Signal::derive(move || summary.with(|summary| summary.value().cloned()))
                    history=samples
                    failed=Signal::derive(move || summary.with(|summary| summary.problem().is_some()))
                    as_of=Signal::derive(move || summary.with(RemoteData::as_of))
                    live=Signal::derive(move || phase.get() == Phase::Open && !poller.is_paused())
                    stale=summary_stale
                >
                    {summary_notes}
                </SummaryCard>
                <LazyView load=move || neighbours::neighbours(app, id.get_value()) />
            </RunDetail>
            // Last, because it comes when something is first recorded: nothing moves for it.
            <RunActivity id=id.get_value() entries=recorded />
        }
        .into_any()
    })
    .into_any()
}

/// Handles a response for the run: puts the run into the store, so that the list has it too, and its text into the raw view.
fn on_run_read(
    app: AppContext,
    id: StoredValue<RunId>,
    answer: RwSignal<RemoteData<Arc<str>>>,
    outcome: Result<RunAnswer, Problem>,
    epoch: u32,
) -> Result<(), Problem> {
    let AppContext { ui, store, .. } = app;
    let actions = app.actions.get_or_start();
    let now = ui.clock.now();
    match outcome {
        Ok(read) => {
            answer.try_update(|answer| answer.succeed(Arc::from(read.raw), now));
            actions.stop.observe(&read.run, epoch);
            store.put(read.run);
            Ok(())
        }
        Err(problem) => {
            if problem.kind == ProblemKind::NotFound
                && let Some(id) = id.try_get_value()
            {
                store.remove(&id);
            }
            if !needs_sign_in(&problem) && problem.kind != ProblemKind::Aborted {
                answer.try_update(|answer| answer.fail(problem.clone()));
            }
            Err(problem)
        }
    }
}

fn needs_sign_in(problem: &Problem) -> bool {
    matches!(problem.kind, ProblemKind::Unauthorised { .. } | ProblemKind::NoToken)
}

/// Why the last read failed, when the last good value was read, and the number of failures since.
type Failures = Option<(Problem, Option<Timestamp>, u32)>;

fn failures_of<T: Clone>(data: &RemoteData<T>) -> Failures {
    data.problem().map(|problem| (problem.clone(), data.as_of(), data.failures()))
}

fn stale_note(failures: Failures, polled: PolledFeed, now: Timestamp) -> Option<AnyView> {
    failures.map(|(problem, as_of, failures)| {
        view! {
            <StaleNote
                as_of=as_of.unwrap_or(now)
                problem=problem
                failures=failures
                next_in=Signal::derive(move || polled.next_in())
                on_retry=move |()| polled.refresh()
            />
        }
        .into_any()
    })
}

fn summary_note(failures: Failures, polled: PolledFeed) -> Option<AnyView> {
    let (problem, as_of, failures) = failures?;
    if as_of.is_some() {
        return stale_note(Some((problem, as_of, failures)), polled, Timestamp::from_millis(0));
    }
    Some(
        view! {
            <ProblemNotice title=problem_words::SUMMARY_NOT_LOADED problem=problem>
                <button type="button" class="button" on:click=move |_| polled.refresh()>{shell::TRY_AGAIN}</button>
            </ProblemNotice>
        }
        .into_any(),
    )
}

/// The run does not exist, or could not be read.
#[component]
fn Missing(id: RunId, problem: Problem, #[prop(into)] retry: Callback<()>) -> impl IntoView {
    let navigation = use_app().ui.navigation;
    let to_list =
        move || view! { <a class="button" href=move || navigation.last_list().href()>{words::GO_TO_LIST}</a> };
    let again = move || view! { <button type="button" class="button" on:click=move |_| retry.run(())>{shell::TRY_AGAIN}</button> };
    if problem.kind == ProblemKind::NotFound {
        view! {
            <div class="card missing-run">
                <Heading text=words::NOT_FOUND.to_owned() />
                <p>{words::NOT_FOUND_HINT}</p>
                <p class="id"><bdi>{id.as_str().to_owned()}</bdi></p>
                <div class="actions">{to_list()} {again()}</div>
            </div>
        }
        .into_any()
    } else {
        view! {
            <Heading text=words::TITLE.to_owned() />
            <ProblemNotice title=problem_words::RUN_NOT_LOADED problem=problem>{again()} {to_list()}</ProblemNotice>
        }
        .into_any()
    }
}

lazy! {
    /// Loads [`RunPage`].
    pub fn run_page(id: RunId) -> AnyView {
        view! { <RunPage id=id /> }.into_any()
    }
}
