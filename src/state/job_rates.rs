//! The summaries of a job's latest finished runs.

use crate::api::Api;
use crate::state::session::Session;
use futures_util::future::{AbortHandle, Abortable};
use leptos::prelude::*;
use leptos::task::spawn_local;
use runboard_core::problem::{Problem, ProblemKind};
use runboard_core::run::RunId;
use runboard_core::summary::Summary;

/// The summaries of runs, or why they could not be read.
pub type Rates = Vec<(RunId, Result<Summary, Problem>)>;

/// Reads the summaries that are missing or could not be read, one after the other, whenever it is told of the latest runs. Aborts its
/// reads then, and when the page is left.
pub(crate) fn read(api: &'static Api, session: &'static Session, latest: Signal<Vec<RunId>>, rates: RwSignal<Rates>) {
    let in_flight = StoredValue::new(None::<AbortHandle>);
    let abort = move || {
        if let Some(handle) = in_flight.try_update_value(Option::take).flatten() {
            handle.abort();
        }
    };
    Effect::new(move |_| {
        // A new token may be allowed what the last one was refused.
        session.token_number();
        let wanted = latest.get();
        abort();
        let missing: Vec<RunId> = untrack(|| {
            let known = |id: &RunId| {
                rates.with_untracked(|rates| rates.iter().any(|(other, known)| other == id && known.is_ok()))
            };
            wanted.into_iter().filter(|id| !known(id)).collect()
        });
        if missing.is_empty() {
            return;
        }
        let (handle, registration) = AbortHandle::new_pair();
        in_flight.set_value(Some(handle));
        let reads = Abortable::new(
            async move {
                for id in missing {
                    let outcome = api.read_summary(&id).await;
                    let is_final = |kind: &ProblemKind| {
                        matches!(kind, ProblemKind::Unauthorised { .. } | ProblemKind::NoToken | ProblemKind::Aborted)
                    };
                    if outcome.as_ref().is_err_and(|problem| is_final(&problem.kind)) {
                        return;
                    }
                    rates.try_update(|rates| {
                        rates.retain(|(other, _)| *other != id);
                        rates.push((id, outcome));
                    });
                }
            },
            registration,
        );
        spawn_local(async move {
            let _ = reads.await;
        });
    });
    on_cleanup(abort);
}
