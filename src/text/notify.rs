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
pub const OF_RUN: &str = "This run";

pub fn of_job(job: &str) -> String {
    format!("All runs of {}", isolate(job))
}

/// The bell beside a view.
pub fn of_view(view: &str) -> String {
    format!("Notify me about runs in {}", isolate(view))
}

/// Below the views.
pub const VIEWS_HINT: &str =
    "The bell notifies you about the runs in a view, while Runboard is open in a tab and you are signed in.";

pub const WHEN: &str =
    "When a run opens, ends, fails or is stopped, when its status contradicts its window, and when failures rise.";
pub const ONLY_WHILE_OPEN: &str =
    "Only while Runboard is open in a tab and you are signed in. A tab in the background checks about once a minute.";
pub const PAUSED: &str = "Updates are paused, so most changes are not noticed until you resume them.";
pub const NOT_STORED: &str = "It could not be stored, so it holds until you close or reload this tab.";
pub const FULL: &str = "There is no room for more. Remove one in Activity, under “Notifications”.";

pub const RISE: &str = "Notify when failures rise by";

/// `tenths`: tenths of a percent.
pub fn rise(tenths: u32) -> String {
    format!("{} percentage points", tenths / 10)
}

/// Below that choice.
pub const RISE_HINT: &str = "For all your notifications. Runs are checked in turn while they are open.";
pub const SYSTEM: &str = "System notifications";
pub const SYSTEM_HINT: &str = "Shown by your computer while no Runboard tab is in view.";
pub const SYSTEM_DENIED: &str =
    "Your browser blocks notifications from this site. Allow them in its site settings, then try again.";
pub const SYSTEM_UNAVAILABLE: &str = "This browser can’t show system notifications here.";
/// Shown once, so that the person sees what they look like.
pub const SYSTEM_ON: &str = "System notifications are on";

/// The button in Activity, and its menu.
pub const TITLE: &str = "Notifications";
pub const SET: &str = "You are notified about";
pub const EMPTY: &str =
    "None yet. Choose “Notify me” on a run’s page, or the bell beside a view in the list’s “Views” menu.";

/// What a bell is set on. `job`: the label of its job.
pub fn subject(bell: &Bell, job: Option<&str>) -> String {
    match &bell.subject {
        Subject::Run(id) if !is_visible(&bell.name) => id.as_str().to_owned(),
        Subject::Run(_) => bell.name.to_string(),
        Subject::Job(id) => of_job(job.unwrap_or(id.as_str())),
        Subject::View { name, .. } => format!("Runs in {}", isolate(name)),
    }
}

pub fn remove(subject: &str) -> String {
    format!("Stop notifications about {}", isolate(subject))
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
