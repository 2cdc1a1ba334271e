//! Single keys, for the whole app.

use crate::address::Address;
use crate::browser::keys;
use crate::context::AppContext;
use leptos::prelude::*;
use runboard_core::shortcut::{KeyPress, Shortcut};

/// Listens for as long as the application lives; `sheet` says whether the list of keys is open.
pub fn run(app: AppContext, sheet: RwSignal<bool>) {
    keys::on_key(move |event| press(app, sheet, event));
}

/// A key was pressed; whether that was a command.
fn press(app: AppContext, sheet: RwSignal<bool>, event: &web_sys::Event) -> bool {
    let AppContext { ui, live, session, .. } = app;
    // The application of a test may have gone.
    if sheet.try_get_untracked().is_none() || !session.inside_untracked() {
        return false;
    }
    let Some(pressed) = keys::pressed(event) else { return false };
    let press = KeyPress {
        key: &pressed.key,
        modified: pressed.modified,
        busy: pressed.busy,
        on_list: matches!(ui.router.address_untracked(), Address::Runs { .. }),
        disabled: !ui.settings.shortcuts_untracked(),
    };
    match Shortcut::of(press) {
        Some(Shortcut::Search) => keys::to_field("search"),
        Some(Shortcut::Next) => keys::step_row(true),
        Some(Shortcut::Previous) => keys::step_row(false),
        Some(Shortcut::Select) => return keys::select_row(),
        Some(Shortcut::New) if ui.config.get().may_create => {
            ui.router.go(&Address::New { job: None, name: None, from: None });
        }
        Some(Shortcut::Refresh) => live.ask_all(),
        Some(Shortcut::Help) => sheet.set(true),
        _ => return false,
    }
    true
}
