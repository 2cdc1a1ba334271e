//! Single-key shortcuts, on every page.

use crate::address::Address;
use crate::browser::keys::{self, PressedKey};
use crate::browser::table_rows;
use crate::context::AppContext;
use leptos::prelude::*;
use runboard_core::shortcut::{KeyPage, KeyPress, Shortcut};

/// Listens for as long as the application lives. `sheet_is_open` opens the list of shortcuts.
pub(super) fn run(app: AppContext, sheet_is_open: RwSignal<bool>) {
    keys::on_key(move |event| handle_key(app, sheet_is_open, event));
}

/// Returns whether the key was a shortcut.
fn handle_key(app: AppContext, sheet_is_open: RwSignal<bool>, event: &web_sys::Event) -> bool {
    let AppContext { ui, poller, session, .. } = app;
    // In tests the application may already be unmounted.
    if sheet_is_open.try_get_untracked().is_none() || !session.shows_pages_untracked() {
        return false;
    }
    let Some(pressed) = PressedKey::from_event(event) else { return false };
    let press = KeyPress {
        key: &pressed.key,
        modified: pressed.modified,
        busy: pressed.busy,
        page: match ui.navigation.address_untracked() {
            Address::Runs { .. } => KeyPage::List,
            Address::Timeline { .. } => KeyPage::Timeline,
            _ => KeyPage::Other,
        },
        disabled: !ui.settings.shortcuts_untracked(),
    };
    match Shortcut::of(press) {
        Some(Shortcut::Search) => keys::focus_field("search"),
        Some(key @ (Shortcut::Next | Shortcut::Previous)) => {
            let start = ui.navigation.take_last_run().map(|id| Address::Run { id }.href());
            table_rows::focus_adjacent_row(key == Shortcut::Next, start.as_deref());
        }
        Some(Shortcut::Select) => return table_rows::toggle_focused_row(),
        Some(Shortcut::New) if ui.config.get().may_create => {
            ui.navigation.go(&Address::New { job: None, name: None, from: None });
        }
        Some(Shortcut::Refresh) => poller.refresh_all(),
        Some(Shortcut::Activity) => ui.navigation.go(&Address::activity()),
        Some(Shortcut::HandOver) => ui.hand_over.set(true),
        Some(Shortcut::Help) => sheet_is_open.set(true),
        _ => return false,
    }
    true
}
