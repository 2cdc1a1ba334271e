//! The timeline.

use super::counted;
use super::list::need_attention;
use runboard_core::isolate::isolate;

pub const TITLE: &str = "Timeline";
/// The switch between both.
pub const VIEW: &str = "View";
pub const AS_LIST: &str = "List";
pub const AS_TIMELINE: &str = "Timeline";
pub const CONTROLS: &str = "Range of time";
pub const EARLIER: &str = "Earlier";
pub const LATER: &str = "Later";
pub const NOW: &str = "Now";
pub const ZOOM_IN: &str = "Zoom in";
pub const ZOOM_OUT: &str = "Zoom out";
pub const PRESETS: &str = "Show";
pub const TODAY: &str = "Today";
pub const NEXT_DAY: &str = "Next 24 h";
pub const THIS_WEEK: &str = "This week";
pub const NEXT_WEEK: &str = "Next 7 days";
pub const LANES: &str = "Lanes";
pub const BY_JOB: &str = "By job";
pub const BY_RUN: &str = "By run";
pub const NO_JOB: &str = "No job";
pub const OPEN_AT_ONCE: &str = "Open at once";
/// Before the run that starts next, with its time.
pub const NEXT: &str = "Next:";
/// Before the length that room is shown for.
pub const ROOM_FOR: &str = "Room for";
pub const ROOM_OFF: &str = "Off";
pub const ROOM_LINK: &str = "Schedule a run there";
pub const NOTHING_OPEN: &str = "Nothing is open in this range.";
pub const NO_RUNS_IN_VIEW: &str = "No runs in this range.";
pub const NEAREST: &str = "Go to the nearest run";
pub const TABLE: &str = "Runs in view";
pub const COLUMNS: [&str; 6] = ["Name", "Status", "Job", "Start", "End", "Length"];
pub const SHOW_ALL: &str = "Show all";

/// What a pointer and the keys do, as far as the console may.
pub fn help(may_create: bool, may_reschedule: bool) -> String {
    let drag = match (may_create, may_reschedule) {
        (true, true) => {
            "Drag the scale or the past to move, or anywhere with Shift. Drag on an empty place ahead to schedule a run there, or drag a scheduled run to reschedule it."
        }
        (true, false) => {
            "Drag the scale or the past to move, or anywhere with Shift. Drag on an empty place ahead to schedule a run there."
        }
        _ => "Drag to move.",
    };
    format!(
        "{drag} Ctrl and the wheel, or + and -, zoom. On a run, the arrow keys go to the next one and Enter opens it."
    )
}

/// The title of the tab. `attention`: how many runs need it.
pub fn title(attention: &str) -> String {
    if attention == "0" { TITLE.to_owned() } else { format!("{TITLE}: {}", need_attention(attention)) }
}

pub fn range(from: &str, to: &str) -> String {
    format!("{from} – {to}")
}

/// The most that are open at once, with when.
pub fn peak(count: &str, from: &str, to: Option<&str>) -> String {
    let from_to = to.map_or_else(|| from.to_owned(), |to| format!("{from} to {to}"));
    format!("Most at once: {count}, {from_to}")
}

/// When a run of the chosen length fits first.
pub fn room_from(start: &str) -> String {
    format!("Room from {start}")
}

/// Beside the strip: the most that it shows.
pub fn open_at_once(most: &str) -> String {
    format!("{OPEN_AT_ONCE}, up to {most}")
}

/// After both, while a query leaves runs out.
pub const OF_LISTED: &str = "(of those listed)";

/// How many runs are running.
pub fn running(count: &str) -> String {
    if count == "0" { "Nothing is running now".to_owned() } else { format!("{count} running now") }
}

pub fn overlaps(count: &str) -> String {
    format!("{} in view", counted(count, "overlap", "overlaps"))
}

pub fn more_overlaps(count: &str) -> String {
    format!("and {count} more: narrow the range to list them")
}

/// What a bar is called. `window` and `length` are printed.
pub fn bar(name: &str, state: &str, job: &str, window: &str, length: &str) -> String {
    let (name, job) = (isolate(name), isolate(job));
    format!("{name}, {state}, {job}, {window}, {length}")
}

/// What a density mark stands for.
pub fn density(count: &str) -> String {
    format!("{}, too short to show. Zoom in.", counted(count, "run", "runs"))
}

pub fn in_view(count: &str) -> String {
    format!("{TABLE} ({count})")
}

pub fn without_window(count: &str) -> String {
    format!("{} without a readable window: not on the timeline.", counted(count, "run", "runs"))
}

/// What a dragged bar or an empty place would become.
pub fn planned(is_moved: bool, window: &str, length: &str) -> String {
    let what = if is_moved { "Reschedule to" } else { "New run" };
    format!("{what} {window}, {length}")
}

/// The clocks of the zone change.
pub fn clock_change(by: &str, forward: bool) -> String {
    format!("Clocks go {} {by}", if forward { "forward" } else { "back" })
}
