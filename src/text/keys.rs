//! Keyboard shortcuts.

use runboard_core::shortcut::Shortcut;

pub const TITLE: &str = "Keyboard shortcuts";
pub const CLOSE: &str = "Close";
pub const ENABLE: &str = "Enable single-key shortcuts";
pub const HINT: &str =
    "They never act while you type, nor together with Ctrl, Alt or Meta. The choice is kept in this browser.";

/// A key that the browser itself handles.
pub const ENTER: (&str, &str) = ("Enter", "Open the run of the row");

pub const ON_TIMELINE: &str = "On the timeline";
/// What only the timeline knows.
pub const TIMELINE: [(&str, &str); 9] = [
    ("+ -", "Zoom in or out; so do Ctrl with the wheel, and two fingers"),
    ("[ ]", "Move earlier or later; so does dragging the scale"),
    ("t", "Back to now"),
    ("← →", "Previous or next run, from its bar"),
    ("Enter", "Open the run"),
    (
        "Shift ← →",
        "On a scheduled run: reschedule. On the timeline itself: choose a window for a new run. Enter opens the form",
    ),
    ("Esc", "Discard the chosen window"),
    ("Drag", "On an empty place ahead: new run. On a scheduled run: reschedule. Elsewhere: move"),
    ("Shift drag", "Move, wherever it starts"),
];

pub const fn description(shortcut: Shortcut) -> &'static str {
    match shortcut {
        Shortcut::Search => "Search runs",
        Shortcut::Next => "Next row",
        Shortcut::Previous => "Previous row",
        Shortcut::Select => "Select or deselect row",
        Shortcut::New => "New run",
        Shortcut::Refresh => "Refresh",
        Shortcut::Activity => "Activity: what happened",
        Shortcut::HandOver => "Text for the next shift",
        Shortcut::Help => "This list",
    }
}
