//! The question before several runs are stopped.

use crate::browser::{dialog, number};
use crate::context::use_ui;
use crate::text::{bulk as words, list, status, stop};
use leptos::prelude::*;
use runboard_core::phase::Phase;
use runboard_core::policy::bulk_stop::{BulkStopState, Entry, EntryStage, Event};
use runboard_core::run::Status;
use runboard_core::time::print::Precision;

/// A real modal: names every run of its frozen list, says which are over and left out, names the environment, and wants the number
/// typed where it is large. Escape and the first button keep them all.
#[component]
pub fn BulkDialog(
    /// Where it stands
    bulk: Signal<BulkStopState>,
    /// The person decided
    on_event: Callback<Event>,
) -> impl IntoView {
    let ui = use_ui();
    let node = NodeRef::<leptos::html::Dialog>::new();
    let environment = ui.config.get().environment.clone();
    let open = Memo::new(move |_| bulk.with(BulkStopState::is_open));
    let typed = RwSignal::new(String::new());
    Effect::new(move |_| {
        let Some(node) = node.get() else { return };
        if open.get() {
            typed.set(String::new());
            dialog::open(&node);
        } else {
            dialog::close(&node);
        }
    });
    let keep = move || on_event.run(Event::KeepRunning);
    // The browser tells of a closing in its own time: by then the person may have opened it again.
    let closed = move |_: web_sys::Event| {
        if open.try_get_untracked() == Some(true) && node.get().is_none_or(|node| !node.open()) {
            keep();
        }
    };
    let count = Memo::new(move |_| bulk.with(BulkStopState::stoppable_count));
    let digits = move || number::group(count.get() as u64);
    let must_type = Memo::new(move |_| bulk.with(BulkStopState::must_type_count));
    let may_confirm = Memo::new(move |_| bulk.with(|bulk| typed.with(|typed| bulk.may_confirm(typed))));
    let asking = Memo::new(move |_| bulk.with(|bulk| bulk.dialog_entries().to_vec()));
    // The id tells those apart that are called the same.
    let line = move |entry: &Entry, shares: bool| {
        let said = match &entry.state {
            EntryStage::Over(word) => words::left_out(word.as_ref().map(Status::as_str)),
            _ => {
                let phase = status::phase(Phase::of(&entry.run, ui.clock.now()));
                words::phase_and_end(
                    phase,
                    entry.run.end_at.map(|at| ui.settings.print(at, Precision::Seconds)).as_deref(),
                )
            }
        };
        view! {
            <li>
                <bdi class="bulk-name">{list::name(&entry.run).to_owned()}</bdi>
                " "
                <span class="bulk-said"><bdi>{said}</bdi></span>
                " "
                {shares.then(|| view! { <bdi class="id">{entry.run.id.as_str().to_owned()}</bdi> })}
            </li>
        }
    };
    // Those that are left out come last.
    let lines = move || {
        let over = |entry: &Entry| entry.state.is_settled();
        let part = |wanted: bool| {
            asking.with(|asking| {
                let shares = |entry: &Entry| {
                    asking.iter().filter(|other| list::name(&other.run) == list::name(&entry.run)).count() > 1
                };
                let part = asking.iter().filter(|entry| over(entry) == wanted);
                part.map(|entry| line(entry, shares(entry))).collect::<Vec<_>>()
            })
        };
        [part(false), part(true)].concat()
    };
    let field = move || {
        must_type.get().then(|| {
            view! {
                <label class="bulk-typed">
                    {move || words::type_number(&digits())}
                    <input
                        type="text"
                        inputmode="numeric"
                        autocomplete="off"
                        on:input=move |event| typed.set(event_target_value(&event))
                    />
                </label>
            }
        })
    };
    let none = move || (open.get() && count.get() == 0).then(|| view! { <p>{words::NOTHING_TO_STOP}</p> });
    view! {
        <dialog
            class="dialog wide"
            aria-labelledby="bulk-question"
            aria-describedby="bulk-facts"
            node_ref=node
            on:cancel=move |_: web_sys::Event| keep()
            on:close=closed
        >
            <h2 id="bulk-question">{move || words::dialog_title(&digits())}</h2>
            <div>
                <div id="bulk-facts" class="bulk-facts">
                    {environment.map(|name| view! { <p class="dialog-environment"><bdi>{stop::environment(&name)}</bdi></p> })}
                    {none}
                    <p>{words::CONSEQUENCE}</p>
                    <p class="hint">{words::PROCEDURE}</p>
                </div>
                <ul class="bulk-runs" tabindex="0" aria-label=words::RUNS_TO_STOP>
                    {lines}
                </ul>
                {field}
            </div>
            <div class="dialog-actions">
                <button type="button" class="button" data-first="" on:click=move |_| keep()>{words::KEEP_RUNNING}</button>
                <button
                    type="button"
                    class="button danger"
                    disabled=move || !may_confirm.get()
                    on:click=move |_| on_event.run(Event::Confirm(typed.get_untracked()))
                >
                    {move || words::stop_button(&digits())}
                </button>
            </div>
        </dialog>
    }
}
