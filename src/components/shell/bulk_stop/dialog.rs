//! The dialog that confirms stopping several runs.

use crate::browser::{dialog, number};
use crate::context::use_ui;
use crate::text::{bulk as words, list, status, stop};
use leptos::prelude::*;

use runboard_core::policy::bulk_stop::{BulkStopState, Entry, EntryStage, Event};
use runboard_core::run::Status;
use runboard_core::run_state::RunState;

/// A modal dialog that lists every run it would stop, those left out because they are over, and the environment. For many runs
/// their number has to be typed. Escape and the first button keep all of them running.
#[component]
pub fn BulkDialog(
    /// The state of the bulk stop
    bulk_stop: Signal<BulkStopState>,
    /// How many runs other tabs are stopping
    elsewhere: Signal<usize>,
    /// Called with each decision of the user
    on_event: Callback<Event>,
) -> impl IntoView {
    let ui = use_ui();
    let node = NodeRef::<leptos::html::Dialog>::new();
    let environment = ui.config.get().environment.as_deref().map(|name| {
        view! { <p class="dialog-environment">{stop::ENVIRONMENT} " " <bdi>{name.to_owned()}</bdi></p> }
    });
    let open = Memo::new(move |_| bulk_stop.with(BulkStopState::is_open));
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
    // `close` fires late: the dialog may be open again, or unmounted, by then.
    let on_close = move |_: web_sys::Event| {
        if open.try_get_untracked() == Some(true) && node.get().is_none_or(|node| !node.open()) {
            keep();
        }
    };
    let count = Memo::new(move |_| bulk_stop.with(BulkStopState::stoppable_count));
    let count_text = move || number::group(count.get() as u64);
    let must_type = Memo::new(move |_| bulk_stop.with(BulkStopState::must_type_count));
    let may_confirm = Memo::new(move |_| bulk_stop.with(|bulk_stop| typed.with(|typed| bulk_stop.may_confirm(typed))));
    let entries = Memo::new(move |_| bulk_stop.with(|bulk_stop| bulk_stop.dialog_entries().to_vec()));
    let line = move |entry: &Entry, shares_name: bool| {
        let note = match &entry.state {
            EntryStage::AlreadyOver(word) => words::left_out(word.as_ref().map(Status::as_str)),
            EntryStage::Elsewhere => words::ELSEWHERE.to_owned(),
            _ => {
                let state = status::state(RunState::of(&entry.run, ui.clock.now()));
                words::state_and_end(state, entry.run.window().map(|window| ui.settings.print(window.end)).as_deref())
            }
        };
        view! {
            <li>
                <bdi class="bulk-name">{list::name(&entry.run).to_owned()}</bdi>
                " "
                <span class="bulk-said">{note}</span>
                " "
                {shares_name.then(|| view! { <bdi class="id">{entry.run.id.as_str().to_owned()}</bdi> })}
            </li>
        }
    };
    // Runs that are left out come last.
    let lines = move || {
        entries.with(|entries| {
            let shares_name = |entry: &Entry| {
                entries.iter().filter(|other| list::name(&other.run) == list::name(&entry.run)).count() > 1
            };
            let (left_out, to_stop): (Vec<&Entry>, Vec<&Entry>) =
                entries.iter().partition(|entry| entry.state.is_settled());
            to_stop.into_iter().chain(left_out).map(|entry| line(entry, shares_name(entry))).collect_view()
        })
    };
    let field = move || {
        must_type.get().then(|| {
            view! {
                <label class="bulk-typed">
                    {move || words::type_number(&count_text())}
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
    let is_left = Memo::new(move |_| bulk_stop.with(BulkStopState::leaves_runs_to_another_tab));
    let nothing_to_stop = move || {
        let words = if is_left.get() { words::NOTHING_LEFT_TO_STOP } else { words::NOTHING_TO_STOP };
        (open.get() && count.get() == 0).then(|| view! { <p>{words}</p> })
    };
    let other_tab =
        move || (open.get() && elsewhere.get() > 0).then(|| words::other_tab(&number::group(elsewhere.get() as u64)));
    view! {
        <dialog
            class="dialog wide"
            aria-labelledby="bulk-question"
            aria-describedby="bulk-facts"
            node_ref=node
            on:cancel=move |_: web_sys::Event| keep()
            on:close=on_close
        >
            <h2 id="bulk-question">{move || words::dialog_title(&count_text())}</h2>
            <div>
                <div id="bulk-facts" class="bulk-facts">
                    {environment}
                    <p class="bulk-elsewhere" role="status">{other_tab}</p>
                    {nothing_to_stop}
                    <p>{stop::CONSEQUENCE}</p>
                    <p class="hint">{words::PROCEDURE}</p>
                </div>
                <ul class="bulk-runs" tabindex="0" aria-label=words::RUNS_TO_STOP>
                    {lines}
                </ul>
                {field}
            </div>
            <div class="dialog-actions">
                <button type="button" class="button" data-first="" on:click=move |_| keep()>
                    {words::KEEP_RUNNING}
                </button>
                <button
                    type="button"
                    class="button danger"
                    disabled=move || !may_confirm.get()
                    on:click=move |_| on_event.run(Event::Confirm(typed.get_untracked()))
                >
                    {move || words::stop_button(&count_text())}
                </button>
            </div>
        </dialog>
    }
}
