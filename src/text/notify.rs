//! Notifications: what they are about, and where they are chosen.

use super::activity::what;
use super::counted;
use super::list::UNNAMED;
use runboard_core::activity::{Bell, Entry, Subject};
use runboard_core::isolate::isolate;
use runboard_core::run::is_visible;

/// The button on a run's page while no bell is set on it.
pub const NOTIFY: &str = "Notify me";
/// While one is.
pub const NOTIFYING: &str = "Notifications on";
/// Above what can be chosen.
pub const ABOUT: &str = "Notify me about";
pub const OF_RUN: &str = "This run";
/// Where all runs of its job are chosen.
pub const OF_RUN_INCLUDED: &str = "This run (included)";
pub const ATTENTION: &str = "Every run that needs attention";

pub fn of_job(job: &str) -> String {
    format!("All runs of {}", isolate(job))
}

/// The bell beside a view.
pub fn of_view(view: &str) -> String {
    format!("Notify me about runs in {}", isolate(view))
}

/// Below the views.
pub const VIEWS_HINT: &str = "Its bell notifies you when a run in the view opens, ends, fails or is stopped.";

pub const WHEN: &str = "When a run opens, ends, fails or is stopped, when its status contradicts its window, and when more deliveries fail.";
pub const ONLY_WHILE_OPEN: &str = "Only while Runboard is open in a tab and you are signed in.";
pub const OFFLINE: &str = "This computer is offline, so nothing is noticed until the network is back.";
pub const PAUSED: &str = "Updates are paused, so most changes are not noticed until you resume them.";
pub const NOT_LOADED: &str = "The runs could not be loaded, so nothing is noticed until they are.";
pub const RUN_NOT_LOADED: &str = "This run could not be loaded, so nothing about it is noticed until it is.";
pub const NOT_STORED: &str = "It could not be stored, so it holds until you close or reload this tab.";
pub const FULL: &str = "There is no room for more. Remove one in Activity, under “Notifications”.";

pub const RISE: &str = "Notify when failed deliveries rise by";

/// `tenths`: tenths of a percent.
pub fn rise(tenths: u32) -> String {
    format!("{} percentage points", tenths / 10)
}

/// Below that choice.
pub const RISE_HINT: &str = "Counted from a run’s lowest share so far, while it is open. For all your notifications.";
pub const SYSTEM: &str = "Desktop notifications";
pub const SYSTEM_HINT: &str = "Shown while no Runboard tab is in view, such as when you use another program.";
pub const SYSTEM_DENIED: &str =
    "Your browser blocks notifications from this site. Allow them in its site settings, then try again.";
pub const SYSTEM_UNAVAILABLE: &str = "This browser can’t show desktop notifications here.";
/// Shown once, so that the person sees what they look like.
pub const SYSTEM_ON: &str = "Desktop notifications are on";

/// The button in Activity, and its menu.
pub const TITLE: &str = "Notifications";
pub const SET: &str = "You are notified about";
pub const EMPTY: &str =
    "Nothing yet. Choose “Notify me” on a run’s page, or the bell beside a view in the list’s “Views” menu.";

/// What a bell is set on. `job`: the label of its job.
pub fn subject(bell: &Bell, job: Option<&str>) -> String {
    match &bell.subject {
        Subject::Run(id) if !is_visible(&bell.name) => id.as_str().to_owned(),
        Subject::Run(_) => bell.name.to_string(),
        Subject::Job(id) => of_job(job.unwrap_or(id.as_str())),
        Subject::View { name, .. } => format!("Runs in {}", isolate(name)),
    }
}

pub const TURN_OFF: &str = "Turn off";

/// The name of that button.
pub fn turn_off(subject: &str) -> String {
    format!("Turn off: {}", isolate(subject))
}

/// In the link to Activity, for screen readers, after its number.
pub fn unseen(count: usize) -> &'static str {
    if count == 1 { "unseen notification" } else { "unseen notifications" }
}

pub const SHOW_ALL: &str = "Show all";

pub fn and_more(more: usize) -> String {
    format!("and {more} more")
}

/// The filter in Activity.
pub const NOTIFIED: &str = "Notified";
pub const NOTIFIED_HINT: &str = "What you were notified of";
/// Beside an entry.
pub const WAS_NOTIFIED: &str = "You were notified";

/// The name of an entry's run, or what stands for it.
pub fn run_name(name: &str) -> &str {
    if is_visible(name) { name } else { UNNAMED }
}

/// `Spring offer failed`
pub fn sentence(entry: &Entry) -> String {
    [run_name(&entry.name), " ", &what(entry)].concat()
}

/// The title of one system notification for several runs.
pub fn several(count: usize) -> String {
    counted(&count.to_string(), "notification", "notifications")
}
