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
) -> impl IntoView {
    let button = move |label: &'static str, text: Box<dyn Fn(Timestamp, Offset<'_>) -> String>| {
        let choose = move |_| {
            form.edit(|draft, now, offset| {
                draft.choose_start(StartChoice::At, now, offset);
                draft.set_start(text(now, offset), now, offset);
            });
        };
        view! { <button type="button" class="quick" on:click=choose>{label}</button> }
    };
    let usual = move |(label, text): (&'static str, &'static str)| {
        // Whole minutes, as a person would write; where the clocks change, the field asks.
        let text = move |now, offset: Offset<'_>| match read(text, now, offset) {
            TimeInput::At(at) => exact_text(whole_minute(at), now, offset),
            _ => text.to_owned(),
        };
        button(label, Box::new(text))
    };
    let choices = move || match form.replaced_start.get() {
        None => words::START_CHOICE_TEXTS.map(usual).collect_view().into_any(),
        Some(start) => {
            let later = |(label, hours): (&'static str, i64)| {
                let text = move |now, offset: Offset<'_>| exact_text(start.plus(Span::from_hours(hours)), now, offset);
                button(label, Box::new(text))
            };
            let next_day = move |now, offset: Offset<'_>| exact_text(day_later(start, offset), now, offset);
            view! {
                {words::START_SHIFTS.map(later).collect_view()}
                {button(words::DAY_LATER, Box::new(next_day))}
            }
            .into_any()
        }
    };
    view! {
        <div class="quick-choices" role="group" aria-label=words::START_CHOICES>
            {choices}
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
