//! The menu "Notify me" of a run.

use super::bell_toggle::{BellTick, attention_bell};
use super::not_noticed::NotNoticed;
use super::settings::NotifySettings;
use crate::components::shared::{IconName, MenuButton};
use crate::context::{UiContext, use_ui};
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
        let UiContext { config, bells, .. } = use_ui();
        let note = RwSignal::new(None::<&'static str>);
        let has_all = Memo::new(move |_| {
            let is_of_job = |bell: &&Bell| matches!(bell.subject, Subject::Job(_));
            choices.with(|all| all.iter().find(is_of_job).is_some_and(|job| bells.with(|bells| bells.has(&job.subject))))
        });
        let on_note = Callback::new(move |text| note.set(text));
        let tick = move |bell: &Bell| match &bell.subject {
            Subject::Job(job) => {
                let label = words::of_job(&config.job_label(job).unwrap_or_else(|| job.as_str().to_owned()));
                view! { <BellTick bell=bell.clone() label=label on_note=on_note /> }.into_any()
            }
            _ => {
                let label = move || if has_all.get() { words::OF_RUN_INCLUDED } else { words::OF_RUN }.to_owned();
                view! { <BellTick bell=bell.clone() label=Signal::derive(label) is_included=has_all on_note=on_note /> }.into_any()
            }
        };
        view! {
            <div class="menu-settings">
                <fieldset class="ticks">
                    <legend>{words::ABOUT}</legend>
                    {move || choices.with(|bells| bells.iter().map(tick).collect_view())}
                    <BellTick bell=attention_bell() label=words::ATTENTION on_note=on_note />
                </fieldset>
                <p class="hint">{words::WHEN}</p>
                <p class="hint">{words::ONLY_WHILE_OPEN}</p>
                <NotNoticed />
                <p role="status">{move || note.get()}</p>
            </div>
            <NotifySettings />
        }
        .into_any()
    }
}
