//! What surrounds the pages: the banner, signing in, and notices shown on every page.

mod banner;
mod bulk_stop;
mod ends_soon;
mod idle_warning;
mod live_regions;
mod new_version;
mod notices;
mod reschedule_notice;
mod settings_menu;
mod shortcut_sheet;
mod sign_in;
mod sign_in_again;
mod theme_select;
mod updates_select;
mod zone_select;

pub use banner::Banner;
pub use bulk_stop::BulkStop;
pub use ends_soon::EndsSoon;
pub use idle_warning::IdleWarning;
pub use live_regions::LiveRegions;
pub use new_version::NewVersion;
pub use notices::Notices;
pub use reschedule_notice::RescheduleNotice;
pub use settings_menu::{MenuActions, SettingsMenu};
pub use shortcut_sheet::{ShortcutSheet, shortcut_sheet};
pub use sign_in::{SignIn, signed_out};
pub use sign_in_again::{SignInAgain, sign_in_again};
pub use theme_select::ThemeSelect;
pub use updates_select::UpdatesSelect;
pub use zone_select::ZoneSelect;
