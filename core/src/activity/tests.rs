mod bells;
mod echoes;
mod known_runs;
mod record;
mod several_tabs;

use super::*;
use crate::phase::Disagreement;
use crate::run::{JobId, Run, RunId, Status};
use crate::run_state::RunState;
use crate::time::{Span, Timestamp};
use std::sync::Arc;

const NOW: Timestamp = Timestamp::from_millis(1_772_000_000_000);

fn after(seconds: i64) -> Timestamp {
    NOW.plus(Span::from_seconds(seconds))
}

/// This computer's clock is ten minutes slow.
fn moment(seconds: i64) -> Moment {
    Moment { here: after(seconds - 600), api: after(seconds) }
}

fn read_at(seconds: i64) -> ReadTime {
    ReadTime { sent: moment(seconds - 1), received: moment(seconds) }
}

/// A run with a window between these seconds.
fn run(id: &str, status: &str, window: [i64; 2]) -> Run {
    Run {
        name: Arc::from("Sale"),
        job_id: Some(JobId::new("12")),
        status: Some(Status::new(status)),
        start_at: Some(after(window[0])),
        end_at: Some(after(window[1])),
        created_at: Some(after(-86_400)),
        ..Run::new(RunId::new(id))
    }
}

fn entry(id: &str, transition: Transition, known: HowKnown, noticed: i64) -> Entry {
    let run = run(id, "scheduled", [0, 60]);
    let distinct = match known {
        HowKnown::At(at) => Some(at),
        _ => None,
    };
    Entry::seen(&run, transition, moment(noticed), known, distinct)
}

fn between(from: i64) -> HowKnown {
    HowKnown::Between { after: Some(moment(from)) }
}

fn transition(entry: &Entry) -> Transition {
    match &entry.what {
        What::Seen(transition) => *transition,
        What::Done(_) => panic!("{entry:?}"),
    }
}

fn done(action: Action, outcome: Outcome) -> Done {
    Done { outcome, ..Done::requested(action) }
}
