//! The menu "Notify me" of a run.

use super::bell_toggle::BellTick;
use super::settings::NotifySettings;
use crate::components::shared::{IconName, MenuButton};
use crate::context::use_ui;
use crate::lazy::lazy;
use crate::text::notify as words;
use leptos::prelude::*;
use runboard_core::activity::{Bell, Bells, Subject};
use runboard_core::run::Run;
use std::sync::Arc;

/// The button and its menu: a bell on the run, or on all runs of its job.
#[component]
pub(crate) fn NotifyMenu(
    /// The run
    run: Signal<Arc<Run>>,
) -> impl IntoView {
    let ui = use_ui();
    let bells = ui.bells;
    let is_done = Memo::new(move |_| {
        let now = ui.clock.tick();
        run.with(|run| Bells::is_done(run, now))
    });
    let choices = Memo::new(move |_| run.with(|run| choices(run, is_done.get())));
    let is_shown = Memo::new(move |_| choices.with(|choices| !choices.is_empty()));
    let is_on =
        Memo::new(move |_| choices.with(|all| bells.with(|bells| all.iter().any(|bell| bells.has(&bell.subject)))));
    let label = Signal::derive(move || if is_on.get() { words::NOTIFYING } else { words::NOTIFY }.to_owned());
    let icon = Signal::derive(move || if is_on.get() { IconName::BellOn } else { IconName::Bell });
    move || {
        is_shown
            .get()
            .then(|| view! { <MenuButton id="notify-menu" icon=icon label=label load=move |_| content(choices) /> })
    }
}

/// The bells that can be set on a run's page: none on a run that nothing happens to any more.
fn choices(run: &Run, is_done: bool) -> Vec<Bell> {
    let of_run = (!is_done).then(|| Bell { subject: Subject::Run(run.id.clone()), name: Arc::clone(&run.name) });
    let of_job = run.job_id.clone().map(|job| Bell { subject: Subject::Job(job), name: Arc::default() });
    of_run.into_iter().chain(of_job).collect()
}

lazy! {
    fn content(choices: Memo<Vec<Bell>>) -> AnyView {
        let config = use_ui().config;
        let note = RwSignal::new(None::<&'static str>);
        let label = move |bell: &Bell| match &bell.subject {
            Subject::Job(job) => words::of_job(&config.job_label(job).unwrap_or_else(|| job.as_str().to_owned())),
            _ => words::OF_RUN.to_owned(),
        };
        let tick = move |bell: &Bell| view! { <BellTick bell=bell.clone() label=label(bell) on_note=move |text| note.set(text) /> };
        view! {
            <div class="menu-settings">
                <div class="ticks">{move || choices.with(|bells| bells.iter().map(tick).collect_view())}</div>
                <p class="hint">{words::WHEN}</p>
                <p class="hint">{words::ONLY_WHILE_OPEN}</p>
                <p role="status">{move || note.get()}</p>
            </div>
            <NotifySettings />
        }
        .into_any()
    }
}
