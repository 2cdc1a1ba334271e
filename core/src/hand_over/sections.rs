//! Which runs are in which section.

use super::{HandOver, words};
use crate::activity::{Action, Entry, Kind, Outcome, What};
use crate::phase::Disagreement;
use crate::run::{JobId, Run, RunId};
use crate::run_state::{RunState, has_not_started, needs_attention};
use crate::time::{Span, Timestamp};

/// A part of the text.
pub(super) struct Section<'a> {
    pub(super) heading: &'static str,
    pub(super) items: Vec<Item<'a>>,
}

/// A run in it.
pub(super) struct Item<'a> {
    pub(super) id: &'a RunId,
    pub(super) name: &'a str,
    pub(super) job: Option<&'a JobId>,
    /// What is said of it.
    pub(super) said: String,
    pub(super) start: Option<Timestamp>,
    pub(super) end: Option<Timestamp>,
}

/// How far it looks ahead, and back if nothing was handed over before.
const DAY: Span = Span::from_hours(24);
const DAY_AGO: Span = Span::from_hours(-24);

pub(super) fn of<'a>(from: &HandOver<'a>) -> [Section<'a>; 5] {
    let HandOver { runs, record, now, .. } = *from;
    let since = from.since.unwrap_or(now.plus(DAY_AGO));
    let state = |run: &Run| RunState::of(run, now);
    let pick = |wanted: &dyn Fn(&Run) -> bool, order: &dyn Fn(&Run) -> Option<Timestamp>| {
        let mut picked: Vec<&Run> = runs.iter().map(|run| &**run).filter(|run| wanted(run)).collect();
        // Runs without that time come last.
        picked.sort_by_cached_key(|run| (order(run).is_none(), order(run), run.id.clone()));
        picked
    };
    let items = |runs: Vec<&'a Run>, said: &dyn Fn(&Run) -> String| {
        runs.into_iter().map(|run| Item::of(run, said(run))).collect::<Vec<Item<'a>>>()
    };
    let word = |run: &Run| String::from(state(run).word());
    let end = |run: &Run| run.end_at;

    let running = pick(&|run| matches!(state(run), RunState::Running | RunState::Open), &end);
    let is_next = |run: &Run| has_not_started(run, now) && run.start_at.is_some_and(|start| start.since(now) <= DAY);
    let next = pick(&is_next, &|run| run.start_at);
    let ended_at = |run: &Run| ended_at(run, state(run), from);
    let ended = pick(&|run| ended_at(run).is_some_and(|at| since < at && at <= now), &ended_at);
    let attention = pick(&|run| needs_attention(run, now), &|run| run.start_at);
    let why = |run: &Run| String::from(words::attention(state(run), Disagreement::of(run, now)));
    let stopped = record.entries().filter(|entry| entry.noticed.api > since && is_stop(entry));
    let stopped = stopped.filter_map(|entry| stopped_item(entry, from)).collect();
    let heading = if from.since.is_some() { words::ENDED } else { words::ENDED_TODAY };
    [
        Section { heading: words::RUNNING, items: items(running, &word) },
        Section { heading: words::NEXT, items: items(next, &word) },
        Section { heading, items: items(ended, &word) },
        Section { heading: words::ATTENTION, items: items(attention, &why) },
        Section { heading: words::STOPPED, items: stopped },
    ]
}

impl<'a> Item<'a> {
    fn of(run: &'a Run, said: String) -> Self {
        let (start, end) = (run.start_at, run.end_at);
        Self { id: &run.id, name: &run.name, job: run.job_id.as_ref(), said, start, end }
    }
}

/// When a run ended as far as is known: as it was recorded, or else with its window, or when it last changed.
fn ended_at(run: &Run, state: RunState, from: &HandOver<'_>) -> Option<Timestamp> {
    let kind = match state {
        RunState::Completed => Kind::Completed,
        RunState::Ended => Kind::Ended,
        RunState::Failed => Kind::Failed,
        RunState::Stopped => Kind::Stopped,
        RunState::Scheduled | RunState::Running | RunState::Open | RunState::Unknown => return None,
    };
    let recorded = from.record.of_run(&run.id).into_iter().rev().find(|entry| Kind::of(entry) == kind);
    let recorded = recorded.map(|entry| entry.happened());
    let window_end = run.window().map(|window| window.end).filter(|end| *end <= from.now);
    recorded.or(if state == RunState::Stopped { run.updated_at.or(window_end) } else { window_end.or(run.updated_at) })
}

/// Whether something was asked to stop here, and may have been.
fn is_stop(entry: &Entry) -> bool {
    match &entry.what {
        What::Done(done) => {
            done.action == Action::Stop && !matches!(done.outcome, Outcome::Refused | Outcome::NotNeeded)
        }
        What::Seen(_) => false,
    }
}

fn stopped_item<'a>(entry: &'a Entry, from: &HandOver<'a>) -> Option<Item<'a>> {
    let What::Done(done) = &entry.what else { return None };
    let id = entry.run.as_ref()?;
    let at = from.in_zones(&|zone| from.readable(entry.noticed.api, zone));
    let said = words::stop(done.outcome, &at);
    let run = from.runs.iter().find(|run| run.id == *id);
    let (start, end) = run.map_or((None, None), |run| (run.start_at, run.end_at));
    Some(Item { id, name: &entry.name, job: entry.job.as_ref(), said, start, end })
}
