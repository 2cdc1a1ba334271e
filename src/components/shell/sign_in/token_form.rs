//! The field a token is pasted into.

use crate::components::shared::describes;
use crate::context::use_ui;
use crate::state::session::Session;
use crate::text::sign_in as words;
use leptos::prelude::*;
use runboard_core::claims::{self, TokenFault};
use runboard_core::time::print::Precision;

const FIELD: &str = "access-token";

/// A plain textbox (tokens are long) without autocomplete, emptied at once when it is sent. What is wrong with the
/// token is said before anything is sent, and so is what it holds.
#[component]
pub fn TokenForm(
    /// The session to sign in to
    session: Session,
) -> impl IntoView {
    let ui = use_ui();
    let field = NodeRef::<leptos::html::Textarea>::new();
    // The token itself stays in the field: only what it says of itself is kept here.
    let fault = RwSignal::new(None::<TokenFault>);
    let holds = RwSignal::new(None::<claims::Claims>);
    let print = move |at| ui.settings.print(at, Precision::Seconds);

    let look = move |_| {
        let pasted = field.get().map(|field| field.value()).unwrap_or_default();
        fault.set(None);
        holds.set(claims::read(&claims::clean(&pasted)).ok());
    };
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let Some(field) = field.get() else { return };
        ui.navigation.note_move();
        match session.sign_in(&field.value()) {
            Ok(_) => {
                field.set_value("");
                holds.try_set(None);
            }
            Err(wrong) => {
                fault.set(Some(wrong));
                let _ = field.focus();
            }
        }
    };
    // Enter sends: a token has no line breaks of its own.
    let on_key = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Enter" && !event.shift_key() {
            event.prevent_default();
            if let Some(form) = field.get().and_then(|field| field.form()) {
                let _ = form.request_submit();
            }
        }
    };
    let held = move || {
        holds.get().map(|claims| {
            let application = claims.application_id.unwrap_or_else(|| words::NO_APPLICATION.to_owned());
            let expiry =
                claims.expires_at.map_or_else(|| words::NO_EXPIRY.to_owned(), |at| words::valid_until(&print(at)));
            view! { <p class="field-hint"><bdi>{words::token_content(&application, &expiry)}</bdi></p> }
        })
    };
    let wrong = move || {
        fault.get().map(|wrong| view! { <p class="field-fault" role="alert">{words::token_fault(wrong, &print)}</p> })
    };
    view! {
        <form class="token-form" novalidate on:submit=submit>
            <div class="field" class:faulty=move || fault.get().is_some()>
                <label for=FIELD>{words::TOKEN}</label>
                <textarea
                    id=FIELD
                    class="token-field"
                    rows="4"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    aria-describedby=describes(FIELD)
                    aria-invalid=move || fault.get().is_some().then_some("true")
                    node_ref=field
                    on:input=look
                    on:keydown=on_key
                ></textarea>
                <div id=describes(FIELD) class="field-notes">
                    <p class="field-hint">{words::TOKEN_HINT}</p>
                    {held}
                    {wrong}
                </div>
            </div>
            <button type="submit" class="button primary">{words::TITLE}</button>
        </form>
    }
}
