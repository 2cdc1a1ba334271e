//! Components: they show signals and report what the user does through callbacks. They send no requests.

mod activity;
mod new_run_form;
mod notify;
mod run_detail;
mod run_list;
pub mod shared;
pub mod shell;
mod summary_card;
mod timeline;

pub use crate::actions::{Done, Toast};
pub use activity::{ActivityList, AwayNotice, HandOverDialog, HandOverText, RecordState, RunActivity};
pub use new_run_form::{FindSurroundings, KnownRuns, NewRunForm, Prefill, ReplacedRun};
pub use notify::AlertNotice;
pub use run_detail::{LastRuns, RunDetail};
pub(crate) use run_list::rate_text;
pub use run_list::{JobCard, ListState, RunList};
pub use shared::{
    CopyButton, DayTime, Field, Heading, Icon, IconName, LazyView, MaybeTime, Notice, NoticeKind, ProblemNotice,
    StaleNote, StateBadge, TimeText,
};
pub use shell::{
    Banner, BulkStop, EndsSoon, IdleWarning, LeftNote, LiveRegions, MenuActions, NewVersion, Notices, RescheduleNotice,
    SettingsMenu, ShortcutSheet, SignIn, SignInAgain, SignOutDialog, SkipLinks, StopNotices, ThemeSelect, Toasts,
    UpdatesSelect, ZoneSelect, shortcut_sheet, sign_in_again, signed_out,
};
pub use summary_card::SummaryCard;
pub use timeline::TimelineView;
