//! What became of the runs that were to be stopped.

use super::super::{CopyButton, Notice, NoticeKind, ui};
use crate::browser::{focus, number};
use crate::dom::{Node, component, each, tracked, view};
use crate::reactive::{Signal, memo};
use crate::route::{Address, View};
use crate::text::{bulk as words, list, shell};
use leptos::prelude::*;
use runboard_core::policy::bulk::{Bulk, Event, State};
use runboard_core::run::RunId;
use runboard_core::time::print::Precision;

/// How far it is, what can still be decided, and the result of each run. A result is drawn anew only when it changes.
#[component]
pub fn BulkReport(
    /// Where it stands
    bulk: Signal<Bulk>,
    /// Whether there is a token that the API has not refused
    signed_in: Signal<bool>,
    /// The person decided
    on_event: Callback<Event>,
) -> Node {
    let ui = ui();
    let any = memo(move || bulk.with(|bulk| !bulk.work().is_empty()));
    let busy = memo(move || bulk.with(Bulk::busy));
    let halted = memo(move || bulk.with(Bulk::halted));
    let all = memo(move || bulk.with(|bulk| bulk.work().len()));
    let settled = memo(move || bulk.with(Bulk::settled));
    let counts = memo(move || bulk.with(|bulk| words::counts(bulk.work())));
    let paused = memo(move || bulk.with(Bulk::pause));
    let resting = memo(move || bulk.with(Bulk::resting));
    let digits = |count: usize| number::group(count as u64);
    let at_list = memo(move || ui.router.view() == View::Runs);
    let pause = move || {
        paused.get().map(|why| {
            let may_go_on = move || why != runboard_core::policy::bulk::Pause::Token || signed_in.get();
            view! {
                <Notice kind=NoticeKind::Error>
                    <p>{tracked(move || words::pause(why, signed_in.get()))}</p>
                    <div class="actions">
                        <button
                            type="button"
                            class="button"
                            disabled=tracked(move || !may_go_on())
                            on:click=move |_| on_event.run(Event::GoOn(signed_in.get_untracked()))
                        >
                            {words::GO_ON}
                        </button>
                    </div>
                </Notice>
            }
        })
    };
    let rest = move || {
        resting.get().map(|until| {
            let until = ui.settings.print(until, Precision::ClockSeconds);
            view! { <p class="hint">{words::resting(&until)}</p> }
        })
    };
    let environment = ui.config.get().environment.clone();
    let text = Signal::derive(move || bulk.with(|bulk| words::report(bulk.work(), environment.as_deref())));
    let buttons = move || -> Vec<Node> {
        if busy.get() {
            let click = move |_| {
                on_event.run(Event::Halt);
                // The button goes; the focus does not go with it.
                focus::first("#bulk-title");
            };
            let halt = view! { <button type="button" class="button danger" on:click=click>{words::HALT}</button> };
            return if halted.get() { Vec::new() } else { vec![halt] };
        }
        let dismiss = move |_| {
            on_event.run(Event::Dismiss);
            focus::first("h1");
        };
        vec![
            view! { <button type="button" class="button quiet" on:click=dismiss>{shell::DISMISS}</button> },
            view! { <CopyButton what=words::REPORT text=text in_words=true /> },
        ]
    };
    // A key names the run and the state, so that an entry is another one when its state is.
    let keys = move || {
        bulk.with(|bulk| {
            let key = |(at, entry): (usize, &runboard_core::policy::bulk::Entry)| {
                [&at.to_string(), " ", tag(&entry.state)].concat().into()
            };
            bulk.work().iter().enumerate().map(key).collect()
        })
    };
    let line = move |key: &str| {
        let at = key.split(' ').next().and_then(|at| at.parse::<usize>().ok()).unwrap_or_default();
        let (id, name, tag, said) = bulk.with_untracked(|bulk| match bulk.work().get(at) {
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
                    <h2 id="bulk-title" tabindex="-1">{tracked(move || words::title(&digits(all.get()), busy.get()))}</h2>
                    <div class="bulk-progress">
                        <progress
                            aria-label=words::PROGRESS
                            max=tracked(move || all.get().to_string())
                            value=tracked(move || settled.get().to_string())
                        ></progress>
                        <span class="number-words">{tracked(move || words::progress(&digits(settled.get()), &digits(all.get())))}</span>
                    </div>
                    <p>{tracked(move || counts.get())}</p>
                    {tracked(move || halted.get().then(|| view! { <p class="hint">{words::HALTED}</p> }))}
                    {tracked(rest)}
                    {tracked(pause)}
                    <details open=tracked(move || at_list.get())>
                        <summary>{words::RESULTS}</summary>
                        <ul class="bulk-runs" tabindex="0" aria-label=words::RESULTS>{each(keys, line)}</ul>
                    </details>
                    <div class="actions">{tracked(buttons)}</div>
                </section>
            }
        })
    };
    view! { <div class="notices">{tracked(body)}</div> }
}

/// A word for each state, for the key of its entry and for how it looks.
const fn tag(state: &State) -> &'static str {
    match state {
        State::Waiting => "waiting",
        State::Reading => "reading",
        State::Sending => "sending",
        State::Asked => "asked",
        State::Unknown(_) => "unknown",
        State::Stopped(_) => "stopped",
        State::Over(_) => "over",
        State::Refused(_) => "refused",
        State::NotRead(_) => "not-read",
        State::Kept => "kept",
    }
}
