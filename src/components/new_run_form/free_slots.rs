//! When the job has room for a window of this length.

use super::KnownRuns;
use super::form_state::FormState;
use crate::browser::zones::Zone;
use crate::context::use_ui;
use crate::state::planning::{Quiet, Surroundings, store_quiet, stored_quiet};
use crate::text::planning as words;
use leptos::prelude::*;
use runboard_core::draft::{EndChoice, StartChoice};
use runboard_core::time::input::exact_text;
use runboard_core::time::{Span, Timestamp};
use runboard_core::timeline::free_slots::{FreeSlot, free_slots};
use runboard_core::timeline::quiet_hours::QuietHours;
use runboard_core::window::Window;

/// How many are offered.
const OFFERED: usize = 3;

/// The slots, and what they were searched for.
#[derive(Clone, PartialEq)]
struct Found {
    after: Timestamp,
    length: Span,
    slots: Vec<FreeSlot>,
}

/// Buttons with the next three windows of this length in which nothing else of the job runs, outside quiet hours; and those hours.
#[component]
pub(super) fn FreeSlots(
    /// The draft
    form: FormState,
    /// Its window, in whole seconds
    window: Signal<Option<Window>>,
    /// The runs around it; `None` without a job
    surroundings: Signal<Option<Surroundings>>,
    /// How many runs are known
    known_runs: Signal<KnownRuns>,
    /// The quiet hours
    quiet: RwSignal<Quiet>,
) -> impl IntoView {
    let ui = use_ui();
    let length = Memo::new(move |_| window.get().map(|window| window.end.since(window.start)));
    let found = Memo::new(move |before: Option<&Option<Found>>| {
        let (window, around) = (window.get()?, surroundings.get()?);
        let length = window.end.since(window.start);
        // What is offered stays while one of it is taken: nothing moves under the pointer.
        let kept = before
            .and_then(Option::as_ref)
            .filter(|found| found.length == length && found.slots.iter().any(|slot| slot.window == window));
        let after = kept.map_or(window.start, |found| found.after);
        let quiet = quiet.get();
        let offset = |at| quiet.as_ref().map_or(0, |(_, zone)| zone.offset(at));
        let hours = quiet.as_ref().map(|(hours, _)| *hours);
        let of_job = around.of_job.active_windows();
        let slots = free_slots(of_job, &around.all, length, after, hours, &offset, OFFERED);
        Some(Found { after, length, slots })
    });
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
        let print = move || {
            let now = ui.clock.now();
            let to = ui.settings.print_readable_end(slot.window, now);
            words::window(&ui.settings.print_readable(slot.window.start, now), &to)
        };
        view! {
            <button
                type="button"
                class="slot"
                aria-pressed=move || (window.get() == Some(slot.window)).to_string()
                on:click=move |_| take(slot.window)
            >
                <span class="slot-window">{print}</span>
                " "
                <span class="hint">{words::others_open(slot.open_then)}</span>
            </button>
        }
    };
    let body = move || {
        let note = |text: &'static str| view! { <p class="hint">{text}</p> };
        let known = known_runs.get();
        if known == KnownRuns::Loading {
            return view! { <p class="hint" role="status">{words::SLOTS_LOADING}</p> }.into_any();
        }
        let Some(Found { slots, .. }) = found.get() else { return note(words::SLOTS_EMPTY).into_any() };
        if slots.is_empty() {
            return note(words::SLOTS_NONE).into_any();
        }
        let includes_quiet = slots.iter().any(|slot| slot.includes_quiet);
        view! {
            <div class="slot-choices">{slots.into_iter().map(button).collect_view()}</div>
            {matches!(known, KnownRuns::Partial(_)).then(|| note(words::SLOTS_PARTIAL))}
            {includes_quiet.then(|| note(words::SLOTS_INCLUDE_QUIET))}
        }
        .into_any()
    };
    let title = move || {
        length.get().map_or_else(|| words::FREE_SLOTS.to_owned(), |length| words::free_slots(&length.exact_words()))
    };
    view! {
        <div class="free-slots" role="group" aria-labelledby="free-slots-title">
            <h3 id="free-slots-title">{title}</h3>
            <div class="slots-body">{body}</div>
            <QuietHoursChoice quiet=quiet />
        </div>
    }
}

/// The quiet hours, folded away; they count by the clock of the zone that was chosen when they were entered.
#[component]
fn QuietHoursChoice(quiet: RwSignal<Quiet>) -> impl IntoView {
    let settings = use_ui().settings;
    let shown = move || {
        quiet.with(|quiet| {
            quiet.as_ref().map_or_else(
                || words::QUIET_NONE.to_owned(),
                |(hours, zone)| {
                    let [from, to] = hours.clocks();
                    words::quiet(&from, &to, zone.name())
                },
            )
        })
    };
    let entered = RwSignal::new(
        quiet.with_untracked(|quiet| quiet.as_ref().map_or_else(Default::default, |(hours, _)| hours.clocks())),
    );
    let enter = move |at: usize| {
        move |event| {
            let text = event_target_value(&event);
            entered.update(|entered| {
                if let Some(entered) = entered.get_mut(at) {
                    *entered = text;
                }
            });
            let [from, to] = entered.get_untracked();
            if let Some(hours) = QuietHours::parse(&[&*from, "-", &*to].concat()) {
                let zone: Zone = settings.zone_untracked();
                quiet.set(Some((hours, zone)));
                quiet.with_untracked(store_quiet);
            }
        }
    };
    let turn_off = move |_| {
        quiet.set(None);
        entered.set(Default::default());
        store_quiet(&None);
    };
    let field = move |label: &'static str, at: usize| {
        let value = move || entered.with(|entered| entered.get(at).cloned().unwrap_or_default());
        view! { <label class="choice"><span class="choice-label">{label}</span><input type="time" prop:value=value on:change=enter(at) /></label> }
    };
    view! {
        <details class="quiet-hours">
            <summary>{words::QUIET_HOURS} ": " <span class="hint">{shown}</span></summary>
            <div class="actions">
                {field(words::QUIET_FROM, 0)} {field(words::QUIET_TO, 1)}
                <span class="hint">{move || settings.zone().name().to_owned()}</span>
                <button type="button" class="button quiet" on:click=turn_off>{words::QUIET_OFF}</button>
            </div>
        </details>
    }
}

/// The quiet hours that were stored, for the parts of the form that share them.
pub(super) fn quiet_hours() -> RwSignal<Quiet> {
    RwSignal::new(stored_quiet())
}
