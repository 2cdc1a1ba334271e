//! The form for pasting an access token.

use crate::components::shared::notes_id;
use crate::context::use_ui;
use crate::state::sign_in_handle::SignInHandle;
use crate::text::sign_in as words;
use leptos::prelude::*;
use runboard_core::claims::{self, Claims, TokenFault};

const FIELD_ID: &str = "access-token";

/// A multi-line field, since tokens are long, which the browser neither completes nor corrects and which is emptied on success.
/// It shows the token's claims and what is wrong with it before anything is sent.
#[component]
pub fn TokenForm(
    /// Signs in
    sign_in: SignInHandle,
) -> impl IntoView {
    let ui = use_ui();
    let field = NodeRef::<leptos::html::Textarea>::new();
    // Only the claims are kept here; the token itself never leaves the field.
    let error = RwSignal::new(None::<TokenFault>);
    let claims = RwSignal::new(None::<Claims>);
    let print = move |at| ui.settings.print(at);

    let on_input = move |_| {
        let pasted = field.get().map(|field| field.value()).unwrap_or_default();
        error.set(None);
        claims.set(claims::read(&claims::clean(&pasted)).ok());
    };
    let on_submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let Some(field) = field.get() else { return };
        ui.navigation.note_move();
        match sign_in.with_pasted_token(&field.value()) {
            Ok(()) => {
                field.set_value("");
                claims.try_set(None);
            }
            Err(fault) => {
                error.set(Some(fault));
                let _ = field.focus();
            }
        }
    };
    // Enter submits, since a token has no line breaks.
    let on_keydown = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Enter" && !event.shift_key() {
            event.prevent_default();
            if let Some(form) = field.get().and_then(|field| field.form()) {
                let _ = form.request_submit();
            }
        }
    };
    let claims_text = move || {
        claims.get().map(|claims| {
            let application = claims.application_id.unwrap_or_else(|| words::NO_APPLICATION.to_owned());
            let expiry =
                claims.expires_at.map_or_else(|| words::NO_EXPIRY.to_owned(), |at| words::valid_until(&print(at)));
            view! { <p class="field-hint">{words::token_content(&application, &expiry)}</p> }
        })
    };
    let error_text = move || {
        error.get().map(|fault| view! { <p class="field-fault" role="alert">{words::token_fault(fault, &print)}</p> })
    };
    view! {
        <form class="token-form" novalidate on:submit=on_submit>
            <div class="field" class:faulty=move || error.get().is_some()>
                <label for=FIELD_ID>{words::TOKEN}</label>
                <textarea
                    id=FIELD_ID
                    class="token-field"
                    rows="4"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    aria-describedby=notes_id(FIELD_ID)
                    aria-invalid=move || error.get().is_some().then_some("true")
                    node_ref=field
                    on:input=on_input
                    on:keydown=on_keydown
                ></textarea>
                <div id=notes_id(FIELD_ID) class="field-notes">
                    <p class="field-hint">{words::TOKEN_HINT}</p>
                    {claims_text}
                    {error_text}
                </div>
            </div>
            <button type="submit" class="button primary">{words::TITLE}</button>
        </form>
    }
}
