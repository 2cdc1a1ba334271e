//! Notices shown on every page: the outcome of scheduling a run, and a change of identity.

use super::late_finds::LateFinds;
use crate::address::Address;
use crate::components::shared::{DismissButton, Notice, NoticeKind};
use crate::context::use_ui;
use crate::state::navigation::Page;
use crate::text::{create as words, shell};
use leptos::prelude::*;
use runboard_core::draft::Field;
use runboard_core::policy::create::{CreateState, Stage};
use runboard_core::policy::run_match::{Difference, DifferenceKind, Likeness};
use runboard_core::run::{Run, RunId};
use runboard_core::time::Timestamp;
use std::sync::Arc;

/// The outcome of a create after the user has left the form, and the note that the token belongs to someone else.
#[component]
pub fn Notices(
    /// The state of creates
    #[prop(into)]
    create_state: Signal<CreateState>,
    /// A run as it was last read, if it was; tracked
    #[prop(into)]
    run: Callback<RunId, Option<Arc<Run>>>,
    /// Called when the outcome is dismissed
    #[prop(into)]
    on_dismiss_create: Callback<()>,
    /// Called when the note about runs found later is dismissed
    #[prop(into)]
    on_dismiss_late_finds: Callback<()>,
    /// Called with the duplicates of a run, to stop them; asks for confirmation first
    #[prop(into)]
    on_stop_duplicates: Callback<Vec<RunId>>,
    /// Whether the new token is for another application or subject
    #[prop(into)]
    identity_changed: Signal<bool>,
    /// Called when that note is dismissed
    #[prop(into)]
    on_dismiss_identity: Callback<()>,
) -> impl IntoView {
    let ui = use_ui();
    let (navigation, settings) = (ui.navigation, ui.settings);
    let difference = move |difference: &Difference| {
        let print = |text: &str| match (difference.field, Timestamp::parse(text)) {
            (Field::Start | Field::End, Some(at)) => settings.print(at),
            (Field::Start | Field::End, None) => text.to_owned(),
            (Field::JobId | Field::Name, _) => ["“", text, "”"].concat(),
        };
        let got = difference.got.as_deref().filter(|_| difference.kind == DifferenceKind::Changed)?;
        let text = words::difference(difference.field, &print(&difference.sent), &print(got));
        Some(view! { <p>{text}</p> })
    };
    let view = Memo::new(move |_| navigation.page());
    let state = Memo::new(move |_| create_state.get());
    let outcome = move || {
        let state = state.get();
        let intent = state.current()?;
        let name = &intent.run.name;
        let run = intent.made.first().map(|made| Address::Run { id: made.id.clone() });
        let (kind, text, link) = match state.stage() {
            Stage::Created { differences } => {
                let changed: Vec<_> = differences.iter().filter_map(difference).collect();
                // Shown everywhere, even on the run's own page. A run that is as it was asked for gets a toast.
                let (text, is_changed) = (words::DIFFERS.to_owned(), !changed.is_empty());
                let details = changed.into_any();
                return is_changed.then(|| notice(NoticeKind::Error, text, details, run, on_dismiss_create));
            }
            Stage::Found if intent.made.iter().all(|made| made.likeness == Likeness::Exact) => {
                let words = if intent.refused { words::found_after_refusal_notice } else { words::found_notice };
                (NoticeKind::Info, words(name), run)
            }
            Stage::Found => (NoticeKind::Warning, words::probably_created_notice(name), run),
            Stage::Refused(_) => {
                let words = if intent.is_unchecked() { words::refused_notice } else { words::not_created_notice };
                (NoticeKind::Error, words(name), None)
            }
            Stage::Searching(_) => (NoticeKind::Error, words::unknown_notice(name), None),
            Stage::NotFound { .. } => (NoticeKind::Error, words::not_found_notice(name), None),
            Stage::Ready | Stage::Saving | Stage::Sent => return None,
        };
        // The form and the run's own page say it themselves.
        let redundant = match view.get() {
            Page::New(_) => true,
            Page::Run(id) => intent.made.iter().any(|made| made.id == id),
            _ => false,
        };
        (!redundant).then(|| notice(kind, text, ().into_any(), link, on_dismiss_create))
    };
    let identity = move || {
        identity_changed.get().then(|| {
            view! {
                <Notice kind=NoticeKind::Warning>
                    <p>{shell::SWITCHED}</p>
                    <div class="actions"><DismissButton on_dismiss=on_dismiss_identity /></div>
                </Notice>
            }
        })
    };
    view! {
        <div class="notices">
            {identity}
            <LateFinds state=state run=run on_dismiss=on_dismiss_late_finds on_stop_duplicates=on_stop_duplicates />
            {outcome}
        </div>
    }
}

/// An outcome and its details, with a link to the run or, where there is none, back to the form.
fn notice(
    kind: NoticeKind,
    text: String,
    details: AnyView,
    run: Option<Address>,
    on_dismiss: Callback<()>,
) -> impl IntoView {
    let (link, address) = match run {
        Some(address) => (words::OPEN_RUN, address),
        None => (words::GO_TO_FORM, Address::New { job: None, name: None, from: None }),
    };
    view! {
        <Notice kind=kind>
            <p>{text}</p>
            {details}
            <div class="actions">
                <a class="button" href=address.href()>{link}</a>
                <DismissButton on_dismiss=on_dismiss />
            </div>
        </Notice>
    }
}
