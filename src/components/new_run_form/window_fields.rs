//! The fields for the start and the end of the run's window.

use super::form_state::{END_ID, FormState, LENGTH_ID, START_ID};
use super::time_field::TimeField;
use crate::components::shared::{Field, notes_id};
use crate::text::form as words;
use leptos::prelude::*;
use runboard_core::draft::{EndChoice, Field as DraftField, StartChoice};

/// Start: now or at a time. End: at a time or after a duration.
#[component]
pub(super) fn WindowFields(
    /// The draft and its errors
    form: FormState,
) -> impl IntoView {
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
                    text=text
                    error=form.error(DraftField::Start)
                    on_input=move |text| draft.update(|draft| draft.start_text = text)
                    on_leave=move |()| form.leave(DraftField::Start)
                />
            }
        })
    };
    let end_field = move || {
        let error = form.error(DraftField::End);
        match end.get() {
            EndChoice::At => {
                let text = Signal::derive(move || draft.with(|draft| draft.end_text.clone()));
                view! {
                    <TimeField
                        id=END_ID
                        label=words::END
                        text=text
                        error=error
                        on_input=move |text| draft.update(|draft| draft.end_text = text)
                        on_leave=move |()| form.leave(DraftField::End)
                    />
                }
                .into_any()
            }
            EndChoice::After => view! {
                <Field id=LENGTH_ID label=words::LENGTH hint=words::LENGTH_HINT.to_owned() error=error>
                    <input
                        id=LENGTH_ID
                        type="text"
                        autocomplete="off"
                        aria-required="true"
                        aria-describedby=notes_id(LENGTH_ID)
                        aria-invalid=move || error.get().is_some().then_some("true")
                        prop:value=move || draft.with(|draft| draft.after_text.clone())
                        on:input=move |event| draft.update(|draft| draft.after_text = event_target_value(&event))
                        on:blur=form.on_blur(DraftField::End)
                    />
                </Field>
            }
            .into_any(),
        }
    };
    let start_radio = move |label: &'static str, choice: StartChoice| {
        let choose = move |_| draft.update(|draft| draft.start = choice);
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
        let choose = move |_| draft.update(|draft| draft.end = choice);
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
            <div class="radios">
                {start_radio(words::NOW, StartChoice::Now)}
                {start_radio(words::AT, StartChoice::At)}
            </div>
            {start_field}
        </fieldset>
        <fieldset class="when">
            <legend>{words::END_GROUP}</legend>
            <div class="radios">
                {end_radio(words::AT, EndChoice::At)}
                {end_radio(words::AFTER, EndChoice::After)}
            </div>
            {end_field}
        </fieldset>
    }
}
