//! The card about a job, and the reads for it: the summaries of its latest finished runs, one after the other, for as long as the
//! page shows that job.

use super::VERY_MANY;
use crate::browser::viewport;
use crate::components::{JobCard, Rates};
use crate::context::AppContext;
use crate::lazy::lazy;
use futures_util::future::{AbortHandle, Abortable};
use leptos::prelude::*;
use leptos::task::spawn_local;
use runboard_core::job::{self, JobFacts};
use runboard_core::problem::ProblemKind;
use runboard_core::query::only_job;
use runboard_core::run::RunId;
use runboard_core::time::Timestamp;

lazy! {
    /// What is shown about the only job that the query `q` asks for, as of `listed_at`.
    pub(super) fn job_section(app: AppContext, q: Signal<String>, listed_at: RwSignal<Timestamp>) -> AnyView {
        let store = app.store;
        // The facts about a job need a look at all runs. With very many, that waits until the list has answered the keystroke.
        let job_query = RwSignal::new(q.get_untracked());
        Effect::new(move |_| {
            let q = q.get();
            if store.len_untracked() < VERY_MANY {
                job_query.set(q);
            } else {
                viewport::after_paint(move || {
                    job_query.try_set(q);
                });
            }
        });
        let facts = Memo::new(move |_| {
            let job = job_query.with(|q| only_job(q))?;
            let now = listed_at.get();
            store.with_all(|runs| job::job_facts(runs, &job, now))
        });
        // While the two queries differ, the facts may be about another job than the listed one.
        let job = Memo::new(move |_| {
            let is_current = job_query.with(|job_query| q.with(|q| q == job_query));
            is_current.then(|| facts.get()).flatten()
        });
        let rates = RwSignal::new(Rates::new());
        read(app, job, rates);
        view! { <JobCard job=job rates=rates /> }.into_any()
    }
}

/// Reads the summaries that are missing whenever the job's latest runs change. Aborts its reads then, and when the page is left.
fn read(app: AppContext, job: Memo<Option<JobFacts>>, rates: RwSignal<Rates>) {
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
                    let outcome = api.read_summary(&id).await;
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
