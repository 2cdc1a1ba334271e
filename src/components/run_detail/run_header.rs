//! The top of a run's page.

use super::stop_control::StopControl;
use super::window_bar::WindowBar;
use crate::address::{self, Address};
use crate::components::notify::NotifyMenu;
use crate::components::shared::{DayTime, Heading, Icon, IconName, StateBadge};
use crate::context::use_ui;
use crate::text::{list, reschedule, run as words};
use leptos::prelude::*;
use runboard_core::phase::Phase;
use runboard_core::policy::stop::StopState;
use runboard_core::run::Run;
use runboard_core::run_state::has_not_started;
use std::sync::Arc;

/// The run's name, state, job and window, how much of that has elapsed, and what can be done with it. On a phone the actions stay at the bottom of the screen.
#[component]
pub fn RunHeader(
    /// The run
    run: Signal<Arc<Run>>,
    /// Its phase
    phase: Memo<Phase>,
    /// The state of stopping it
    stop_state: Signal<StopState>,
    /// Called to open the stop dialog
    on_open_dialog: Callback<()>,
    /// Called to close the dialog and keep the run
    on_keep_running: Callback<()>,
    /// Called when the stop is confirmed
    on_confirm_stop: Callback<()>,
) -> impl IntoView {
    let ui = use_ui();
    let name = Memo::new(move |_| run.with(|run| run.visible_name().map(ToOwned::to_owned)));
    let heading = Signal::derive(move || name.get().unwrap_or_else(|| list::UNNAMED.to_owned()));
    let repeat_href = move || run.with(|run| Address::New { job: None, name: None, from: Some(run.id.clone()) }.href());
    let reschedule_href = move || run.with(|run| Address::Replace { id: run.id.clone() }.href());
    let config = ui.config.get();
    let may_create = config.may_create;
    let may_reschedule = may_create && config.may_stop;
    let can_reschedule = Memo::new(move |_| {
        let now = ui.clock.tick();
        may_reschedule && run.with(|run| has_not_started(run, now))
    });
    view! {
        <div class="run-header card">
            <div class="run-title">
                <Heading text=heading />
                <StateBadge run=run />
                <NotifyMenu run=run />
            </div>
            <div class="run-about">
                <WhatAndWhen run=run />
                <WindowBar run=run phase=phase />
            </div>
            <div id="run-actions" class="actions run-actions" role="group" aria-label=words::ACTIONS tabindex="-1">
                {may_create.then(|| view! {
                    <a class="button" href=repeat_href>
                        <Icon name=IconName::Again />
                        {words::RUN_AGAIN}
                    </a>
                })}
                {move || can_reschedule.get().then(|| view! {
                    <a class="button" href=reschedule_href>
                        <Icon name=IconName::Calendar />
                        {reschedule::TITLE}
                    </a>
                })}
                <StopControl
                    run=run
                    stop_state=stop_state
                    on_open_dialog=on_open_dialog
                    on_keep_running=on_keep_running
                    on_confirm_stop=on_confirm_stop
                />
            </div>
        </div>
    }
}

/// The run's job, its window in the chosen zone, and how long that is.
#[component]
fn WhatAndWhen(run: Signal<Arc<Run>>) -> impl IntoView {
    let ui = use_ui();
    let job = Memo::new(move |_| run.with(|run| run.job_id.clone()));
    let window = Memo::new(move |_| run.with(|run| run.window()));
    let length = Memo::new(move |_| run.with(|run| run.length()).map(|length| length.words()));
    let job_name = move || {
        let job = job.get()?;
        let label = ui.config.job_label(&job).unwrap_or_else(|| job.as_str().to_owned());
        let config = ui.config.get();
        let link = config.job_link.as_ref();
        let link = link.zip(address::encode_segment(job.as_str())).map(|(link, job)| link.replace("{jobId}", &job));
        let label = match link {
            Some(link) => {
                view! { <a href=link rel="noreferrer" title=words::JOB_PAGE><bdi>{label}</bdi></a> }.into_any()
            }
            None => view! { <bdi>{label}</bdi> }.into_any(),
        };
        Some(view! { <span class="run-job"><span class="unseen">{words::JOB} ": "</span>{label}</span> })
    };
    let times = move || {
        window.get().map(|window| {
            view! {
                <span class="run-window">
                    <DayTime at=window.start /> " – " <DayTime at=window.end ends=window /> " "
                    <span class="zone">{move || ui.settings.zone().name().to_owned()}</span>
                </span>
                <span>{move || length.get()}</span>
            }
        })
    };
    view! { <p class="run-facts">{job_name} {times}</p> }
}
