//! The form that schedules a run.

use super::counted;
use runboard_core::clean::Cleaned;
use runboard_core::draft::{Field, FieldError};
use runboard_core::isolate::isolate;
use runboard_core::time::{Span, Timestamp};

pub const TITLE: &str = "New run";
pub const JOB_ID: &str = "Job ID";
pub const JOB_HINT: &str = "Choose the job to run.";
pub const NAME: &str = "Run name";
pub const NAME_HINT: &str = "Shown in the list. Up to 255 characters.";
pub const START: &str = "Start";
pub const END: &str = "End";
pub const NOW: &str = "Now";
pub const AT: &str = "Pick a time";
pub const AFTER: &str = "After a duration";
pub const START_GROUP: &str = "When it starts";
pub const END_GROUP: &str = "When it ends";
pub const LENGTH: &str = "Duration";
pub const LENGTH_HINT: &str = "Such as 8h 30m or 2d";
pub const START_CHOICES: &str = "Usual starts";

/// Labels with the time that each stands for.
pub const START_CHOICE_TEXTS: [(&str, &str); 3] =
    [("In 1 h", "in 1 h"), ("Tomorrow 09:00", "tomorrow 09:00"), ("Monday 09:00", "Monday 09:00")];

/// After the start of the run that is rescheduled: labels with hours.
pub const START_SHIFTS: [(&str, i64); 2] = [("1 h later", 1), ("2 h later", 2)];
/// At the same time of day.
pub const DAY_LATER: &str = "1 day later";

/// Below a duration that counts from the start.
pub fn ends_at(at: &str) -> String {
    format!("Ends {at}")
}

pub const LENGTH_CHOICES: &str = "Usual durations";
pub const LENGTH_CHOICE_TEXTS: [&str; 3] = ["1 h", "8 h", "24 h"];

/// Names the buttons that ask which of two times is meant.
pub fn which_time(field: &str) -> String {
    format!("Which {} is meant?", field.to_ascii_lowercase())
}

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

/// Below the field, while a job's label is in it.
pub fn label_means_id(id: &str) -> String {
    let id = isolate(id);
    format!("This is a job’s name. Its ID will be sent: {id}")
}

pub const KNOWN_JOBS: &str = "Known jobs";
pub const UNKNOWN_JOB: &str = "No run has used this job ID, and it isn’t configured. Check it before you schedule.";
/// The same at the field.
pub const UNKNOWN_JOB_HINT: &str = "No run has used this job ID yet. Check it.";
pub const WINDOW_CHANGE: &str = "Old and new window";
pub const OLD_WINDOW: &str = "Old";
pub const NEW_WINDOW: &str = "New";
pub const NOT_YET: &str = "–";

pub fn moved_by(span: Span) -> String {
    match span.millis() {
        0 => "same".to_owned(),
        1.. => format!("{} later", span.exact_words()),
        _ => format!("{} earlier", span.exact_words()),
    }
}

pub fn length_change(old: Span, new: Span) -> String {
    let by = Span::from_millis(new.millis().saturating_sub(old.millis()));
    match by.millis() {
        0 => "same".to_owned(),
        1.. => format!("{} longer", by.exact_words()),
        _ => format!("{} shorter", by.exact_words()),
    }
}

pub fn pick_date(field: &str) -> String {
    format!("Pick {} from a calendar", field.to_ascii_lowercase())
}

pub const SUBMIT: &str = "Schedule run";
pub const SENDING: &str = "Scheduling…";

/// Why [`SUBMIT`] does nothing: the outcome above it offers what there is to do.
pub const ASKED_ABOVE: &str = "You requested this run before. Decide above what to do.";
pub const SCHEDULED_ALREADY: &str = "This run is already scheduled.";
pub const CANCEL: &str = "Cancel";
pub const STOP_DISABLED: &str = "Stopping runs is switched off in this console, so none can be rescheduled.";
pub const CREATE_DISABLED: &str = "Scheduling runs is switched off in this console.";
pub const PREVIEW: &str = "What will happen";
pub const PREVIEW_EMPTY: &str = "Complete start and end to see what will happen.";
pub const EXACT_REQUEST: &str = "The exact request";
pub const CHECK_FIELDS: &str = "Check the marked fields.";

pub fn filled_from(name: &str) -> String {
    let name = isolate(name);
    format!(
        "Filled in from “{name}”. The dates are moved to the next possible time. Check them: people who were already contacted may be contacted again."
    )
}

pub const DRAFT_RESTORED: &str = "This is what you entered here before.";
pub const START_OVER: &str = "Start over";
/// The button that leads to the warnings.
pub fn show_warnings(count: usize) -> String {
    format!("Show {}", counted(&count.to_string(), "warning", "warnings"))
}

pub const SCHEDULED_FROM_HERE: &str = "You have scheduled this run. Fill in the form again to schedule another one.";
pub const TIME_SHIFTED: &str = "The clocks change in between: start or end shows another time of day than before.";
pub const START_NOW_INSTEAD: &str = "Start now instead, for the same length";
pub const READING_RUN: &str = "Reading the run…";
pub const RUN_NOT_READ: &str = "The run to repeat could not be read. Fill in the form yourself.";

pub const TIME_HINT: &str = "Such as tomorrow 9am, Mon 14:30, 2026-03-29 14:30 or in 2 hours";

/// How a time was understood and how far away it is, below its field.
pub fn understood(printed: &str, ahead: Span) -> String {
    match ahead.millis() {
        1000.. => format!("{printed}, in {}", ahead.words()),
        ..=-1000 => format!("{printed}, {} ago", ahead.words()),
        _ => format!("{printed}, now"),
    }
}

/// `starts` is [`starts_in`] or [`STARTS_NOW`].
pub fn preview(length: &str, from: &str, to: &str, starts: &str) -> String {
    format!("Runs {length}, {from} to {to}, {starts}.")
}

/// The window of a run that the new one clashes with.
pub fn window(from: &str, to: &str) -> String {
    format!("{from} to {to}")
}

pub fn starts_in(span: &str) -> String {
    format!("starts in {span}")
}

pub const STARTS_NOW: &str = "starts at once";

pub fn field_error(field: Field, fault: FieldError, print: &dyn Fn(Timestamp) -> String) -> String {
    match (field, fault) {
        (Field::JobId, FieldError::Empty) => "Choose a job, or enter its ID.".to_owned(),
        (Field::Name, FieldError::Empty) => "Enter a name for the run.".to_owned(),
        (Field::Start, FieldError::Empty) => "Enter when it starts, or choose “Now”.".to_owned(),
        (Field::End, FieldError::Empty) => "Enter when it ends.".to_owned(),
        (_, FieldError::TooLong(length)) => format!("Use at most 255 characters; this has {length}."),
        (_, FieldError::UnreadableTime) => {
            "We can’t read this time. Write it like tomorrow 9am or 2026-03-29 14:30.".to_owned()
        }
        (_, FieldError::UnreadableLength) => {
            "We can’t read this duration. Write it like 8h 30m, up to 366 days.".to_owned()
        }
        (_, FieldError::EitherDay) => "This may be one of two days. Choose one above.".to_owned(),
        (_, FieldError::NoTimeOfDay) => "Add a time of day, such as 09:00.".to_owned(),
        (_, FieldError::WrongWeekday) => "This date is another day of the week. Check it.".to_owned(),
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
