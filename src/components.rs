//! What is drawn. Components take what they show and say what a person did; they know no HTTP and load nothing.

mod banner;
mod bulk_stop;
mod copy_button;
pub(crate) mod ends_soon;
mod field;
mod heading;
mod icon;
mod lazy_view;
mod live_regions;
mod new_run_form;
mod new_version;
mod notice;
mod notices;
mod phase_badge;
mod reschedule_notice;
mod run_detail;
pub(crate) mod run_list;
mod shortcut_sheet;
mod sign_in;
mod sign_in_again;
mod stale_note;
mod summary_card;
mod theme_select;
mod time_text;
mod updates_select;
mod zone_select;

pub use banner::Banner;
pub use bulk_stop::BulkStop;
pub use copy_button::CopyButton;
pub use ends_soon::EndsSoon;
pub use field::Field;
use field::describes;
pub use heading::Heading;
pub use icon::{Icon, IconName};
pub use lazy_view::LazyView;
pub use live_regions::{Announcer, LiveRegions};
pub(crate) use new_run_form::rewrite;
pub use new_run_form::{NewRunForm, Others, Prefill, Replaced};
pub use new_version::NewVersion;
pub use notice::{Notice, NoticeKind, ProblemNotice};
pub use notices::Notices;
pub use phase_badge::PhaseBadge;
pub use reschedule_notice::RescheduleNotice;
pub use run_detail::RunDetail;
pub use run_list::{Filter, ListState, Listing, Rates, RunList};
pub use shortcut_sheet::{ShortcutSheet, shortcut_sheet};
pub use sign_in::{SignIn, signed_out};
pub use sign_in_again::{SignInAgain, sign_in_again};
pub use stale_note::StaleNote;
pub use summary_card::SummaryCard;
use summary_card::counts_line;
pub use theme_select::ThemeSelect;
pub use time_text::{MaybeTime, TimeText};
pub use updates_select::UpdatesSelect;
pub use zone_select::ZoneSelect;

use crate::clock::Clock;
use crate::config::Settled;
use crate::route::Router;
use crate::settings::Settings;
use leptos::prelude::*;
use runboard_core::selection::Selection;

/// What every component may look at: the configuration, the clock, the person's settings, the address, and the live regions.
#[derive(Clone, Copy)]
pub struct Ui {
    /// Configuration.
    pub config: Settled,
    /// Clock.
    pub clock: Clock,
    /// Zone and theme.
    pub settings: Settings,
    /// Address.
    pub router: Router,
    /// Live regions.
    pub announcer: Announcer,
    /// Which runs are selected, on whatever page.
    pub selection: RwSignal<Selection>,
}

/// The surroundings of the component that asks. They are provided where the application, or a test, is mounted.
pub fn ui() -> Ui {
    expect_context::<Ui>()
}
