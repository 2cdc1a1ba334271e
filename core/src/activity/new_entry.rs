//! New entries and their keys, which follow from what was read or asked for, so that every tab finds the same ones.

use super::entry::{Alert, Done, Entry, HowKnown, Moment, Transition, What, disagreement_word};
use super::kind::Kind;
use crate::run::Run;
use crate::time::Timestamp;
use std::sync::Arc;

impl Entry {
    /// What was seen of a run. `distinct` tells apart the times at which the same happens to the same run.
    pub(super) fn seen(
        run: &Run,
        transition: Transition,
        noticed: Moment,
        known: HowKnown,
        distinct: Option<Timestamp>,
    ) -> Self {
        let distinct = distinct.map(|at| at.millis().to_string()).unwrap_or_default();
        let key = [key_word(transition), ":", run.id.as_str(), ":", &distinct].concat().into();
        let (id, name, job) = (Some(run.id.clone()), Arc::clone(&run.name), run.job_id.clone());
        Self { key, what: What::Seen(transition), run: id, name, job, noticed, known, alert: Alert::None }
    }

    /// What was done in this browser. `id` identifies the request across tabs and reloads, such as the key of a create or the
    /// time at which a stop was asked for; `run` is `None` for several.
    pub fn done(done: Done, id: &str, run: Option<&Run>, at: Moment) -> Self {
        let run_id = run.map(|run| run.id.as_str()).unwrap_or_default();
        let key = [Kind::of_action(done.action).word(), ":", run_id, ":", id].concat().into();
        Self {
            key,
            what: What::Done(done),
            run: run.map(|run| run.id.clone()),
            name: run.map(|run| Arc::clone(&run.name)).unwrap_or_default(),
            job: run.and_then(|run| run.job_id.clone()),
            noticed: at,
            known: HowKnown::DoneHere,
            alert: Alert::None,
        }
    }
}

fn key_word(transition: Transition) -> &'static str {
    match transition {
        Transition::Contradiction(disagreement) => disagreement_word(disagreement),
        Transition::Reverted(state) => state.word(),
        _ => Kind::of_transition(transition).word(),
    }
}
