//! Scheduling a run.

use runboard_core::draft::{Field, FieldError};
use runboard_core::time::Timestamp;

/// Heading.
pub const TITLE: &str = "New run";
/// Fields.
pub const JOB_ID: &str = "Job ID";
/// Where it comes from.
pub const JOB_HINT: &str = "The ID of the job whose list is to be run.";
/// The run's name.
pub const NAME: &str = "Run name";
/// What it is for.
pub const NAME_HINT: &str = "So that you and others recognise it, 1 to 255 characters.";
/// Start.
pub const START: &str = "Start";
/// End.
pub const END: &str = "End";
/// The choice.
pub const NOW: &str = "Now";
/// The choice.
pub const AT: &str = "At a time";
/// The choice.
pub const AFTER: &str = "After";
/// The group of start choices.
pub const START_GROUP: &str = "When it starts";
/// The group of end choices.
pub const END_GROUP: &str = "When it ends";
/// The length.
pub const LENGTH: &str = "Duration";
/// How to write it.
pub const LENGTH_HINT: &str = "From the start, such as 8h 30m or 2d";
/// The picker's button.
pub fn pick(field: &str) -> String {
    format!("Pick {} from a calendar", field.to_ascii_lowercase())
}
/// Sends it.
pub const SUBMIT: &str = "Schedule run";
/// While it is sent.
pub const SENDING: &str = "Scheduling…";
/// Back.
pub const LEAVE: &str = "Back to all runs";
/// Switched off.
pub const NO_CREATE: &str = "Scheduling runs is switched off in this console.";
/// What will happen.
pub const PREVIEW: &str = "What will happen";
/// Not yet enough to say.
pub const PREVIEW_EMPTY: &str = "Fill in start and end to see what will happen.";
/// The exact request.
pub const EXACT: &str = "The exact request";
/// Several things are wrong.
pub const CHECK: &str = "Please check what is marked below.";
/// From a run.
pub fn from_run(name: &str) -> String {
    format!("Filled in from “{name}”. The window is moved: check start and end.")
}
/// The zone's clock changes in between.
pub const SHIFTED: &str = "The clocks change in between: start or end shows another time of day than before.";
/// The same window, from now on.
pub const RUN_NOW: &str = "Start now instead, for the same length";
/// It is on its way.
pub const FROM_WAITING: &str = "Reading the run…";
/// The run to repeat could not be read.
pub const FROM_MISSING: &str = "The run to repeat could not be read. Fill in the form yourself.";
/// The zone beside a field.
pub fn zone_hint(zone: &str) -> String {
    format!("in {zone}")
}
/// How to write a time.
pub const TIME_HINT: &str = "2026-03-29 14:30, tomorrow 09:00, +2h";
/// What was understood.
pub fn understood(printed: &str) -> String {
    format!("= {printed}")
}

/// The sentence that says what will happen.
pub fn preview(length: &str, from: &str, to: &str, starts: &str) -> String {
    format!("Runs {length}, {from} to {to}, {starts}.")
}
/// Its last part.
pub fn starts_in(span: &str) -> String {
    format!("starts in {span}")
}
/// Its last part.
pub const STARTS_NOW: &str = "starts at once";

/// What is wrong with a field.
pub fn fault(field: Field, fault: FieldError, print: &dyn Fn(Timestamp) -> String) -> String {
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

/// One of them.
pub const RUN: &str = "run";
/// Several.
pub const RUNS: &str = "runs";
/// Which environment it is sent to, beside the button.
pub fn environment(name: &str) -> String {
    format!("Environment: {name}")
}
