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
/// The copy button.
pub fn copy(what: &str) -> String {
    format!("Copy {what}")
}
/// It worked.
pub const COPIED: &str = "Copied";
/// It did not.
pub const NOT_COPIED: &str = "The browser did not allow copying. Select the text and copy it yourself.";
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
