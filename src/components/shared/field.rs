//! A labelled field with its hint and its fault.

use crate::components::shared::{Icon, IconName};
use leptos::prelude::*;

/// A label, a control, what to know about it, and what is wrong with it. The control is given the ids to refer to.
#[component]
pub fn Field(
    /// The control's id
    id: &'static str,
    /// The label
    label: &'static str,
    /// What to know
    #[prop(into)]
    hint: Signal<String>,
    /// What is wrong
    #[prop(into)]
    fault: Signal<Option<String>>,
    /// The control; it carries `id`, `aria-describedby` and `aria-invalid`
    children: Children,
) -> impl IntoView {
    let message = move || {
        fault.get().map(|fault| {
            view! {
                <p class="field-fault">
                    <Icon name=IconName::Alert />
                    <bdi>{fault}</bdi>
                </p>
            }
        })
    };
    view! {
        <div class="field" class:faulty=move || fault.get().is_some()>
            <label for=id>{label}</label>
            {children()}
            <div id=describes(id) class="field-notes">
                <p class="field-hint">{move || hint.get()}</p>
                {message}
            </div>
        </div>
    }
}

/// The id of the notes that describe the control of this id.
pub fn describes(id: &str) -> String {
    format!("{id}-notes")
}
