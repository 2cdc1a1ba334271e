//! The run among the others: its window on a strip, and the success rates of its job's last runs. Nothing is read for either
//! before the person asks for it.

use crate::components::LastRuns;
use crate::components::shared::WindowStrip;
use crate::context::AppContext;
use crate::lazy::lazy;
use crate::state::job_rates::{self, Rates};
use crate::state::known_runs::{self, KnownRuns};
use crate::state::planning::surroundings;
use crate::text::planning as words;
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;
use runboard_core::draft::warning::is_active;
use runboard_core::job::job_facts_with_last;
use runboard_core::run::RunId;
use runboard_core::timeline::surroundings::whole_seconds;
use runboard_core::window::Window;

const LAST: usize = 10;

lazy! {
    /// The card about the runs around a run.
    pub(super) fn neighbours(app: AppContext, id: RunId) -> AnyView {
        let AppContext { ui, api, session, store, .. } = app;
        // `None`: not asked for yet.
        let others = RwSignal::new(known_runs::are_current(store, ui.clock).then_some(KnownRuns::All));
        let (own, this_run) = (id.clone(), id.clone());
        let run = Memo::new(move |_| store.get(&own));
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
        // Tells of each fold that is opened, too: what could not be read is asked for again then.
        let latest = Signal::derive(move || {
            is_open.track();
            last.with(|last| last.iter().map(|run| run.id.clone()).collect::<Vec<_>>())
        });
        let rates = RwSignal::new(Rates::new());
        job_rates::read(api, session, latest, rates);
        // The effect of a click has no owner: the read would outlive the page.
        let owner = Owner::current().unwrap_or_default();
        let load = move |_| {
            others.set(Some(KnownRuns::Loading));
            owner.with(|| {
                spawn_local_scoped_with_cancellation(async move {
                    let read = known_runs::read_all(api, store, ui.clock).await;
                    others.try_set(Some(read));
                });
            });
        };
        let button = move || {
            let load = load.clone();
            view! { <button type="button" class="button" on:click=load>{words::LOAD_OTHERS}</button> }
        };
        let note = move || match others.get() {
            Some(KnownRuns::All) => ().into_any(),
            Some(KnownRuns::Loading) => view! { <p class="hint" role="status">{words::SLOTS_LOADING}</p> }.into_any(),
            None => view! { <p class="hint">{words::OTHERS_UNKNOWN}</p> {button()} }.into_any(),
            Some(KnownRuns::Partial(_)) => view! { <p class="hint">{words::OTHERS_PARTIAL}</p> {button()} }.into_any(),
        };
        let shows = Memo::new(move |_| matches!(others.get(), Some(KnownRuns::All | KnownRuns::Partial(_))));
        let known = Signal::derive(move || others.get().unwrap_or(KnownRuns::Loading));
        let without_job = Signal::derive(move || job.with(Option::is_none).then_some(words::WITHOUT_JOB));
        let has_no_window = Memo::new(move |_| run.with(Option::is_some) && window.get().is_none());
        let is_active = Memo::new(move |_| run.with(|run| run.as_ref().is_some_and(|run| is_active(run))));
        view! {
            <section class="card neighbours" aria-labelledby="neighbours-title">
                <div class="card-head">
                    <h2 id="neighbours-title">{words::NEIGHBOURS}</h2>
                    <span class="hint">{move || words::times_in(ui.settings.zone().name())}</span>
                </div>
                <div class="neighbours-note">{note}</div>
                {move || shows.get().then(|| view! {
                    <WindowStrip label=words::NEIGHBOURS window=window surroundings=around known_runs=known without_job=without_job is_active=is_active names_overlaps=true />
                    {move || has_no_window.get().then(|| view! { <p class="hint">{words::WITHOUT_WINDOW}</p> })}
                    <details class="last-runs" on:toggle=move |_| is_open.set(true)>
                        <summary>{words::LAST_RUNS}</summary>
                        <LastRuns runs=last rates=rates this_run=this_run.clone() />
                    </details>
                })}
            </section>
        }
        .into_any()
    }
}
