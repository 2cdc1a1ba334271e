//! Buttons that fill in a usual start or length.

use super::form_state::FormState;
use crate::text::form as words;
use leptos::prelude::*;
use runboard_core::draft::StartChoice;
use runboard_core::time::input::{TimeInput, exact_text, read};
use runboard_core::time::zone::{Offset, day_later};
use runboard_core::time::{Span, Timestamp};

/// In an hour, tomorrow morning, Monday morning; where a run is rescheduled, one hour, two hours or a day after its own start.
#[component]
pub(super) fn StartChoices(
    /// The draft
    form: FormState,
    /// When the run starts that the new one replaces
    old_start: Signal<Option<Timestamp>>,
) -> impl IntoView {
    let set = move |at: &dyn Fn(Offset<'_>) -> Timestamp| {
        form.edit(|draft, now, offset| {
            draft.choose_start(StartChoice::At, now, offset);
            draft.set_start(exact_text(at(offset), now, offset), now, offset);
        });
    };
    let shifts = move |start: Timestamp| {
        let button = move |(label, hours): (&'static str, i64)| {
            let choose = move |_| set(&|_| start.plus(Span::from_hours(hours)));
            view! { <button type="button" class="quick" on:click=choose>{label}</button> }
        };
        let next_day = move |_| set(&|offset| day_later(start, offset));
        view! {
            {words::START_SHIFTS.map(button).collect_view()}
            <button type="button" class="quick" on:click=next_day>{words::DAY_LATER}</button>
        }
    };
    let choose = move |text: &'static str| {
        move |_| {
            form.edit(|draft, now, offset| {
                // Whole minutes, as a person would write; where the clocks change, the field asks.
                let text = match read(text, now, offset) {
                    TimeInput::At(at) => exact_text(whole_minute(at), now, offset),
                    _ => text.to_owned(),
                };
                draft.choose_start(StartChoice::At, now, offset);
                draft.set_start(text, now, offset);
            });
        }
    };
    let button = move |(label, text): (&'static str, &'static str)| {
        view! { <button type="button" class="quick" on:click=choose(text)>{label}</button> }
    };
    view! {
        <div class="quick-choices" role="group" aria-label=words::START_CHOICES>
            {move || match old_start.get() {
                Some(start) => shifts(start).into_any(),
                None => words::START_CHOICE_TEXTS.map(button).collect_view().into_any(),
            }}
        </div>
    }
}

/// One hour, eight hours, a day.
#[component]
pub(super) fn LengthChoices(
    /// The draft
    form: FormState,
) -> impl IntoView {
    let button = move |text: &'static str| {
        let choose = move |_| form.edit(|draft, now, offset| draft.set_length(text.to_owned(), now, offset));
        view! { <button type="button" class="quick" on:click=choose>{text}</button> }
    };
    view! {
        <div class="quick-choices" role="group" aria-label=words::LENGTH_CHOICES>
            {words::LENGTH_CHOICE_TEXTS.map(button).collect_view()}
        </div>
    }
}

/// The next whole minute.
fn whole_minute(at: Timestamp) -> Timestamp {
    let into = at.millis().rem_euclid(60_000);
    if into == 0 { at } else { at.plus(Span::from_millis(60_000 - into)) }
}
