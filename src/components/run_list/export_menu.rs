//! Exporting the listed runs to a file.

use crate::browser::download;
use crate::browser::number;
use crate::components::shared::{CloseMenu, IconName, MenuButton};
use crate::context::{UiContext, use_ui};
use crate::lazy::lazy;
use crate::state::list::ListHandle;
use crate::text::{activity, list as words, shell};
use leptos::prelude::*;
use runboard_core::export;
use runboard_core::phase::Phase;
use runboard_core::query::IndexedRun;
use runboard_core::run::Run;
use std::sync::Arc;

/// The button "Export" and its menu. Disabled while there are no runs.
#[component]
pub(super) fn ExportMenu(
    /// The list engine
    list: ListHandle,
    /// Whether not all runs are known, or not yet
    partial: Memo<bool>,
) -> impl IntoView {
    let no_runs = Memo::new(move |_| list.listing().with(|listing| listing.total == 0));
    view! {
        <MenuButton
            id="export-menu"
            icon=IconName::Download
            in_toolbar=true
            label=words::EXPORT
            disabled=no_runs
            load=move |menu| formats(list, partial, menu)
        />
    }
}

lazy! {
    /// A button for each file format, which says how many runs the file will hold and whether that is all of them.
    fn formats(list: ListHandle, partial: Memo<bool>, menu: CloseMenu) -> AnyView {
        let ui = use_ui();
        let counts = list.derive_settled(|listing| (listing.ids.len(), listing.total));
        let scope = Memo::new(move |_| {
            let (listed, total) = counts.get();
            words::export_scope(&number::count(listed), listed < total, partial.get())
        });
        // During a search the button may still show the number from before: do not export anything else than it says.
        let save = move |csv: bool| {
            if list.finish_search(counts) {
                menu.close();
                write_file(ui, list, csv);
            }
        };
        let hand_over = move |_| {
            menu.close();
            ui.hand_over.set(true);
        };
        view! {
            <div class="menu-links">
                <button type="button" class="menu-item" on:click=move |_| save(true)>
                    {move || words::export(&scope.get(), "CSV")}
                </button>
                <button type="button" class="menu-item" on:click=move |_| save(false)>
                    {move || words::export(&scope.get(), "JSON")}
                </button>
                <button type="button" class="menu-item" on:click=hand_over>{activity::HAND_OVER_TITLE}</button>
            </div>
        }
        .into_any()
    }
}

/// Writes the listed runs to a file that the browser saves.
fn write_file(ui: UiContext, list: ListHandle, csv: bool) {
    let now = ui.clock.now();
    let runs: Vec<Arc<Run>> =
        list.listing().with_untracked(|listing| listing.ids.iter().filter_map(|id| list.run_untracked(id)).collect());
    let config = ui.config.get();
    let mut rows = runs.iter().map(|run| IndexedRun {
        run,
        phase: Phase::of(run, now),
        job_label: run.job_id.as_ref().and_then(|job| config.jobs.get(job.as_str())),
    });
    let zone = ui.settings.zone_untracked();
    let (extension, kind, text) = if csv {
        // Without a byte order mark, spreadsheets assume the encoding of the user's country.
        let text = ["\u{feff}", &export::csv(&mut rows, now, zone.name(), &|at| zone.offset(at))].concat();
        ("csv", "text/csv;charset=utf-8", text)
    } else {
        ("json", "application/json", export::json(&mut rows, now))
    };
    let name = words::file_name(&now.to_iso().replace(':', ""), extension);
    let saved = download::save(&name, kind, &text);
    ui.announcer.say(if saved { words::EXPORTED } else { shell::NOT_SAVED });
}
