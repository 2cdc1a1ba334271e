//! One run.

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
use runboard_core::finding::{Finding, findings};
use runboard_core::phase::{Disagreement, Phase};
use runboard_core::policy::stop::StopState;
use runboard_core::run::Run;
use runboard_core::summary::Summary;
use std::sync::Arc;
use stop_control::StopControl;
use stop_outcome::StopOutcome;
use window_bar::WindowBar;

/// A run: its phase and the API's word, its window, its facts, and the way to stop it. The summary stands in the middle, as children.
#[component]
pub fn RunDetail(
    /// The run
    #[prop(into)]
    run: Signal<Arc<Run>>,
    /// The API's answer, as it came; empty while only the list has told of the run
    #[prop(into)]
    raw: Signal<String>,
    /// The command line that reads it
    curl: String,
    /// Where its stop stands
    #[prop(into)]
    stopping: Signal<StopState>,
    /// Whether what is shown is old
    #[prop(into)]
    stale: Signal<bool>,
    /// The summary as it was read last
    #[prop(into)]
    summary: Signal<Option<Summary>>,
    /// The person wants to be asked whether to stop it
    #[prop(into)]
    on_open: Callback<()>,
    /// The person keeps it running
    #[prop(into)]
    on_keep: Callback<()>,
    /// The person confirmed the stop
    #[prop(into)]
    on_stop: Callback<()>,
    /// The person has seen its outcome
    #[prop(into)]
    on_seen: Callback<()>,
    /// What is to be said above all: old data
    #[prop(optional)]
    notes: Option<Children>,
    /// The summary
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
    let word = Memo::new(move |_| run.with(|run| run.status.clone()));
    let again = move || run.with(|run| Address::New { job: None, name: None, from: Some(run.id.clone()) }.href());
    let replace = move || run.with(|run| Address::Replace { id: run.id.clone() }.href());
    let config = ui.config.get();
    let may_create = config.may_create;
    let may_both = may_create && config.may_stop;
    let may_move = Memo::new(move |_| may_both && phase.get() == Phase::Upcoming);
    let found = Memo::new(move |_| {
        let now = ui.clock.tick();
        let pending = stopping.with(StopState::pending_since);
        run.with(|run| summary.with(|summary| findings(run, summary.as_ref(), pending, now)))
    });
    view! {
        <p class="crumbs">
            <a href=move || ui.navigation.last_list().href()>{words::GO_TO_LIST}</a>
        </p>
        <div class="page-head">
            <div class="page-title">
                <Heading text=heading />
                <PhaseBadge phase=phase status=word disagreement=disagreement />
            </div>
            <div class="actions">
                {move || may_move.get().then(|| view! { <a class="button" href=replace>{reschedule::TITLE}</a> })}
                {may_create.then(|| view! {
                    <a class="button" href=again>
                        <Icon name=IconName::Again />
                        {words::RUN_AGAIN}
                    </a>
                })}
            </div>
        </div>
        {notes.map(|notes| notes())}
        {move || found_view(&found.get())}
        <StopOutcome stopping=stopping on_seen=on_seen />
        <div class="run-layout" class:stale=move || stale.get()>
            <div class="run-main">
                <WindowBar run=run phase=phase />
                {children()}
            </div>
            <div class="run-side">
                <Facts run=run />
                <StopControl run=run phase=phase stopping=stopping on_open=on_open on_keep=on_keep on_stop=on_stop />
            </div>
        </div>
        <RawView raw=raw curl=curl />
    }
}

/// What does not fit together. Its figures change as time goes by, so it is no live region.
fn found_view(found: &[Finding]) -> Option<impl IntoView + use<>> {
    let items: Vec<_> = found.iter().map(|finding| view! { <li><bdi>{status::finding(finding)}</bdi></li> }).collect();
    (!items.is_empty()).then(|| {
        view! {
            <section class="notice warning findings" aria-label=status::FINDINGS>
                <Icon name=IconName::Alert />
                <ul class="notice-body">{items}</ul>
            </section>
        }
    })
}
