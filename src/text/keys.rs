//! The keys and what they do.

use runboard_core::shortcut::Shortcut;

/// The sheet, and the button that opens it.
pub const TITLE: &str = "Keyboard shortcuts";
/// Closes it.
pub const CLOSE: &str = "Close";
/// The switch.
pub const SWITCH: &str = "Single keys act";
/// When they do not.
pub const HINT: &str =
    "They never act while you type, nor together with Ctrl, Alt or Meta. The choice is kept in this browser.";
/// The key that opens a row, which the browser itself brings.
pub const ENTER: (&str, &str) = ("Enter", "Open the run of the row");
/// What a key does.
pub const fn does(shortcut: Shortcut) -> &'static str {
    match shortcut {
        Shortcut::Search => "Search runs",
        Shortcut::Next => "Next row",
        Shortcut::Previous => "Previous row",
        Shortcut::Select => "Select the row, or no longer",
        Shortcut::New => "New run",
        Shortcut::Refresh => "Refresh",
        Shortcut::Help => "This list",
    }
}
