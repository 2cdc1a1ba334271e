//! Notifications: where they are chosen, and where they are shown.

mod alert_notice;
mod bell_list;
mod bell_toggle;
mod not_noticed;
mod notify_menu;
mod settings;

pub use alert_notice::AlertNotice;
pub(crate) use bell_list::BellList;
pub(crate) use bell_toggle::ViewBell;
pub(crate) use not_noticed::NotNoticed;
pub(crate) use notify_menu::NotifyMenu;
