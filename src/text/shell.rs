//! What every page carries.

/// The skip link.
pub const SKIP: &str = "Skip to content";
/// Link to the list.
pub const RUNS: &str = "Runs";
/// The navigation's name.
pub const NAVIGATION: &str = "Main";
/// Label of the zone's choice.
pub const ZONE: &str = "Time zone";
/// Group of zones: the usual ones.
pub const ZONES_USUAL: &str = "Usual";
/// Group of zones: all.
pub const ZONES_ALL: &str = "All zones";
/// Label of the theme's choice.
pub const THEME: &str = "Theme";
/// The themes' names.
pub const THEME_SYSTEM: &str = "System";
/// Light.
pub const THEME_LIGHT: &str = "Light";
/// Dark.
pub const THEME_DARK: &str = "Dark";
/// Label of the choice of how often things are read again.
pub const UPDATES: &str = "Updates";
/// Only when asked.
pub const PAUSED: &str = "Paused";
/// So often.
pub fn every(span: &str) -> String {
    format!("Every {span}")
}
/// What is shown does not change by itself.
pub const UPDATES_PAUSED: &str =
    "Updates are paused: what you see is as old as it says, and does not change by itself.";
/// This computer's clock is off.
pub fn wrong_clock(by: &str, slow: bool) -> String {
    let way = if slow { "behind" } else { "ahead of" };
    format!("This computer’s clock is {by} {way} the API’s. Times and countdowns here go by the API’s clock.")
}
/// No network.
pub const OFFLINE: &str = "This computer is offline. What you see does not change until the network is back; then the console goes on by itself.";
/// Lets it.
pub const RESUME: &str = "Resume updates";
/// The button that ends the session.
pub const SIGN_OUT: &str = "Sign out";
/// Link to Diagnostics.
pub const DIAGNOSTICS: &str = "Diagnostics";
/// Shown while the first answers are awaited.
pub const LOADING: &str = "Loading";
/// Repeats what failed.
pub const TRY_AGAIN: &str = "Try again";
/// Closes a notice.
pub const DISMISS: &str = "Dismiss";
/// The label before the environment's name, for those who cannot see its colour.
pub const ENVIRONMENT: &str = "Environment:";
/// Another build is hosted by now.
pub const NEW_VERSION: &str = "A new version is available. It is used once you reload this page; what you are writing here is lost by that. Until then the version on screen goes on working.";
/// A part of the console is not to be had.
pub const REST_MISSING: &str = "This part of the console could not be loaded.";
/// Loads the page anew.
pub const RELOAD: &str = "Reload";
/// The copy button.
pub fn copy(what: &str) -> String {
    format!("Copy {what}")
}
/// It worked.
pub const COPIED: &str = "Copied";
/// It did not.
pub const NOT_COPIED: &str = "The browser did not allow copying. Select the text and copy it yourself.";
/// The browser took no file.
pub const NOT_SAVED: &str = "The browser did not allow saving a file.";
/// The browser's own zone in the list of zones.
pub fn zone_of_browser(name: &str) -> String {
    format!("{name} (this browser)")
}
/// A token of another application or person was taken.
pub const SWITCHED: &str =
    "You are now signed in as another application or person. What was loaded before was cleared.";
/// The token lives in memory only.
pub const NOT_KEPT: &str =
    "This browser does not let the console keep the sign-in for this tab: after a reload you sign in again.";
/// `Page · Runboard`
pub fn title(page: &str, console: &str) -> String {
    format!("{page} · {console}")
}
