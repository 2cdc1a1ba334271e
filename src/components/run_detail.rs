//! The details of a run.

mod facts;
mod raw_view;
mod stop_control;
mod stop_dialog;
mod stop_outcome;
mod window_bar;

use crate::address::Address;
use crate::components::shared::{Heading, Icon, IconName, PhaseBadge};
use crate::context::use_ui;
use crate::text::{list, reschedule, run as words, status};
use facts::Facts;
use leptos::prelude::*;
use raw_view::RawView;
use runboard_core::finding::{self, Finding};
use runboard_core::phase::{Disagreement, Phase};
use runboard_core::policy::stop::StopState;
use runboard_core::run::Run;
use runboard_core::summary::Summary;
use std::sync::Arc;
use stop_control::StopControl;
use stop_outcome::StopOutcome;
use window_bar::WindowBar;

/// A run's phase and status, its window, its facts, and the stop button. The summary card goes in between, as children.
#[component]
pub fn RunDetail(
    /// The run
    #[prop(into)]
    run: Signal<Arc<Run>>,
    /// The API's answer, verbatim; empty while the run is only known from the list
    #[prop(into)]
    raw: Signal<String>,
    /// A curl command that reads the run
    curl: String,
    /// The state of stopping it
    #[prop(into)]
    stop_state: Signal<StopState>,
    /// Whether the data is out of date
    #[prop(into)]
    stale: Signal<bool>,
    /// Its latest summary
    #[prop(into)]
    summary: Signal<Option<Summary>>,
    /// Called to open the stop dialog
    #[prop(into)]
    on_open_dialog: Callback<()>,
    /// Called to close the dialog and keep the run
    #[prop(into)]
    on_keep_running: Callback<()>,
    /// Called when the stop is confirmed
    #[prop(into)]
    on_confirm_stop: Callback<()>,
    /// Called when the outcome of a stop is dismissed
    #[prop(into)]
    on_dismiss: Callback<()>,
    /// Notices above the details, such as that the data is out of date
    #[prop(optional)]
    notes: Option<Children>,
    /// The summary card
    children: Children,
) -> impl IntoView {
    let ui = use_ui();
    let name = Memo::new(move |_| run.with(|run| run.visible_name().map(ToOwned::to_owned)));
    let heading = Signal::derive(move || name.get().unwrap_or_else(|| list::UNNAMED.to_owned()));
    let phase = Memo::new(move |_| {
        let now = ui.clock.tick();
        run.with(|run| Phase::of(run, now))
    });
    let disagreement = Memo::new(move |_| {
        let now = ui.clock.tick();
        run.with(|run| Disagreement::of(run, now))
    });
    let status = Memo::new(move |_| run.with(|run| run.status.clone()));
    let repeat_href = move || run.with(|run| Address::New { job: None, name: None, from: Some(run.id.clone()) }.href());
    let reschedule_href = move || run.with(|run| Address::Replace { id: run.id.clone() }.href());
    let config = ui.config.get();
    let may_create = config.may_create;
    let may_reschedule = may_create && config.may_stop;
    let can_reschedule = Memo::new(move |_| may_reschedule && phase.get() == Phase::Upcoming);
    let findings = Memo::new(move |_| {
        let now = ui.clock.tick();
        let pending = stop_state.with(StopState::pending_since);
        run.with(|run| summary.with(|summary| finding::findings(run, summary.as_ref(), pending, now)))
    });
    view! {
        <p class="crumbs">
            <a href=move || ui.navigation.last_list().href()>{words::GO_TO_LIST}</a>
        </p>
        <div class="page-head">
            <div class="page-title">
                <Heading text=heading />
                <PhaseBadge phase=phase status=status disagreement=disagreement />
            </div>
            <div class="actions">
                {move || can_reschedule.get().then(|| view! {
                    <a class="button" href=reschedule_href>{reschedule::TITLE}</a>
                })}
                {may_create.then(|| view! {
                    <a class="button" href=repeat_href>
                        <Icon name=IconName::Again />
                        {words::RUN_AGAIN}
                    </a>
                })}
            </div>
        </div>
        {notes.map(|notes| notes())}
        {move || findings_view(&findings.get())}
        <StopOutcome stop_state=stop_state on_dismiss=on_dismiss />
        <div class="run-layout" class:stale=move || stale.get()>
            <div class="run-main">
                <WindowBar run=run phase=phase />
                {children()}
            </div>
            <div class="run-side">
                <Facts run=run />
                <StopControl
                    run=run
                    phase=phase
                    stop_state=stop_state
                    on_open_dialog=on_open_dialog
                    on_keep_running=on_keep_running
                    on_confirm_stop=on_confirm_stop
                />
            </div>
        </div>
        <RawView raw=raw curl=curl />
    }
}

/// Contradictions in what the API says. Not a live region, since the figures in it change with time.
fn findings_view(findings: &[Finding]) -> Option<impl IntoView + use<>> {
    let item = |finding| view! { <li>{status::finding(finding)}</li> };
    let items = findings.iter().map(item).collect_view();
    (!findings.is_empty()).then(|| {
        view! {
            <section class="notice warning findings" aria-label=status::FINDINGS>
                <Icon name=IconName::Alert />
                <ul class="notice-body">{items}</ul>
            </section>
        }
    })
}
