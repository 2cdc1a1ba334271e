//! A form field: label, control, hint and error.

use crate::components::shared::{Icon, IconName};
use crate::text::form;
use leptos::prelude::*;
use runboard_core::clean::Cleaned;

/// A label, a control, a hint and an error message. The control refers to the last two with [`notes_id`].
#[component]
pub fn Field(
    /// The control's id
    id: &'static str,
    /// The label
    label: &'static str,
    /// Whether only assistive technology is given the label, because a heading above says the same
    #[prop(optional)]
    hide_label: bool,
    /// Explains what to enter; makes room for an error
    #[prop(into)]
    hint: Signal<String>,
    /// What is wrong with the value
    #[prop(into)]
    error: Signal<Option<String>>,
    /// What is sent in place of what was typed, if something was typed along that nobody means
    #[prop(optional, into)]
    cleaned: Signal<Option<Cleaned>>,
    /// The control; it sets `id`, `aria-describedby` and `aria-invalid` itself
    children: Children,
) -> impl IntoView {
    let message = move || {
        error.get().map(|error| {
            view! {
                <p class="field-fault">
                    <Icon name=IconName::Alert />
                    <bdi>{error}</bdi>
                </p>
            }
        })
    };
    let note = move || {
        let cleaned = cleaned.get().filter(|cleaned| !cleaned.text.is_empty());
        cleaned.map(|cleaned| {
            let what = form::cleaned(&cleaned);
            view! { <p class="field-hint" role="status">{what} " " {form::SENT_AS} " " <bdi>{cleaned.text}</bdi></p> }
        })
    };
    view! {
        <div class="field" class:faulty=move || error.get().is_some()>
            <label for=id class:unseen=hide_label>{label}</label>
            {children()}
            <div id=notes_id(id) class="field-notes">
                <p class="field-hint" hidden=move || error.get().is_some()>{move || hint.get()}</p>
                {note}
                {message}
            </div>
        </div>
    }
}

/// The id of the element that holds the hint and the error of the control with this id, for its `aria-describedby`.
pub fn notes_id(control_id: &str) -> String {
    format!("{control_id}-notes")
}
