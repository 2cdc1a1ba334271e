//! What became of the runs that were to be stopped.

use crate::address::Address;
use crate::browser::{focus, number};
use crate::components::shared::{CopyButton, Notice, NoticeKind};
use crate::context::use_ui;
use crate::state::navigation::Page;
use crate::text::{bulk as words, list, shell};
use leptos::prelude::*;
use runboard_core::policy::bulk_stop::{BulkStopState, EntryStage, Event};
use runboard_core::run::RunId;
use runboard_core::time::print::Precision;

/// How far it is, what can still be decided, and the result of each run. A result is drawn anew only when it changes.
#[component]
pub fn BulkReport(
    /// Where it stands
    bulk: Signal<BulkStopState>,
    /// Whether there is a token that the API has not refused
    signed_in: Signal<bool>,
    /// The person decided
    on_event: Callback<Event>,
) -> impl IntoView {
    let ui = use_ui();
    let any = Memo::new(move |_| bulk.with(|bulk| !bulk.entries().is_empty()));
    let busy = Memo::new(move |_| bulk.with(BulkStopState::is_busy));
    let halted = Memo::new(move |_| bulk.with(BulkStopState::is_cancelled));
    let all = Memo::new(move |_| bulk.with(|bulk| bulk.entries().len()));
    let settled = Memo::new(move |_| bulk.with(BulkStopState::settled_count));
    let counts = Memo::new(move |_| bulk.with(|bulk| words::counts(bulk.entries())));
    let paused = Memo::new(move |_| bulk.with(BulkStopState::pause));
    let resting = Memo::new(move |_| bulk.with(BulkStopState::waiting_until));
    let digits = |count: usize| number::group(count as u64);
    let at_list = Memo::new(move |_| ui.navigation.page() == Page::Runs);
    let pause = move || {
        paused.get().map(|why| {
            let may_go_on = move || why != runboard_core::policy::bulk_stop::Pause::Token || signed_in.get();
            view! {
                <Notice kind=NoticeKind::Error>
                    <p>{move || words::pause_reason(why, signed_in.get())}</p>
                    <div class="actions">
                        <button
                            type="button"
                            class="button"
                            disabled=move || !may_go_on()
                            on:click=move |_| on_event.run(Event::Continue(signed_in.get_untracked()))
                        >
                            {words::CONTINUE}
                        </button>
                    </div>
                </Notice>
            }
        })
    };
    let rest = move || {
        resting.get().map(|until| {
            let until = ui.settings.print(until, Precision::ClockSeconds);
            view! { <p class="hint">{words::rate_limited(&until)}</p> }
        })
    };
    let environment = ui.config.get().environment.clone();
    let text = Signal::derive(move || bulk.with(|bulk| words::report(bulk.entries(), environment.as_deref())));
    let buttons = move || -> Vec<AnyView> {
        if busy.get() {
            let click = move |_| {
                on_event.run(Event::CancelRemaining);
                // The button goes; the focus does not go with it.
                focus::first("#bulk-title");
            };
            let halt =
                view! { <button type="button" class="button danger" on:click=click>{words::CANCEL_REST}</button> }
                    .into_any();
            return if halted.get() { Vec::new() } else { vec![halt] };
        }
        let dismiss = move |_| {
            on_event.run(Event::Dismiss);
            focus::first("h1");
        };
        vec![
            view! { <button type="button" class="button quiet" on:click=dismiss>{shell::DISMISS}</button> }.into_any(),
            view! { <CopyButton what=words::COPY_REPORT text=text in_words=true /> }.into_any(),
        ]
    };
    // A key names the run and the state, so that an entry is another one when its state is.
    let keys = move || {
        bulk.with(|bulk| {
            let key = |(at, entry): (usize, &runboard_core::policy::bulk_stop::Entry)| {
                [&at.to_string(), " ", tag(&entry.state)].concat()
            };
            bulk.entries().iter().enumerate().map(key).collect::<Vec<String>>()
        })
    };
    let line = move |key: &str| {
        let at = key.split(' ').next().and_then(|at| at.parse::<usize>().ok()).unwrap_or_default();
        let (id, name, tag, said) = bulk.with_untracked(|bulk| match bulk.entries().get(at) {
            Some(entry) => (
                entry.run.id.clone(),
                list::name(&entry.run).to_owned(),
                tag(&entry.state),
                words::result(&entry.state),
            ),
            None => (RunId::new(""), String::new(), "", String::new()),
        });
        view! {
            <li>
                <a class="bulk-name" href=Address::Run { id }.href()><bdi>{name}</bdi></a>
                " "
                <span class="bulk-said" data-state=tag><bdi>{said}</bdi></span>
            </li>
        }
    };
    let body = move || {
        any.get().then(|| {
            view! {
                <section class="bulk card" aria-labelledby="bulk-title">
                    <h2 id="bulk-title" tabindex="-1">{move || words::report_title(&digits(all.get()), busy.get())}</h2>
                    <div class="bulk-progress">
                        <progress
                            aria-label=words::PROGRESS_BAR
                            max=move || all.get().to_string()
                            value=move || settled.get().to_string()
                        ></progress>
                        <span class="number-words">{move || words::progress(&digits(settled.get()), &digits(all.get()))}</span>
                    </div>
                    <p>{move || counts.get()}</p>
                    {move || halted.get().then(|| view! { <p class="hint">{words::REST_CANCELLED}</p> })}
                    {rest}
                    {pause}
                    <details open=move || at_list.get()>
                        <summary>{words::RESULTS}</summary>
                        <ul class="bulk-runs" tabindex="0" aria-label=words::RESULTS><For each=keys key=|key: &String| key.clone() children=move |key| line(&key) /></ul>
                    </details>
                    <div class="actions">{buttons}</div>
                </section>
            }
        })
    };
    view! { <div class="notices">{body}</div> }
}

/// A word for each state, for the key of its entry and for how it looks.
const fn tag(state: &EntryStage) -> &'static str {
    match state {
        EntryStage::Waiting => "waiting",
        EntryStage::Reading => "reading",
        EntryStage::Sending => "sending",
        EntryStage::Asked => "asked",
        EntryStage::Unknown(_) => "unknown",
        EntryStage::Stopped(_) => "stopped",
        EntryStage::Over(_) => "over",
        EntryStage::Refused(_) => "refused",
        EntryStage::NotRead(_) => "not-read",
        EntryStage::Kept => "kept",
    }
}
