//! A field for a time, typed or picked from the browser's calendar.

use crate::browser::focus;
use crate::components::shared::{Field, Icon, IconName, notes_id};
use crate::context::use_ui;
use crate::text::form as words;
use leptos::prelude::*;
use runboard_core::time::Timestamp;
use runboard_core::time::input::{Choice, TimeInput, choices, end_reference, read, start_reference};
use runboard_core::time::print::{field_text, in_words};

/// A text field for a time in the chosen zone, which is shown beside it. The hint shows how the text is understood; where it may
/// mean two things, buttons ask which.
#[component]
pub fn TimeField(
    /// The control's id
    id: &'static str,
    /// The label
    label: &'static str,
    /// Whether only assistive technology is given the label, because a heading above says the same
    #[prop(optional)]
    hide_label: bool,
    /// The field's text
    text: Signal<String>,
    /// The start, if this is the end: a time of day alone is on its day
    #[prop(optional, into)]
    start: Signal<Option<Timestamp>>,
    /// The start that this one replaces: `+2h` counts from there
    #[prop(optional, into)]
    replaced_start: Signal<Option<Timestamp>>,
    /// What is wrong with it
    error: Memo<Option<String>>,
    /// Called with the new text
    #[prop(into)]
    on_input: Callback<String>,
    /// Called when the focus leaves the field, except for a button
    #[prop(into)]
    on_leave: Callback<()>,
) -> impl IntoView {
    let ui = use_ui();
    let picker = NodeRef::<leptos::html::Input>::new();
    let reference = move |text: &str, now| match replaced_start.get() {
        Some(replaced) => start_reference(text, Some(replaced), now),
        None => end_reference(text, start.get(), now),
    };
    let parsed = Memo::new(move |_| {
        let (now, zone) = (ui.clock.tick(), ui.settings.zone());
        let read = |text: &String| read(text, reference(text, now), &|at| zone.offset(at));
        match text.with(read) {
            TimeInput::At(at) => Some(at),
            _ => None,
        }
    });
    let hint = Signal::derive(move || match parsed.get() {
        Some(at) => {
            let offset = ui.settings.zone().offset(at);
            words::understood(&in_words(at, offset), at.since(ui.clock.tick()))
        }
        None => words::TIME_HINT.to_owned(),
    });
    let asked = Memo::new(move |_| {
        let (now, zone) = (ui.clock.tick(), ui.settings.zone());
        text.with(|text| choices(text, reference(text, now), &|at| zone.offset(at)))
    });
    let answer = move |Choice { label, text }: Choice| {
        let choose = move |_| {
            on_input.run(text.clone());
            // The buttons go; what was asked about keeps the focus.
            focus::first(&["#", id].concat());
        };
        view! { <button type="button" class="quick" on:click=choose>{label}</button> }
    };
    let question = move || {
        let answers = asked.get();
        (!answers.is_empty()).then(|| {
            view! {
                <div class="quick-choices" role="group" aria-label=words::which_time(label)>
                    {answers.into_iter().map(answer).collect_view()}
                </div>
            }
        })
    };
    let open_picker = move |_| {
        let Some(picker) = picker.get() else { return };
        if let Some(at) = parsed.get_untracked() {
            let zone = ui.settings.zone_untracked();
            picker.set_value(&field_text(at, zone.offset(at)).replace(' ', "T"));
        }
        let _ = picker.show_picker();
    };
    let on_pick = move |event| {
        let value: String = event_target_value(&event);
        if !value.is_empty() {
            on_input.run(value.replace('T', " "));
        }
    };
    let on_blur = move |event: web_sys::FocusEvent| {
        if !focus::moves_to_button(&event) {
            // Removing a field that has the focus sends `blur` when the callback is already gone.
            on_leave.try_run(());
        }
    };
    view! {
        <Field id=id label=label hide_label=hide_label hint=hint error=error>
            <span class="time-field">
                <input
                    id=id
                    type="text"
                    inputmode="text"
                    autocomplete="off"
                    spellcheck="false"
                    aria-required="true"
                    aria-describedby=notes_id(id)
                    aria-invalid=move || error.get().is_some().then_some("true")
                    prop:value=move || text.get()
                    on:input=move |event| on_input.run(event_target_value(&event))
                    on:blur=on_blur
                />
                <span class="zone-mark">{move || ui.settings.zone().name().to_owned()}</span>
                <button
                    type="button"
                    class="button quiet small"
                    aria-label=words::pick_date(label)
                    title=words::pick_date(label)
                    on:click=open_picker
                >
                    <Icon name=IconName::Calendar />
                </button>
                <input
                    class="picker"
                    type="datetime-local"
                    step="60"
                    tabindex="-1"
                    aria-hidden="true"
                    node_ref=picker
                    on:change=on_pick
                />
            </span>
            {question}
        </Field>
    }
}
