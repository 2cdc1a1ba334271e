//! The fields for the start and the end of the run's window.

use super::form_state::{END_ID, FormState, LENGTH_ID, START_ID};
use super::quick_choices::{LengthChoices, StartChoices};
use super::time_field::TimeField;
use crate::components::shared::{Field, notes_id};
use crate::context::use_ui;
use crate::text::form as words;
use leptos::prelude::*;
use runboard_core::draft::{EndChoice, Field as DraftField, StartChoice};
use runboard_core::time::print::in_words;

/// Start: now or at a time. End: at a time or after a duration. The duration is shown and can be changed either way.
#[component]
pub(super) fn WindowFields(
    /// The draft and its errors
    form: FormState,
) -> impl IntoView {
    let ui = use_ui();
    let draft = form.draft;
    // Memos, so that typing into a field does not re-create it.
    let start = Memo::new(move |_| draft.with(|draft| draft.start));
    let end = Memo::new(move |_| draft.with(|draft| draft.end));
    let start_field = move || {
        let text = Signal::derive(move || draft.with(|draft| draft.start_text.clone()));
        (start.get() == StartChoice::At).then(|| {
            view! {
                <TimeField
                    id=START_ID
                    label=words::START
                    hide_label=true
                    text=text
                    replaced_start=form.replaced_start
                    error=form.error(DraftField::Start)
                    on_input=move |text| form.edit(|draft, now, offset| draft.set_start(text, now, offset))
                    on_leave=move |()| form.leave(DraftField::Start)
                />
            }
        })
    };
    let end_field = move || {
        let text = Signal::derive(move || draft.with(|draft| draft.end_text.clone()));
        (end.get() == EndChoice::At).then(|| {
            view! {
                <TimeField
                    id=END_ID
                    label=words::END
                    text=text
                    start=form.start_at()
                    error=form.end_error()
                    on_input=move |text| form.edit(|draft, now, offset| draft.set_end(text, now, offset))
                    on_leave=move |()| form.leave(DraftField::End)
                />
            }
        })
    };
    let length_error = form.length_error();
    // The end stays in sight where it follows from the duration.
    let length_hint = Signal::derive(move || {
        let zone = ui.settings.zone();
        let end = (end.get() == EndChoice::After)
            .then(|| draft.with(|draft| draft.window(ui.clock.tick(), &|at| zone.offset(at)).1))
            .and_then(|end| end.ok().flatten());
        end.map_or_else(|| words::LENGTH_HINT.to_owned(), |at| words::ends_at(&in_words(at, zone.offset(at))))
    });
    let start_radio = move |label: &'static str, choice: StartChoice| {
        let choose = move |_| form.edit(|draft, now, offset| draft.choose_start(choice, now, offset));
        view! {
            <label class="radio">
                <input
                    type="radio"
                    name="start-choice"
                    prop:checked=move || start.get() == choice
                    on:change=choose
                />
                {label}
            </label>
        }
    };
    let end_radio = move |label: &'static str, choice: EndChoice| {
        let choose = move |_| form.edit(|draft, now, offset| draft.choose_end(choice, now, offset));
        view! {
            <label class="radio">
                <input
                    type="radio"
                    name="end-choice"
                    prop:checked=move || end.get() == choice
                    on:change=choose
                />
                {label}
            </label>
        }
    };
    view! {
        <fieldset class="when">
            <legend>{words::START_GROUP}</legend>
            <div class="when-ways">
                <div class="radios">
                    {start_radio(words::AT, StartChoice::At)}
                    {start_radio(words::NOW, StartChoice::Now)}
                </div>
                <StartChoices form=form />
            </div>
            {start_field}
        </fieldset>
        <fieldset class="when">
            <legend>{words::END_GROUP}</legend>
            <div class="when-ways">
                <div class="radios">
                    {end_radio(words::AT, EndChoice::At)}
                    {end_radio(words::AFTER, EndChoice::After)}
                </div>
                <LengthChoices form=form />
            </div>
            <div class="end-fields">
            {end_field}
            <Field id=LENGTH_ID label=words::LENGTH hint=length_hint error=length_error>
                <input
                    id=LENGTH_ID
                    type="text"
                    autocomplete="off"
                    aria-required=move || (end.get() == EndChoice::After).then_some("true")
                    aria-describedby=notes_id(LENGTH_ID)
                    aria-invalid=move || length_error.get().is_some().then_some("true")
                    prop:value=move || draft.with(|draft| draft.after_text.clone())
                    on:input=move |event| {
                        let text = event_target_value(&event);
                        form.edit(|draft, now, offset| draft.set_length(text, now, offset));
                    }
                    on:blur=form.on_blur(DraftField::End)
                />
            </Field>
            </div>
        </fieldset>
    }
}
