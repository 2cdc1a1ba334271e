//! A field that takes a time: typed, or picked from the browser's calendar.

use crate::browser::focus;
use crate::components::shared::{Field, Icon, IconName, describes};
use crate::context::use_ui;
use crate::text::form as words;
use leptos::prelude::*;
use runboard_core::time::input::{TimeInput, read};
use runboard_core::time::print::{Precision, field_text};

/// A text field for a time in the chosen zone, which is printed beside it, with what was understood.
#[component]
pub fn TimeField(
    /// The control's id
    id: &'static str,
    /// The label
    label: &'static str,
    /// The text
    text: Signal<String>,
    /// What is wrong
    fault: Signal<Option<String>>,
    /// The person typed
    #[prop(into)]
    on_text: Callback<String>,
    /// The person left the field
    #[prop(into)]
    on_leave: Callback<()>,
) -> impl IntoView {
    let ui = use_ui();
    let picker = NodeRef::<leptos::html::Input>::new();
    let understood = Memo::new(move |_| {
        let (now, zone) = (ui.clock.tick(), ui.settings.zone());
        match text.with(|text| read(text, now, &|at| zone.offset(at))) {
            TimeInput::At(at) => Some(at),
            _ => None,
        }
    });
    let hint = Signal::derive(move || match understood.get() {
        Some(at) => words::understood(&ui.settings.print(at, Precision::Seconds)),
        None => words::TIME_HINT.to_owned(),
    });
    let pick = move |_| {
        let Some(picker) = picker.get() else { return };
        if let Some(at) = understood.get_untracked() {
            let zone = ui.settings.zone();
            picker.set_value(&field_text(at, zone.offset(at)).replace(' ', "T"));
        }
        let _ = picker.show_picker();
    };
    let picked = move |event| {
        let value: String = event_target_value(&event);
        if !value.is_empty() {
            on_text.run(value.replace('T', " "));
        }
    };
    view! {
        <Field id=id label=label hint=hint fault=fault>
            <span class="time-field">
                <input
                    id=id
                    type="text"
                    inputmode="text"
                    autocomplete="off"
                    spellcheck="false"
                    aria-required="true"
                    aria-describedby=describes(id)
                    aria-invalid=move || fault.get().is_some().then_some("true")
                    prop:value=move || text.get()
                    on:input=move |event| on_text.run(event_target_value(&event))
                    on:blur=move |event| if !focus::moves_to_button(&event) { on_leave.run(()) }
                />
                <span class="zone-mark">{move || ui.settings.zone().name().to_owned()}</span>
                <button type="button" class="button quiet small" aria-label=words::pick_date(label) title=words::pick_date(label) on:click=pick>
                    <Icon name=IconName::Calendar />
                </button>
                <input
                    class="picker"
                    type="datetime-local"
                    step="60"
                    tabindex="-1"
                    aria-hidden="true"
                    node_ref=picker
                    on:change=picked
                />
            </span>
        </Field>
    }
}
