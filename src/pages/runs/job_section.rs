//! The card about the only job that the list shows.

use super::VERY_MANY;
use crate::browser::viewport;
use crate::components::JobCard;
use crate::context::AppContext;
use crate::lazy::lazy;
use crate::state::job_rates::{self, Rates};
use leptos::prelude::*;
use runboard_core::job;
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
        let latest = Memo::new(move |_| {
            let ids = |job: &job::JobFacts| job.last.iter().map(|run| run.id.clone()).collect::<Vec<RunId>>();
            job.with(|job| job.as_ref().map(ids).unwrap_or_default())
        });
        job_rates::read(app.api, app.session, latest.into(), rates);
        view! { <JobCard job=job rates=rates /> }.into_any()
    }
}
