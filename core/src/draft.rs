//! From the typed form to a run that can be created.

mod field_name;
mod job_options;
mod length;
mod next_name;
mod rezone;
pub mod saved;
pub mod warning;

pub use job_options::{JobOption, JobOptions};
pub use next_name::next_name;

use crate::clean::{self, Cleaned};
use crate::run::{JobId, is_visible};
use crate::time::input::{self, TimeInput};
use crate::time::{Span, Timestamp, zone::Offset};
use crate::wire::{self, Unreadable};
use std::borrow::Cow;

/// The form as typed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Draft {
    /// "Job ID"
    pub job_id: String,
    /// The job of the run that the form was filled in from, as the API gives it; empty if there is none
    pub source_job: String,
    /// "Run name"
    pub name: String,
    /// "Now" or "Pick a time"
    pub start: StartChoice,
    /// The text of "Start", kept while "Now" is chosen
    pub start_text: String,
    /// "Pick a time" or "After a duration"
    pub end: EndChoice,
    /// The text of "End"; its last one while "After a duration" is chosen
    pub end_text: String,
    /// The text of "Duration", such as `8h 30m`; where the end is picked as a time, the length that this gives, unless that changes
    /// with the clock
    pub after_text: String,
    /// When the run starts that this one replaces: `+2h` in "Start" counts from there, and not from now
    pub replaced_start: Option<Timestamp>,
}

/// How the start is chosen.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum StartChoice {
    /// When the request is sent
    Now,
    /// The time in the field
    #[default]
    At,
}

/// How the end is chosen.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum EndChoice {
    /// The time in the field
    #[default]
    At,
    /// A duration after the start
    After,
}

/// A field of the form.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Field {
    /// "Job ID": `jobId`, `job_id`
    JobId,
    /// "Run name": `name`
    Name,
    /// "Start": `startAt`, `start_at`
    Start,
    /// "End": `endAt`, `end_at`
    End,
}

impl Field {
    /// The field that a server's name or message refers to: `jobId`, `job_id`, `startAt must be …`. A word that could
    /// mean something else (`Name resolution failed`, `end of file`) refers to no field.
    pub fn named_in(text: &str) -> Option<Self> {
        field_name::field(text)
    }
}

/// Why a field is invalid.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FieldError {
    /// Empty, or white space only.
    Empty,
    /// A name of more than 255 characters; with its length. Inferred from the sibling resources.
    TooLong(usize),
    /// Unreadable time.
    UnreadableTime,
    /// Unreadable duration.
    UnreadableLength,
    /// The zone's clock skips this time; with the nearest times before and after.
    NeverHappens(Timestamp, Timestamp),
    /// The zone's clock shows this time twice; with the earlier and the later instant.
    HappensTwice(Timestamp, Timestamp),
    /// One of two days may be meant.
    EitherDay,
    /// A day without a time of day.
    NoTimeOfDay,
    /// A weekday and a date that do not belong together.
    WrongWeekday,
    /// The end is not after the start.
    EndNotAfterStart,
    /// The end is in the past, which the API refuses.
    EndInPast,
}

/// A field's value, or why there is none.
pub type Checked<T> = Result<T, FieldError>;

/// A validated run that can be created.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewRun {
    /// Cleaned ([`clean::id`]) unless it is the job of an existing run; not empty.
    pub job_id: JobId,
    /// Cleaned ([`clean::name`]), 1 to 255 characters.
    pub name: String,
    /// May be in the past: the service accepts that, so it is a warning, not an error.
    pub start_at: Timestamp,
    /// After `start_at`, and in the future.
    pub end_at: Timestamp,
}

/// The longest name, in characters.
const LONGEST_NAME: usize = 255;

fn instant(text: &str, now: Timestamp, offset: Offset<'_>) -> Result<Timestamp, FieldError> {
    match input::read(text, now, offset) {
        TimeInput::At(instant) => Ok(instant),
        TimeInput::Twice(earlier, later) => Err(FieldError::HappensTwice(earlier, later)),
        TimeInput::Never(before, after) => Err(FieldError::NeverHappens(before, after)),
        TimeInput::EitherDay => Err(FieldError::EitherDay),
        TimeInput::NoTimeOfDay => Err(FieldError::NoTimeOfDay),
        TimeInput::WrongWeekday => Err(FieldError::WrongWeekday),
        TimeInput::Empty => Err(FieldError::Empty),
        TimeInput::Unreadable => Err(FieldError::UnreadableTime),
    }
}

fn length(text: &str) -> Result<Span, FieldError> {
    let text = clean::id(text);
    if text.is_empty() {
        return Err(FieldError::Empty);
    }
    Span::parse(&text).ok_or(FieldError::UnreadableLength)
}

