//! Keyboard shortcuts.

use runboard_core::shortcut::Shortcut;

pub const TITLE: &str = "Keyboard shortcuts";
pub const CLOSE: &str = "Close";
pub const ENABLE: &str = "Enable single-key shortcuts";
pub const HINT: &str =
    "They never act while you type, nor together with Ctrl, Alt or Meta. The choice is kept in this browser.";

/// A key that the browser itself handles.
pub const ENTER: (&str, &str) = ("Enter", "Open the run of the row");

pub const fn description(shortcut: Shortcut) -> &'static str {
    match shortcut {
        Shortcut::Search => "Search runs",
        Shortcut::Next => "Next row",
        Shortcut::Previous => "Previous row",
        Shortcut::Select => "Select or deselect row",
        Shortcut::New => "New run",
        Shortcut::Refresh => "Refresh",
        Shortcut::Help => "This list",
    }
}
