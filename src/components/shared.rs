//! Components that several pages use.

mod copy_button;
mod day_time;
mod dismiss_button;
mod field;
mod heading;
mod icon;
mod lazy_view;
mod maybe_time;
mod menu_button;
mod notice;
mod problem_notice;
mod run_link;
mod stale_note;
mod state_badge;
mod time_text;
mod unique_id;
mod window_strip;

pub use copy_button::CopyButton;
pub(crate) use copy_button::{Copier, CopyByHand};
pub use day_time::DayTime;
pub use dismiss_button::DismissButton;
pub use field::{Field, notes_id};
pub use heading::Heading;
pub use icon::{Icon, IconName};
pub use lazy_view::LazyView;
pub use maybe_time::MaybeTime;
pub use menu_button::{CloseMenu, MenuButton};
pub use notice::{Notice, NoticeKind};
pub use problem_notice::ProblemNotice;
pub use run_link::RunLink;
pub use stale_note::StaleNote;
pub use state_badge::StateBadge;
pub use time_text::TimeText;
pub(crate) use unique_id::unique_id;
pub use window_strip::WindowStrip;
