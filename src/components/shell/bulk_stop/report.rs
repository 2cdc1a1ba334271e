//! The progress and results of a bulk stop.

use crate::address::Address;
use crate::browser::{focus, number};
use crate::components::shared::{CopyButton, Notice, NoticeKind};
use crate::context::use_ui;
use crate::state::navigation::Page;
use crate::text::{bulk as words, list, shell};
use leptos::prelude::*;
use runboard_core::policy::bulk_stop::{BulkStopState, Entry, EntryStage, Event, Pause};
use runboard_core::time::print::Precision;

/// The progress, the decisions still open, and the result of each run. An entry is re-rendered only when its state changes.
#[component]
pub fn BulkReport(
    /// The state of the bulk stop
    bulk_stop: Signal<BulkStopState>,
    /// Whether there is a token that the API has not refused
    signed_in: Signal<bool>,
    /// Called with each decision of the user
    on_event: Callback<Event>,
) -> impl IntoView {
    let ui = use_ui();
    let shown = Memo::new(move |_| bulk_stop.with(|bulk_stop| !bulk_stop.entries().is_empty()));
    let busy = Memo::new(move |_| bulk_stop.with(BulkStopState::is_busy));
    let cancelled = Memo::new(move |_| bulk_stop.with(BulkStopState::is_cancelled));
    let total = Memo::new(move |_| bulk_stop.with(|bulk_stop| bulk_stop.entries().len()));
    let settled = Memo::new(move |_| bulk_stop.with(BulkStopState::result_count));
    let stopped = Memo::new(move |_| {
        let is_stopped = |entry: &&Entry| matches!(entry.state, EntryStage::Stopped(_));
        bulk_stop.with(|bulk_stop| bulk_stop.entries().iter().filter(is_stopped).count())
    });
    let counts = Memo::new(move |_| bulk_stop.with(|bulk_stop| words::counts(bulk_stop.entries())));
    let paused = Memo::new(move |_| bulk_stop.with(BulkStopState::pause));
    let waiting_until = Memo::new(move |_| bulk_stop.with(BulkStopState::waiting_until));
    let group = |count: usize| number::group(count as u64);
    let at_list = Memo::new(move |_| ui.navigation.page() == Page::Runs);
    let pause_note = move || {
        paused.get().map(|why| {
            let may_continue = move || why != Pause::Token || signed_in.get();
            view! {
                <Notice kind=NoticeKind::Error>
                    <p>{move || words::pause_reason(why, signed_in.get())}</p>
                    <div class="actions">
                        <button
                            type="button"
                            class="button"
                            disabled=move || !may_continue()
                            on:click=move |_| on_event.run(Event::Continue(signed_in.get_untracked()))
                        >
                            {words::CONTINUE}
                        </button>
                    </div>
                </Notice>
            }
        })
    };
    let wait_note = move || {
        waiting_until.get().map(|until| {
            let until = ui.settings.print(until, Precision::ClockSeconds);
            view! { <p class="hint">{words::rate_limited(&until)}</p> }
        })
    };
    let environment = ui.config.get().environment.clone();
    let report =
        Signal::derive(move || bulk_stop.with(|bulk_stop| words::report(bulk_stop.entries(), environment.as_deref())));
    let buttons = move || {
        let cancel = move |_| {
            on_event.run(Event::CancelRemaining);
            // The button disappears: keep the focus in the report.
            focus::first("#bulk-title");
        };
        let dismiss = move |_| {
            on_event.run(Event::Dismiss);
            focus::first("h1");
        };
        match (busy.get(), cancelled.get()) {
            (true, true) => ().into_any(),
            (true, false) => {
                view! { <button type="button" class="button danger" on:click=cancel>{words::CANCEL_REST}</button> }
                    .into_any()
            }
            (false, _) => view! {
                <button type="button" class="button quiet" on:click=dismiss>{shell::DISMISS}</button>
                <CopyButton what=words::COPY_REPORT text=report with_label=true />
            }
            .into_any(),
        }
    };
    // The state is part of the key, so that a run whose state changes gets a new entry.
    let keys = move || {
        bulk_stop.with(|bulk_stop| {
            bulk_stop.entries().iter().enumerate().map(|(at, entry)| (at, state_name(&entry.state))).collect::<Vec<_>>()
        })
    };
    let line = move |(at, state): (usize, &'static str)| {
        let entry = bulk_stop.with_untracked(|bulk_stop| bulk_stop.entries().get(at).cloned())?;
        let (id, name) = (entry.run.id.clone(), list::name(&entry.run).to_owned());
        Some(view! {
            <li>
                <a class="bulk-name" href=Address::Run { id }.href()><bdi>{name}</bdi></a>
                " "
                <span class="bulk-said" data-state=state>{words::result(&entry.state)}</span>
            </li>
        })
    };
    let body = move || {
        shown.get().then(|| {
            view! {
                <section
                    class="bulk card"
                    aria-labelledby="bulk-title"
                    data-busy=move || busy.get().then_some("")
                >
                    <h2 id="bulk-title" tabindex="-1">{move || words::report_title(&group(total.get()), &group(stopped.get()), busy.get())}</h2>
                    <div class="bulk-progress">
                        <progress
                            aria-label=words::PROGRESS_BAR
                            max=move || total.get().to_string()
                            value=move || settled.get().to_string()
                        ></progress>
                        <span class="number-words">
                            {move || words::progress(&group(settled.get()), &group(total.get()))}
                        </span>
                    </div>
                    <p>{move || counts.get()}</p>
                    {move || cancelled.get().then(|| view! { <p class="hint">{words::REST_CANCELLED}</p> })}
                    {wait_note}
                    {pause_note}
                    <details open=move || at_list.get()>
                        <summary>{words::RESULTS}</summary>
                        <ul class="bulk-runs" tabindex="0" aria-label=words::RESULTS>
                            <For each=keys key=|key| *key children=line />
                        </ul>
                    </details>
                    <div class="actions">{buttons}</div>
                </section>
            }
        })
    };
    view! { <div class="notices">{body}</div> }
}

/// The state's name in the style sheet (`data-state`).
const fn state_name(state: &EntryStage) -> &'static str {
    match state {
        EntryStage::Waiting => "waiting",
        EntryStage::Reading => "reading",
        EntryStage::Sending => "sending",
        EntryStage::Requested => "asked",
        EntryStage::Unknown(_) => "unknown",
        EntryStage::Stopped(_) => "stopped",
        EntryStage::AlreadyOver(_) => "over",
        EntryStage::Refused(_) => "refused",
        EntryStage::ReadFailed(_) => "not-read",
        EntryStage::Skipped => "kept",
    }
}
