//! Components that several pages use.

mod copy_button;
mod field;
mod heading;
mod icon;
mod lazy_view;
mod notice;
mod phase_badge;
mod run_links;
mod stale_note;
mod time_text;

pub use copy_button::CopyButton;
pub use field::{Field, describes};
pub use heading::Heading;
pub use icon::{Icon, IconName};
pub use lazy_view::LazyView;
pub use notice::{Notice, NoticeKind, ProblemNotice};
pub use phase_badge::PhaseBadge;
pub use run_links::run_links;
pub use stale_note::StaleNote;
pub use time_text::{MaybeTime, TimeText};
