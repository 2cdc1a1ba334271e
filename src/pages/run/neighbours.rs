//! The run among the others: its window on a strip, and the success rates of its job's last runs. Nothing is read for either
//! before the person asks for it.

use crate::api::list_requests;
use crate::components::LastRuns;
use crate::components::shared::WindowStrip;
use crate::context::AppContext;
use crate::lazy::lazy;
use crate::state::job_rates::{self, Rates};
use crate::state::planning::surroundings;
use crate::text::planning as words;
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;
use runboard_core::job::job_facts_with_last;
use runboard_core::run::RunId;
use runboard_core::timeline::surroundings::whole_seconds;
use runboard_core::window::Window;

const LAST: usize = 10;

#[derive(Clone, Copy, PartialEq)]
enum Others {
    Unknown,
    Loading,
    Known,
    Partial,
}

lazy! {
    /// The card about the runs around a run.
    pub(super) fn neighbours(app: AppContext, id: RunId) -> AnyView {
        let AppContext { ui, api, session, store, .. } = app;
        let others = RwSignal::new(if store.complete_as_of().is_some() { Others::Known } else { Others::Unknown });
        let own = id.clone();
        let run = Memo::new(move |_| store.track(&own));
        let window: Signal<Option<Window>> =
            Memo::new(move |_| run.with(|run| run.as_ref().and_then(|run| run.window()).map(whole_seconds))).into();
        let job = Memo::new(move |_| {
            run.with(|run| run.as_ref().and_then(|run| run.job_id.as_ref().map(|job| job.as_str().to_owned())))
        });
        let around = surroundings(store, job.into(), Some(id));
        let is_open = RwSignal::new(false);
        let last = Memo::new(move |_| {
            let job = job.get().filter(|_| is_open.get())?;
            let now = ui.clock.now();
            store.with_all(|runs| job_facts_with_last(runs, &job, now, LAST))
        });
        let last = Signal::derive(move || last.with(|job| job.as_ref().map(|job| job.last.clone()).unwrap_or_default()));
        let latest = Memo::new(move |_| last.with(|last| last.iter().map(|run| run.id.clone()).collect::<Vec<_>>()));
        let rates = RwSignal::new(Rates::new());
        job_rates::read(api, session, latest.into(), rates);
        // The effect of a click has no owner: the read would outlive the page.
        let owner = Owner::current().unwrap_or_default();
        let load = move |_| {
            others.set(Others::Loading);
            let started_at = ui.clock.now();
            owner.with(|| {
                spawn_local_scoped_with_cancellation(async move {
                    let outcome = list_requests::read_all(api, |page| store.merge_page(page.runs, true)).await;
                    store.publish_changes();
                    if outcome == Ok(true) {
                        store.set_complete_as_of(started_at);
                    }
                    others.try_set(if outcome == Ok(true) { Others::Known } else { Others::Partial });
                });
            });
        };
        let button = move || {
            let load = load.clone();
            view! { <button type="button" class="button" on:click=load>{words::LOAD_OTHERS}</button> }
        };
        let note = move || match others.get() {
            Others::Known => ().into_any(),
            Others::Loading => view! { <p class="hint" role="status">{words::SLOTS_LOADING}</p> }.into_any(),
            Others::Unknown => view! { <p class="hint">{words::OTHERS_UNKNOWN}</p> {button()} }.into_any(),
            Others::Partial => view! { <p class="hint">{words::OTHERS_PARTIAL}</p> {button()} }.into_any(),
        };
        let shows = Memo::new(move |_| !matches!(others.get(), Others::Unknown | Others::Loading));
        view! {
            <section class="card neighbours" aria-labelledby="neighbours-title">
                <h2 id="neighbours-title">{words::NEIGHBOURS}</h2>
                {note}
                {move || shows.get().then(|| view! {
                    <WindowStrip window=window surroundings=around />
                    <details class="last-runs" on:toggle=move |_| is_open.set(true)>
                        <summary>{words::LAST_RUNS}</summary>
                        <LastRuns runs=last rates=rates />
                    </details>
                })}
            </section>
        }
        .into_any()
    }
}
