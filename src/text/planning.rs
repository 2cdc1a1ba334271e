//! What stands around a window: the strip, free slots, and other zones.

use crate::text::counted;
use runboard_core::isolate::isolate;
use runboard_core::time::Span;

pub const STRIP: &str = "Around this window";
pub const THIS_RUN: &str = "This run";
pub const JOB_RUNS: &str = "Same job";
pub const ALL_RUNS: &str = "All runs";
pub const OVERLAPS: &str = "Overlaps";
pub const BEFORE: &str = "Before";
pub const AFTER: &str = "After";
pub const NOTHING_NEAR: &str = "no other run of this job";
pub const NEAR_LOADING: &str = "Loading other runs…";
pub const NEAR_PARTIAL: &str = "Some runs could not be loaded";
pub const NEAR_WITHOUT_JOB: &str = "Choose a job to see its other runs";
pub const ALL_LOADING: &str = "Loading…";
pub const STRIP_EMPTY: &str = "Enter a start and an end to see what else runs then, and when the job has room.";

/// How many windows of the job overlap, beside [`JOB_RUNS`].
pub fn overlaps(count: usize) -> String {
    counted(&count.to_string(), "overlap", "overlaps")
}

/// How many runs there is no room for, beside [`JOB_RUNS`].
pub fn more(count: usize) -> String {
    format!("+{count} more")
}

/// The name of a run's bar.
pub fn bar(name: &str, state: &str, window: &str, clashes: bool) -> String {
    let name = isolate(name);
    let end = if clashes { ", overlaps this window" } else { "" };
    format!("{name}, {state}, {window}{end}")
}

/// Many short runs in one place.
pub fn density(count: &str) -> String {
    format!("{count} short runs")
}

pub fn window(from: &str, to: &str) -> String {
    format!("{from} – {to}")
}

pub fn gap_before(gap: Span) -> String {
    if gap.millis() == 0 { "ends as this starts".to_owned() } else { format!("ends {} earlier", gap.words()) }
}

pub fn gap_after(gap: Span) -> String {
    if gap.millis() == 0 { "starts as this ends".to_owned() } else { format!("starts {} later", gap.words()) }
}

/// How many others are open during the window, beside [`ALL_RUNS`].
pub fn most_open(count: usize) -> String {
    if count == 0 { "none open".to_owned() } else { format!("up to {count} open") }
}

/// How many are open during the window where some runs could not be loaded, beside [`ALL_RUNS`].
pub fn least_open(count: usize) -> String {
    if count == 0 { "not all loaded".to_owned() } else { format!("{count} or more open") }
}

/// The zone of all times in a card, beside its heading.
pub fn times_in(zone: &str) -> String {
    format!("Times in {zone}")
}

/// Runs that a slot may meet.
pub fn without_window(count: usize) -> String {
    counted(&count.to_string(), "run of this job has no known window.", "runs of this job have no known window.")
}

pub fn free_slots(length: &str, from: &str) -> String {
    format!("Free times for {length}, from {from}")
}

pub const FREE_SLOTS: &str = "Free times for this job";
pub const SLOT_PASSED: &str = "has passed";
pub const SLOTS_WITHOUT_JOB: &str = "Choose a job to see when it has room.";
pub const SLOTS_LOADING: &str = "Loading other runs…";
pub const SLOTS_NONE: &str = "No free time in the next three months.";
pub const SLOTS_PARTIAL: &str = "Some runs could not be loaded, so these times may not be free.";
pub const SLOTS_INCLUDE_QUIET: &str = "This length does not fit between quiet hours; these times include some.";

/// How many other runs are open during a slot.
pub fn others_open(count: usize) -> String {
    if count == 0 {
        "nothing else open".to_owned()
    } else {
        format!("up to {} open", counted(&count.to_string(), "other run", "other runs"))
    }
}

pub const QUIET_HOURS: &str = "Quiet hours";
pub const QUIET_NONE: &str = "none";
pub const QUIET_FROM: &str = "Quiet from";
pub const QUIET_TO: &str = "Quiet until";
pub const QUIET_OFF: &str = "Turn off quiet hours";
pub const QUIET_HALF: &str = "Enter both times.";
pub const QUIET_EQUAL: &str = "Both times are the same, so quiet hours are off.";

pub fn quiet(from: &str, to: &str, zone: &str) -> String {
    format!("{from} – {to} {zone}")
}

pub const ZONES: &str = "Other time zones";
pub const ZONES_NONE: &str = "none pinned";
pub const ZONES_HINT: &str = "Pin up to four zones to see this window in their local time.";
pub const ADD_ZONE: &str = "Add a zone";
pub const ADD: &str = "Add";
pub const ZONE_UNKNOWN: &str = "No such zone. Choose one from the list.";
pub const ZONE_PINNED: &str = "This zone is already pinned.";
pub const ZONES_FULL: &str = "Four zones are pinned. Remove one to add another.";
/// What the copy button copies.
pub const ZONES_COPIED: &str = "times in all zones";

/// The button that removes a zone.
pub fn remove_zone(zone: &str) -> String {
    format!("Remove {zone}")
}

/// How much of a window is night in a zone.
pub fn night(span: &str) -> String {
    format!("{span} at night")
}

/// A change of the clocks in a window.
pub fn clock_change(forward: bool, by: &str, day: &str, from: &str, to: &str) -> String {
    let direction = if forward { "forward" } else { "back" };
    format!("Clocks go {direction} {by} on {day}: {from} → {to}")
}

pub const NEIGHBOURS: &str = "Around this run";
pub const WITHOUT_WINDOW: &str = "This run has no known window.";
pub const WITHOUT_JOB: &str = "This run has no known job";
pub const OTHERS_UNKNOWN: &str = "The other runs are not loaded yet.";
pub const OTHERS_PARTIAL: &str = "Some runs could not be loaded, so runs may be missing here.";
pub const LOAD_OTHERS: &str = "Load other runs";
pub const LAST_RUNS: &str = "Success rates of this job’s last ten runs";
pub const LAST_RUNS_ORDER: &str = "In percent, the oldest run first.";
pub const LAST_RUNS_COLUMNS: [&str; 3] = ["Run", "Ended", "Success rate"];
