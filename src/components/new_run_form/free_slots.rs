//! When the job has room for a window of this length.

use super::KnownRuns;
use super::form_state::FormState;
use crate::context::use_ui;
use crate::state::planning::{Quiet, Surroundings};
use crate::text::planning as words;
use leptos::prelude::*;
use runboard_core::draft::{Draft, EndChoice, StartChoice};
use runboard_core::time::input::exact_text;
use runboard_core::time::{Span, Timestamp};
use runboard_core::timeline::free_slots::{FreeSlot, free_slots};
use runboard_core::window::Window;

/// How many are offered.
const OFFERED: usize = 3;

/// The slots, and what they were searched for.
#[derive(Clone, PartialEq)]
struct Found {
    job: Option<String>,
    length: Span,
    quiet: Quiet,
    after: Timestamp,
    slots: Vec<FreeSlot>,
}

/// Buttons with the next three windows of this length in which nothing else of the job runs, outside quiet hours.
#[component]
pub(super) fn FreeSlots(
    /// The draft
    form: FormState,
    /// Its job
    job: Signal<Option<String>>,
    /// Its window, in whole seconds
    window: Signal<Option<Window>>,
    /// The runs around it; `None` without a job
    surroundings: Signal<Option<Surroundings>>,
    /// How many runs are known
    known_runs: Signal<KnownRuns>,
    /// The quiet hours
    quiet: Signal<Quiet>,
) -> impl IntoView {
    let ui = use_ui();
    let length = Memo::new(move |_| window.get().map(|window| window.end.since(window.start)));
    // By minutes: the clock ticks every second.
    let minute = Memo::new(move |_| Timestamp::from_millis(ui.clock.tick().millis().div_euclid(60_000) * 60_000));
    let found = Memo::new(move |before: Option<&Option<Found>>| {
        let (window, around) = (window.get()?, surroundings.get()?);
        let length = window.end.since(window.start);
        let (job, quiet, minute) = (job.get(), quiet.get(), minute.get());
        let is_moving = form.draft.with(Draft::is_start_moving);
        // What is offered stays while one of it is taken, or only time goes by: nothing moves under the pointer.
        let kept = before
            .and_then(Option::as_ref)
            .filter(|found| found.length == length && found.job == job && found.quiet == quiet)
            .filter(|found| {
                found.slots.iter().any(|slot| slot.window == window || is_moving && slot.window.start > minute)
            });
        // Nothing can start in the past.
        let after = kept.map_or_else(|| window.start.max(minute.plus(Span::from_minutes(1))), |found| found.after);
        let offset = |at| quiet.as_ref().map_or(0, |(_, zone)| zone.offset(at));
        let hours = quiet.as_ref().map(|(hours, _)| *hours);
        let of_job = around.of_job.active_windows();
        let slots = free_slots(of_job, &around.all, length, after, hours, &offset, OFFERED);
        Some(Found { job, length, quiet, after, slots })
    });
    let slots = Memo::new(move |_| found.with(|found| found.as_ref().map(|found| found.slots.clone())));
    let after = Memo::new(move |_| found.with(|found| found.as_ref().map(|found| found.after)));
    let take = move |slot: Window| {
        form.edit(|draft, now, offset| {
            draft.choose_start(StartChoice::At, now, offset);
            if draft.end == EndChoice::At {
                draft.set_window(slot.start, slot.end, now, offset);
            } else {
                draft.set_start(exact_text(slot.start, now, offset), now, offset);
            }
        });
    };
    let button = move |slot: FreeSlot| {
        let has_passed = Memo::new(move |_| slot.window.start <= minute.get());
        view! {
            <button
                type="button"
                class="slot"
                aria-pressed=move || (window.get() == Some(slot.window)).to_string()
                aria-disabled=move || has_passed.get().then_some("true")
                on:click=move |_| {
                    if !has_passed.get_untracked() {
                        take(slot.window);
                    }
                }
            >
                <span class="slot-window">{move || ui.settings.print_window(slot.window, ui.clock.now())}</span>
                " "
                <span class="hint">{move || if has_passed.get() { words::SLOT_PASSED.to_owned() } else { words::others_open(slot.open_then) }}</span>
            </button>
        }
    };
    let note = |text: &'static str| view! { <p class="hint">{text}</p> };
    let includes_quiet = Memo::new(move |_| slots.with(|slots| slots.iter().flatten().any(|slot| slot.includes_quiet)));
    let is_empty = Memo::new(move |_| slots.with(|slots| slots.as_ref().map(Vec::is_empty)));
    let without_window = Memo::new(move |_| {
        surroundings.with(|around| around.as_ref().map_or(0, |around| around.of_job.active_without_window()))
    });
    let body = move || {
        if known_runs.get() == KnownRuns::Loading {
            return view! { <p class="hint" role="status">{words::SLOTS_LOADING}</p> }.into_any();
        }
        match is_empty.get() {
            None => note(words::SLOTS_WITHOUT_JOB).into_any(),
            Some(true) => note(words::SLOTS_NONE).into_any(),
            Some(false) => view! {
                <div class="slot-choices">
                    <For each=move || slots.get().unwrap_or_default() key=|slot| (slot.window.start, slot.window.end, slot.open_then) children=button />
                </div>
            }
            .into_any(),
        }
    };
    let title = move || {
        let (length, after) = (length.get(), after.get());
        length.zip(after).map_or_else(
            || words::FREE_SLOTS.to_owned(),
            |(length, after)| {
                let from = ui.settings.print_readable(after, ui.clock.now());
                // The day: a time ends with its clock.
                let day = from.rsplit_once(' ').map_or(&*from, |(day, _)| day);
                words::free_slots(&length.exact_words(), day)
            },
        )
    };
    view! {
        <div class="free-slots" role="group" aria-labelledby="free-slots-title">
            <div class="slots-head">
                <h3 id="free-slots-title">{title}</h3>
                {move || matches!(known_runs.get(), KnownRuns::Partial(_)).then(|| note(words::SLOTS_PARTIAL))}
                {move || Some(without_window.get()).filter(|count| *count > 0).map(|count| view! {
                    <p class="hint">{words::without_window(count)}</p>
                })}
                {move || includes_quiet.get().then(|| note(words::SLOTS_INCLUDE_QUIET))}
            </div>
            <div class="slots-body">{body}</div>
        </div>
    }
}
