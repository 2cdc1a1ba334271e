//! Reads the summaries of a job's latest finished runs, one after the other, for as long as the page shows that job.

use crate::components::Rates;
use crate::context::AppContext;
use futures_util::future::{AbortHandle, Abortable};
use leptos::prelude::*;
use leptos::task::spawn_local;
use runboard_core::job::JobFacts;
use runboard_core::problem::ProblemKind;
use runboard_core::run::RunId;

/// Reads the summaries that are missing whenever the job's latest runs change. Aborts its reads then, and when the page is left.
pub(super) fn read(app: AppContext, job: Memo<Option<JobFacts>>, rates: RwSignal<Rates>) {
    let AppContext { api, session, .. } = app;
    let in_flight = StoredValue::new(None::<AbortHandle>);
    let latest = Memo::new(move |_| {
        let ids = |job: &JobFacts| job.last.iter().map(|run| run.id.clone()).collect::<Vec<RunId>>();
        job.with(|job| job.as_ref().map(ids).unwrap_or_default())
    });
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
            let known = |id: &RunId| rates.with_untracked(|rates| rates.iter().any(|(other, _)| other == id));
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
                    let outcome = api.summary(&id).await;
                    let is_final = |kind: &ProblemKind| {
                        matches!(kind, ProblemKind::Unauthorised { .. } | ProblemKind::NoToken | ProblemKind::Aborted)
                    };
                    if outcome.as_ref().is_err_and(|problem| is_final(&problem.kind)) {
                        return;
                    }
                    rates.try_update(|rates| rates.push((id, outcome)));
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
