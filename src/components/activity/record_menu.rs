//! What can be done with the record: the listed entries as a file or on the clipboard, and clearing it.

use crate::browser::{download, number};
use crate::components::shared::{CloseMenu, Copier, CopyByHand, IconName, MenuButton};
use crate::context::use_ui;
use crate::lazy::lazy;
use crate::text::{activity as words, shell};
use leptos::prelude::*;
use runboard_core::activity::{self, Entry};
use std::sync::Arc;

/// The button "More" and its menu.
#[component]
pub(super) fn RecordMenu(
    /// What is listed
    entries: Signal<Vec<Arc<Entry>>>,
    /// Whether nothing is recorded
    is_empty: Signal<bool>,
    /// Asks whether to clear the record
    on_clear: Callback<()>,
) -> impl IntoView {
    view! {
        <MenuButton id="record-menu" icon=IconName::More label=words::MORE disabled=is_empty load=move |menu| items(entries, on_clear, menu) />
    }
}

lazy! {
    fn items(entries: Signal<Vec<Arc<Entry>>>, on_clear: Callback<()>, menu: CloseMenu) -> AnyView {
        let ui = use_ui();
        let copier = Copier::new(ui.announcer);
        let nothing_listed = Memo::new(move |_| entries.with(Vec::is_empty));
        let count = move || words::shown_count(&number::count(entries.with(Vec::len)), &number::count(entries.with(Vec::len)));
        let text = move |csv: bool| {
            let zone = ui.settings.zone_untracked();
            entries.with_untracked(|entries| {
                if csv { activity::csv(entries, zone.name(), &|at| zone.offset(at)) } else { activity::json(entries) }
            })
        };
        let save = move |csv: bool| {
            menu.close();
            let (extension, kind) = if csv { ("csv", "text/csv;charset=utf-8") } else { ("json", "application/json") };
            // Without a byte order mark, spreadsheets assume the encoding of the user's country.
            let text = if csv { ["\u{feff}", &text(true)].concat() } else { text(false) };
            let name = words::file_name(&ui.clock.now().to_iso().replace(':', ""), extension);
            let saved = download::save(&name, kind, &text);
            ui.announcer.say(if saved { words::SAVED } else { shell::NOT_SAVED });
        };
        let item = move |csv: bool, format: &'static str| view! {
            <button type="button" class="menu-item" disabled=nothing_listed on:click=move |_| save(csv)>{move || words::save(&count(), format)}</button>
            <button type="button" class="menu-item" disabled=nothing_listed on:click=move |_| copier.copy(text(csv))>{move || words::copy(&count(), format)}</button>
        };
        let clear = move |_| {
            menu.close();
            on_clear.run(());
        };
        view! {
            <div class="menu-links">{item(true, "CSV")} {item(false, "JSON")}</div>
            <CopyByHand copier=copier />
            <div class="menu-links"><button type="button" class="menu-item" on:click=clear>{words::CLEAR}</button></div>
        }
        .into_any()
    }
}
