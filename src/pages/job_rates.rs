//! The summaries of a job's last runs, read one after the other for as long as the page shows that job.

use crate::components::Rates;
use crate::context::AppContext;
use futures_util::future::{AbortHandle, Abortable};
use leptos::prelude::*;
use leptos::task::spawn_local;
use runboard_core::job::JobFacts;
use runboard_core::problem::ProblemKind;
use runboard_core::run::RunId;

/// Reads what is not read yet whenever other runs are the last ones; gives up what is under way then, and when the page goes.
pub fn read(app: AppContext, job: Memo<Option<JobFacts>>, rates: RwSignal<Rates>) {
    let AppContext { api, session, .. } = app;
    let under_way = StoredValue::new(None::<AbortHandle>);
    let last = Memo::new(move |_| {
        let ids = |job: &JobFacts| job.last.iter().map(|run| run.id.clone()).collect::<Vec<RunId>>();
        job.with(|job| job.as_ref().map(ids).unwrap_or_default())
    });
    let give_up = move || {
        if let Some(handle) = under_way.try_update_value(Option::take).flatten() {
            handle.abort();
        }
    };
    Effect::new(move |_| {
        // With a new token, what was refused is read.
        session.epoch();
        let wanted = last.get();
        give_up();
        let missing: Vec<RunId> = untrack(|| {
            let known = |id: &RunId| rates.with_untracked(|rates| rates.iter().any(|(of, _)| of == id));
            wanted.into_iter().filter(|id| !known(id)).collect()
        });
        if missing.is_empty() {
            return;
        }
        let (handle, registration) = AbortHandle::new_pair();
        under_way.set_value(Some(handle));
        let reading = Abortable::new(
            async move {
                for id in missing {
                    let read = api.summary(&id).await;
                    let ends = |kind: &ProblemKind| {
                        matches!(kind, ProblemKind::Unauthorised { .. } | ProblemKind::NoToken | ProblemKind::Aborted)
                    };
                    if read.as_ref().is_err_and(|problem| ends(&problem.kind)) {
                        return;
                    }
                    rates.try_update(|rates| rates.push((id, read)));
                }
            },
            registration,
        );
        spawn_local(async move {
            let _ = reading.await;
        });
    });
    on_cleanup(give_up);
}
