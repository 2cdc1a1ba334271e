//! The progress and results of a bulk stop.

use crate::address::Address;
use crate::browser::focus;
use crate::components::shared::{CopyButton, Notice, NoticeKind};
use crate::context::use_ui;
use crate::text::{bulk as words, list, shell};
use leptos::prelude::*;
use runboard_core::policy::bulk_stop::{BulkStopState, EntryStage, Event, Pause};

/// What has become of the runs in one line, the decisions still open, and the runs that were not stopped, each with the reason; the
/// report that can be copied has all of them. An entry is re-rendered only when its state changes.
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
    let title =
        Memo::new(move |_| bulk_stop.with(|bulk_stop| words::report_title(bulk_stop.entries(), bulk_stop.is_busy())));
    let paused = Memo::new(move |_| bulk_stop.with(BulkStopState::pause));
    let waiting_until = Memo::new(move |_| bulk_stop.with(BulkStopState::waiting_until));
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
            let until = ui.settings.print_clock_in_zone(until);
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
            let named = bulk_stop.entries().iter().enumerate().filter(|(_, entry)| needs_attention(&entry.state));
            named.map(|(at, entry)| (at, state_name(&entry.state))).collect::<Vec<_>>()
        })
    };
    let any_named = Memo::new(move |_| {
        bulk_stop.with(|bulk_stop| bulk_stop.entries().iter().any(|entry| needs_attention(&entry.state)))
    });
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
                    <h2 id="bulk-title" tabindex="-1">{move || title.get()}</h2>
                    <progress
                        hidden=move || !busy.get()
                        aria-label=words::PROGRESS_BAR
                        max=move || total.get().to_string()
                        value=move || settled.get().to_string()
                    ></progress>
                    {move || cancelled.get().then(|| view! { <p class="hint">{words::REST_CANCELLED}</p> })}
                    {wait_note}
                    {pause_note}
                    <Show when=move || any_named.get()>
                        <ul class="bulk-runs" tabindex="0" aria-label=words::NOT_STOPPED>
                            <For each=keys key=|key| *key children=line />
                        </ul>
                    </Show>
                    <div class="actions">{buttons}</div>
                </section>
            }
        })
    };
    view! { <div class="notices">{body}</div> }
}

/// Whether the person has to know which run it is: it may go on, or it was not asked to stop.
const fn needs_attention(state: &EntryStage) -> bool {
    matches!(
        state,
        EntryStage::Requested
            | EntryStage::Unknown(_)
            | EntryStage::Refused(_)
            | EntryStage::ReadFailed(_)
            | EntryStage::Skipped
            | EntryStage::Elsewhere
    )
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
        EntryStage::Elsewhere => "elsewhere",
    }
}
