//! The details of a run.

mod facts;
mod last_runs;
mod raw_view;
mod run_header;
mod stop_control;
mod stop_dialog;
mod stop_outcome;
mod window_bar;

use crate::components::shared::{Icon, IconName};
use crate::context::use_ui;
use crate::text::{run as words, status};
use facts::Facts;
pub use last_runs::LastRuns;
use leptos::prelude::*;
use raw_view::RawView;
use run_header::RunHeader;
use runboard_core::finding::{self, Finding};
use runboard_core::phase::Phase;
use runboard_core::policy::stop::StopState;
use runboard_core::run::Run;
use runboard_core::summary::Summary;
use std::sync::Arc;
use stop_outcome::StopOutcome;

/// A run's header with its window and actions, and its details. The summary card goes in between, as children.
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
    let phase = Memo::new(move |_| {
        let now = ui.clock.tick();
        run.with(|run| Phase::of(run, now))
    });
    let findings = Memo::new(move |_| {
        let now = ui.clock.tick();
        let pending = stop_state.with(StopState::pending_since);
        run.with(|run| summary.with(|summary| finding::findings(run, summary.as_ref(), pending, now)))
    });
    view! {
        <p class="crumbs">
            <a href=move || ui.navigation.last_list().href()>{words::GO_TO_LIST}</a>
        </p>
        <RunHeader
            run=run
            phase=phase
            stop_state=stop_state
            on_open_dialog=on_open_dialog
            on_keep_running=on_keep_running
            on_confirm_stop=on_confirm_stop
        />
        {notes.map(|notes| notes())}
        {move || findings_view(&findings.get())}
        <StopOutcome stop_state=stop_state on_dismiss=on_dismiss />
        <div class="run-layout" class:stale=move || stale.get()>
            {children()}
            <div class="card run-more">
                <Facts run=run />
                <RawView raw=raw curl=curl />
            </div>
        </div>
    }
}

/// A failure, and contradictions in what the API says. Not a live region, since the figures in it change with time.
fn findings_view(findings: &[Finding]) -> Option<impl IntoView + use<>> {
    let item = |finding| view! { <li>{status::finding(finding)}</li> };
    let failed = findings.contains(&Finding::Failed);
    let class = if failed { "notice error findings" } else { "notice warning findings" };
    let items = findings.iter().map(item).collect_view();
    (!findings.is_empty()).then(|| {
        view! {
            <section class=class aria-label=status::FINDINGS>
                <Icon name=IconName::Alert />
                <ul class="notice-body">{items}</ul>
            </section>
        }
    })
}
