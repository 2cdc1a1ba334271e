//! Every state of a create, reached by the same steps as in the application.

use super::at;
use runboard_core::draft::NewRun;
use runboard_core::policy::create::{CreateRequest, CreateState, Event, SEARCH_READS};
use runboard_core::policy::intent::Fingerprint;
use runboard_core::problem::Problem;
use runboard_core::run::{JobId, Run};
use runboard_core::time::{Span, Timestamp};
use serde_json::json;

/// The run to create.
pub(crate) fn asked() -> NewRun {
    NewRun {
        job_id: JobId::new("job-1"),
        name: "Spring sale".to_owned(),
        start_at: at("2026-05-03T09:00:00Z"),
        end_at: at("2026-05-03T17:00:00Z"),
    }
}

/// The milliseconds that the request carries.
pub(crate) fn fingerprint() -> Fingerprint {
    Fingerprint::new([0.5, 0.25])
}

/// When it was submitted.
fn asked_at() -> Timestamp {
    at("2026-05-02T14:05:10Z")
}

fn step(state: CreateState, event: Event, after: Span) -> CreateState {
    state.step(event, asked_at().plus(after)).0
}

fn ask(key: &str, run: NewRun) -> Box<CreateRequest> {
    Box::new(CreateRequest {
        run,
        key: key.to_owned(),
        fingerprint: fingerprint(),
        known: Vec::new(),
        tolerance: Span::from_seconds(5),
    })
}

pub(crate) fn sending(run: NewRun) -> CreateState {
    let state = step(CreateState::default(), Event::Submit(ask("first", run)), Span::default());
    step(state, Event::Saved(true), Span::default())
}

fn answered(run: NewRun, answer: Result<Run, Problem>) -> CreateState {
    step(sending(run), Event::Answered("first".to_owned(), answer.map(Box::new)), Span::default())
}

pub(crate) fn created(run: Run) -> CreateState {
    answered(asked(), Ok(run))
}

pub(crate) fn refused(problem: Problem) -> CreateState {
    answered(asked(), Err(problem))
}

pub(crate) fn refused_of(run: NewRun, problem: Problem) -> CreateState {
    answered(run, Err(problem))
}

/// The newest runs were read since, and the run is not among them.
pub(crate) fn checked(state: CreateState) -> CreateState {
    step(state, Event::NewestRead(Vec::new()), Span::from_seconds(1))
}

/// Created as `r-7`; something between here and the API repeated the request, and the list has `r-8`, too.
pub(crate) fn repeated() -> CreateState {
    step(created(made("r-7", true)), Event::NewestRead(vec![made("r-8", true)]), Span::from_seconds(1))
}

/// Without an answer: the list is searched for the run.
pub(crate) fn reading() -> CreateState {
    answered(asked(), Err(super::server_failed()))
}

/// The created run, with the milliseconds that were sent or without.
pub(crate) fn made(id: &str, exact: bool) -> Run {
    let whole = |at: Timestamp| Timestamp::from_millis(at.millis().div_euclid(1000) * 1000);
    let sent = fingerprint().apply_to(&asked());
    let times = [sent.start_at, sent.end_at].map(|at| if exact { at } else { whole(at) }.to_iso());
    let [start, end] = times;
    super::run(json!({ "id": id, "job_id": "job-1", "start_at": start, "end_at": end }))
}

/// The list has these runs.
pub(crate) fn found(runs: Vec<Run>) -> CreateState {
    step(reading(), Event::Read(runs, true), Span::from_seconds(1))
}

/// No read of the list found the run. `whole`: each of them was complete.
pub(crate) fn not_found(whole: bool) -> CreateState {
    (0..SEARCH_READS).fold(reading(), |state, reading| {
        let after = Span::from_seconds(10 * i64::from(reading));
        step(step(state, Event::Tick, after), Event::Read(Vec::new(), whole), after)
    })
}

/// The same, after the user has dismissed it.
pub(crate) fn dismissed() -> CreateState {
    step(not_found(true), Event::Dismiss, Span::from_seconds(50))
}

/// The run appeared later after all. `twice`: it had been sent again in the meantime.
pub(crate) fn late(twice: bool) -> CreateState {
    let mut state = dismissed();
    if twice {
        state = step(state, Event::SendAgain(ask("second", asked())), Span::from_seconds(60));
        state = step(state, Event::Saved(true), Span::from_seconds(60));
        let second = Event::Answered("second".to_owned(), Ok(Box::new(made("r-2", true))));
        state = step(state, second, Span::from_seconds(60));
    }
    step(state, Event::RunsSeen(vec![made("r-1", true)]), Span::from_seconds(70))
}

/// Another tab left a request for `run`, and nobody has checked it yet.
pub(crate) fn left_elsewhere(state: CreateState, run: NewRun) -> CreateState {
    let left = sending(run).unclear().cloned().collect();
    state.with_left_elsewhere(left)
}
