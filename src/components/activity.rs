//! What happened: the record as a list, a run's own part of it, what happened while the person was away, and the text for the next
//! shift.

mod activity_list;
mod away_notice;
mod clear_record;
mod entry_row;
mod filters;
mod hand_over_dialog;
mod record_menu;
mod run_activity;

pub use activity_list::{ActivityList, RecordState};
pub use away_notice::AwayNotice;
pub use hand_over_dialog::{HandOverDialog, HandOverText};
pub use run_activity::RunActivity;
