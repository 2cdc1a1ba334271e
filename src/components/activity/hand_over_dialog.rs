//! The text for the next shift.

use crate::browser::dialog;
use crate::browser::zones::{self, Zone};
use crate::components::shared::{Copier, CopyByHand};
use crate::context::use_ui;
use crate::state::known_runs::KnownRuns;
use crate::text::activity as words;
use leptos::prelude::*;

/// The text in its forms.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct HandOverText {
    /// For a chat or a mail
    pub plain: String,
    /// For a wiki
    pub markdown: String,
    /// Opens a mail with it, unless it is too long for that
    pub mail: Option<String>,
}

/// A dialog with the text in two zones, to copy or to mail.
#[component]
pub fn HandOverDialog(
    /// Whether it is open
    open: RwSignal<bool>,
    /// The text
    #[prop(into)]
    text: Signal<HandOverText>,
    /// How many of all runs are known
    #[prop(into)]
    known_runs: Signal<KnownRuns>,
    /// The zones of its times
    zones: [RwSignal<Zone>; 2],
    /// Called when the person chooses the second zone
    #[prop(into)]
    on_second_zone: Callback<Zone>,
    /// Called when it is copied or mailed
    #[prop(into)]
    on_handed_over: Callback<()>,
) -> impl IntoView {
    let ui = use_ui();
    let node = NodeRef::<leptos::html::Dialog>::new();
    Effect::new(move |_| {
        let Some(node) = node.get() else { return };
        if open.get() { dialog::open(&node) } else { dialog::close(&node) }
    });
    let copier = Copier::new(ui.announcer);
    let copy = move |markdown: bool| {
        let text = text.get_untracked();
        copier.copy(if markdown { text.markdown } else { text.plain });
        on_handed_over.run(());
    };
    let [first, second] = zones;
    let note = move || match known_runs.get() {
        KnownRuns::Loading => Some(words::HAND_OVER_LOADING),
        KnownRuns::Partial(_) => Some(words::HAND_OVER_PARTIAL),
        KnownRuns::All => None,
    };
    let mail = Memo::new(move |_| text.with(|text| text.mail.clone()));
    let mail_link = move || {
        mail.get().map(|link| {
            view! { <a class="button" href=link on:click=move |_| on_handed_over.run(())>{words::MAIL}</a> }
        })
    };
    let too_long = move || mail.with(Option::is_none).then_some(words::TOO_LONG_FOR_MAIL);
    // The browser sends the event a moment after the dialog was closed, when it may be open again.
    let on_close = move |_: web_sys::Event| {
        if node.get_untracked().is_none_or(|node| !node.open()) {
            open.try_set(false);
        }
    };
    view! {
        <dialog
            class="dialog wide hand-over"
            aria-labelledby="hand-over-title"
            node_ref=node
            on:close=on_close
        >
            <h2 id="hand-over-title">{words::HAND_OVER_TITLE}</h2>
            <div class="hand-over-body">
                <div class="hand-over-zones">
                    <span>{words::HAND_OVER_ZONES}</span>
                    <ZoneChoice label=words::HAND_OVER_FIRST_ZONE zone=first on_choose=move |_| () />
                    <ZoneChoice label=words::HAND_OVER_SECOND_ZONE zone=second on_choose=on_second_zone />
                </div>
                <p class="hint" role="status">{note}</p>
                <textarea readonly rows="14" aria-label=words::HAND_OVER_TEXT prop:value=move || text.with(|text| text.plain.clone())></textarea>
                <p class="hint">{words::HAND_OVER_KEPT} " " {too_long}</p>
                <CopyByHand copier=copier />
            </div>
            <div class="dialog-actions">
                <button type="button" class="button" on:click=move |_| open.set(false)>{words::CLOSE}</button>
                {mail_link}
                <button type="button" class="button" on:click=move |_| copy(true)>{words::COPY_MARKDOWN}</button>
                <button type="button" class="button primary" data-first="" on:click=move |_| copy(false)>{words::COPY_PLAIN}</button>
            </div>
        </dialog>
    }
}

#[component]
fn ZoneChoice(label: &'static str, zone: RwSignal<Zone>, #[prop(into)] on_choose: Callback<Zone>) -> impl IntoView {
    let mut names = zones::names();
    for name in ["UTC", zone.get_untracked().name()] {
        if !names.iter().any(|other| other == name) {
            names.insert(0, name.to_owned());
        }
    }
    let choose = move |event| {
        if let Some(chosen) = Zone::named(&event_target_value(&event)) {
            zone.set(chosen.clone());
            on_choose.run(chosen);
        }
    };
    let option = move |name: String| {
        let value = name.clone();
        let selected = move || zone.with(|zone| zone.name() == value);
        let label = name.clone();
        view! { <option value=name prop:selected=selected>{label}</option> }
    };
    view! { <select aria-label=label on:change=choose>{names.into_iter().map(option).collect_view()}</select> }
}
