//! The form that schedules a run.

use runboard_core::clean::Cleaned;
use runboard_core::draft::{Field, FieldError};
use runboard_core::isolate::isolate;
use runboard_core::time::Timestamp;

pub const TITLE: &str = "New run";
pub const JOB_ID: &str = "Job ID";
pub const JOB_HINT: &str = "The ID of the job whose list is to be run.";
pub const NAME: &str = "Run name";
pub const NAME_HINT: &str = "So that you and others recognise it, 1 to 255 characters.";
pub const START: &str = "Start";
pub const END: &str = "End";
pub const NOW: &str = "Now";
pub const AT: &str = "At a time";
pub const AFTER: &str = "After";
pub const START_GROUP: &str = "When it starts";
pub const END_GROUP: &str = "When it ends";
pub const LENGTH: &str = "Duration";
pub const LENGTH_HINT: &str = "From the start, such as 8h 30m or 2d";

/// Below a field; [`SENT_AS`] follows.
pub const fn cleaned(cleaned: &Cleaned) -> &'static str {
    match (cleaned.quotes, cleaned.characters) {
        (true, true) => "Quotes, and characters that can’t be seen or only look like others, were removed.",
        (true, false) => "The quotes around it were removed.",
        _ => "Characters that can’t be seen or only look like others were removed.",
    }
}

/// What is sent follows.
pub const SENT_AS: &str = "Will be sent as:";

pub fn pick_date(field: &str) -> String {
    format!("Pick {} from a calendar", field.to_ascii_lowercase())
}

pub const SUBMIT: &str = "Schedule run";
pub const SENDING: &str = "Scheduling…";
pub const BACK_TO_LIST: &str = "Back to all runs";
pub const CREATE_DISABLED: &str = "Scheduling runs is switched off in this console.";
pub const PREVIEW: &str = "What will happen";
pub const PREVIEW_EMPTY: &str = "Fill in start and end to see what will happen.";
pub const EXACT_REQUEST: &str = "The exact request";
pub const CHECK_FIELDS: &str = "Please check what is marked below.";

pub fn filled_from(name: &str) -> String {
    let name = isolate(name);
    format!("Filled in from “{name}”. The window is moved: check start and end.")
}

pub const TIME_SHIFTED: &str = "The clocks change in between: start or end shows another time of day than before.";
pub const START_NOW_INSTEAD: &str = "Start now instead, for the same length";
pub const READING_RUN: &str = "Reading the run…";
pub const RUN_NOT_READ: &str = "The run to repeat could not be read. Fill in the form yourself.";

pub const TIME_HINT: &str = "2026-03-29 14:30, tomorrow 09:00, +2h";

/// How a time was understood, below its field.
pub fn understood(printed: &str) -> String {
    format!("= {printed}")
}

/// `starts` is [`starts_in`] or [`STARTS_NOW`].
pub fn preview(length: &str, from: &str, to: &str, starts: &str) -> String {
    format!("Runs {length}, {from} to {to}, {starts}.")
}

pub fn starts_in(span: &str) -> String {
    format!("starts in {span}")
}

pub const STARTS_NOW: &str = "starts at once";

pub fn field_error(field: Field, fault: FieldError, print: &dyn Fn(Timestamp) -> String) -> String {
    match (field, fault) {
        (Field::JobId, FieldError::Empty) => "Enter the job’s ID.".to_owned(),
        (Field::Name, FieldError::Empty) => "Enter a name for the run.".to_owned(),
        (Field::Start, FieldError::Empty) => "Enter when it starts, or choose “Now”.".to_owned(),
        (Field::End, FieldError::Empty) => "Enter when it ends.".to_owned(),
        (_, FieldError::TooLong(length)) => format!("Use at most 255 characters; this has {length}."),
        (_, FieldError::UnreadableTime) => "This time cannot be read. Write it like 2026-03-29 14:30.".to_owned(),
        (_, FieldError::UnreadableLength) => {
            "This duration cannot be read. Write it like 8h 30m, up to 366 days.".to_owned()
        }
        (_, FieldError::NeverHappens(before, after)) => {
            format!(
                "This time does not exist: the clocks go forward over it. Use {} or {}.",
                print(before),
                print(after)
            )
        }
        (_, FieldError::HappensTwice(earlier, later)) => {
            format!("This time happens twice: the clocks go back. Write {} or {}.", print(earlier), print(later))
        }
        (_, FieldError::EndNotAfterStart) => "The end must be after the start.".to_owned(),
        (_, FieldError::EndInPast) => "The end is in the past; the API refuses that.".to_owned(),
    }
}

pub const RUN: &str = "run";
pub const RUNS: &str = "runs";

/// Beside the submit button.
/// The environment's name follows.
pub const ENVIRONMENT: &str = "Environment:";
