//! From what is typed into the form to a run that may be asked for.

use crate::run::JobId;
use crate::time::{Span, Timestamp, zone::Offset};

/// What the form holds, as typed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Draft {
    /// "Job ID"
    pub job_id: String,
    /// "Run name"
    pub name: String,
    /// "Now" or "At a time"
    pub start: StartChoice,
    /// Text of "Start", kept while "Now" is chosen
    pub start_text: String,
    /// "At a time" or "After"
    pub end: EndChoice,
    /// Text of "End", kept while "After" is chosen
    pub end_text: String,
    /// Text of "After": a length such as `8h 30m`
    pub after_text: String,
}

/// How the start is given.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum StartChoice {
    /// As soon as it is sent
    Now,
    /// The time in the field
    #[default]
    At,
}

/// How the end is given.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum EndChoice {
    /// The time in the field
    #[default]
    At,
    /// So long after the start
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
    /// The field a server means by a name or by the beginning of a message: `jobId`, `job_id`, `startAt must be …`.
    pub fn named_in(text: &str) -> Option<Self> {
        todo!()
    }
}

/// Why a field is not accepted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    /// Nothing in it (or white space only).
    Empty,
    /// A name of more than 255 characters; how many there are. Inferred from the sibling resources.
    TooLong(usize),
    /// Not a time that can be read.
    UnreadableTime,
    /// Not a length of time that can be read.
    UnreadableLength,
    /// The zone's clock jumps over it: the neighbours before and after.
    NeverHappens(Timestamp, Timestamp),
    /// The zone's clock shows it twice: the earlier and the later instant.
    HappensTwice(Timestamp, Timestamp),
    /// The end is not after the start.
    EndNotAfterStart,
    /// The end is in the past: the API refuses that.
    EndInPast,
}

/// A run that may be asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewRun {
    /// Trimmed, not empty.
    pub job_id: JobId,
    /// Trimmed, 1 to 255 characters.
    pub name: String,
    /// May lie in the past: the service accepted that; warn, do not forbid.
    pub start_at: Timestamp,
    /// After `start_at` and not past.
    pub end_at: Timestamp,
}

/// Something to think about before sending; never a refusal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Caution {
    /// The start is in the past: it starts at once.
    StartsAtOnce,
    /// The window is longer than 24 hours.
    LongWindow(Span),
    /// It ends within 5 minutes from now.
    EndsSoon(Span),
}

impl Draft {
    /// Checks every field; all faults at once, at most one per field, in the order of the form. An end "after" a start that is faulty gets no
    /// fault of its own unless its length is unreadable.
    pub fn check(&self, now: Timestamp, offset: Offset<'_>) -> Result<NewRun, Vec<(Field, Fault)>> {
        todo!()
    }
}

impl NewRun {
    /// The body of the create request: `jobId`, `name`, `startAt`, `endAt` (documented).
    pub fn to_json(&self) -> String {
        todo!()
    }

    /// What to think about before sending.
    pub fn cautions(&self, now: Timestamp) -> Vec<Caution> {
        todo!()
    }

    /// Whether a run read back is this one: same job, name, and window at whole seconds.
    pub fn is(&self, run: &crate::run::Run) -> bool {
        todo!()
    }
}