impl Draft {
    /// What is sent in place of a typed job id or name, if characters that nobody means were typed along; surrounding space
    /// does not count.
    pub fn cleaned(&self, field: Field) -> Option<Cleaned> {
        match field {
            Field::JobId if self.job_id == self.source_job => None,
            Field::JobId => clean::changes_of_id(&self.job_id),
            Field::Name => {
                let meant = clean::name(&self.name);
                let changed = self.name.trim() != meant;
                changed.then(|| Cleaned { text: meant.into_owned(), quotes: false, characters: true })
            }
            Field::Start | Field::End => None,
        }
    }

    /// The draft with a typed label replaced by the id of its job.
    #[must_use]
    pub fn with_job_meant(&self, jobs: &JobOptions) -> Self {
        let job_id = jobs.id_of_label(&self.job_id).unwrap_or(&self.job_id).to_owned();
        Self { job_id, ..self.clone() }
    }

    /// The job id that is sent: cleaned, unless it is an existing job's, which is sent as it is.
    fn meant_job(&self) -> Cow<'_, str> {
        if self.job_id == self.source_job { Cow::Borrowed(&self.job_id) } else { clean::id(&self.job_id) }
    }

    /// Validates every field. Returns all errors at once, at most one per field, in form order. A duration after an
    /// invalid start is only an error if it is unreadable.
    ///
    /// # Errors
    /// The invalid fields; never empty.
    pub fn validate(&self, now: Timestamp, offset: Offset<'_>) -> Result<NewRun, Vec<(Field, FieldError)>> {
        let mut errors = Vec::new();
        let (job_id, name) = (self.meant_job(), clean::name(&self.name));
        if !is_visible(&job_id) {
            errors.push((Field::JobId, FieldError::Empty));
        }
        match name.chars().count() {
            _ if !is_visible(&name) => errors.push((Field::Name, FieldError::Empty)),
            length if length > LONGEST_NAME => errors.push((Field::Name, FieldError::TooLong(length))),
            _ => {}
        }
        let (start, end) = self.window(now, offset);
        errors.extend(start.err().map(|error| (Field::Start, error)));
        errors.extend(end.err().map(|error| (Field::End, error)));
        match (start, end) {
            (Ok(start_at), Ok(Some(end_at))) if errors.is_empty() => {
                Ok(NewRun { job_id: JobId::new(&job_id), name: name.into_owned(), start_at, end_at })
            }
            _ => Err(errors),
        }
    }

    /// Validates start and end alone. A duration after an invalid start has no end, and that is no error.
    pub fn window(&self, now: Timestamp, offset: Offset<'_>) -> (Checked<Timestamp>, Checked<Option<Timestamp>>) {
        let start = match self.start {
            StartChoice::Now => Ok(now),
            StartChoice::At => instant(&self.start_text, self.start_reference(now), offset),
        };
        let end = match self.end {
            // A length that cannot be read was meant to change the end.
            EndChoice::At if length(&self.after_text) == Err(FieldError::UnreadableLength) => {
                Err(FieldError::UnreadableLength)
            }
            EndChoice::At => {
                instant(&self.end_text, input::end_reference(&self.end_text, start.ok(), now), offset).map(Some)
            }
            EndChoice::After => length(&self.after_text).map(|length| Some(start.ok()?.plus(length))),
        };
        // A duration after an invalid start cannot be checked further.
        let end = end.and_then(|end| match end {
            Some(end) if start.is_ok_and(|start| end <= start) => Err(FieldError::EndNotAfterStart),
            Some(end) if end <= now => Err(FieldError::EndInPast),
            end => Ok(end),
        });
        (start, end)
    }
}

impl NewRun {
    /// The body of the create request: `jobId`, `name`, `startAt`, `endAt` (documented).
    pub fn to_json(&self) -> String {
        wire::to_text(&wire::run::NewRun::from(self))
    }
}

impl From<&NewRun> for wire::run::NewRun {
    fn from(run: &NewRun) -> Self {
        Self {
            job_id: run.job_id.as_str().to_owned(),
            name: run.name.clone(),
            start_at: run.start_at,
            end_at: run.end_at,
        }
    }
}

impl TryFrom<wire::run::NewRun> for NewRun {
    type Error = Unreadable;

    fn try_from(run: wire::run::NewRun) -> Result<Self, Unreadable> {
        if run.job_id.is_empty() || run.name.is_empty() {
            return Err(Unreadable);
        }
        Ok(Self { job_id: JobId::new(&run.job_id), name: run.name, start_at: run.start_at, end_at: run.end_at })
    }
}

#[cfg(test)]
mod tests;
