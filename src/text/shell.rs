//! What every page has.

use runboard_core::isolate::isolate;

pub const SKIP: &str = "Skip to content";
pub const SKIP_TO_SEARCH: &str = "Skip to search";
pub const SKIP_TO_TABLE: &str = "Skip to table";
pub const SKIP_TO_TIMELINE: &str = "Skip to timeline";
pub const RUNS: &str = "Runs";
pub const ACTIVITY: &str = "Activity";

/// Label of the navigation landmark.
pub const NAVIGATION: &str = "Main";
pub const SETTINGS: &str = "Settings";
pub const ZONE: &str = "Time zone";
pub const ZONES_COMMON: &str = "Usual";
pub const ZONES_ALL: &str = "All zones";
pub const THEME: &str = "Theme";
pub const THEME_SYSTEM: &str = "System";
pub const THEME_LIGHT: &str = "Light";
pub const THEME_DARK: &str = "Dark";
pub const UPDATES: &str = "Updates";
pub const PAUSED: &str = "Paused";

/// A choice of refresh interval.
pub fn every(span: &str) -> String {
    format!("Every {span}")
}

pub const UPDATES_PAUSED: &str = "Updates are paused. What you see does not change until you refresh or resume.";

pub fn wrong_clock(by: &str, slow: bool) -> String {
    let way = if slow { "behind" } else { "ahead of" };
    format!("This computer’s clock is {by} {way} the API’s. Times and countdowns here go by the API’s clock.")
}

pub const OFFLINE: &str = "This computer is offline. What you see does not change until the network is back; then updates continue by themselves.";
pub const RESUME: &str = "Resume updates";
pub const SIGN_OUT: &str = "Sign out";
pub const DIAGNOSTICS: &str = "Diagnostics";
pub const LOADING: &str = "Loading";
pub const TRY_AGAIN: &str = "Try again";
pub const DISMISS: &str = "Dismiss";

/// Read before the environment's name, whose colour screen readers do not tell.
pub const ENVIRONMENT: &str = "Environment:";
pub const NEW_VERSION: &str = "A new version is available. Reload this page to use it; unsaved input will be lost. Until then this version keeps working.";

/// A lazily loaded part.
pub const PART_NOT_LOADED: &str = "This part of the console could not be loaded.";
pub const RELOAD: &str = "Reload";

pub fn copy(what: &str) -> String {
    format!("Copy {what}")
}

pub const COPIED: &str = "Copied";
pub const NOT_COPIED: &str = "The browser did not allow copying. The text is selected: copy it yourself.";

/// Label of the field with the selected text.
pub const COPY_BY_HAND: &str = "Copying is blocked here. Press Ctrl+C (⌘C) to copy this:";
pub const NOT_SAVED: &str = "The browser did not allow saving a file.";

pub fn browser_zone(name: &str) -> String {
    format!("{name} (this browser)")
}

/// After signing in as another application or person.
pub const SWITCHED: &str =
    "You are now signed in as another application or person. What was loaded before was cleared.";
pub const TOKEN_NOT_STORED: &str =
    "This browser does not let the console keep the sign-in for this tab: after a reload you sign in again.";

/// `Page · Runboard`
/// `unseen`: how many notifications the person has not seen.
pub fn title(unseen: usize, page: &str, console: &str) -> String {
    let (page, console) = (isolate(page), isolate(console));
    let unseen = if unseen > 0 { format!("({unseen}) ") } else { String::new() };
    format!("{unseen}{page} · {console}")
}
