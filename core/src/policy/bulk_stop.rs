//! StopState several runs without regret: the list is frozen when the dialog opens, each run is read before it is asked to
//! stop, few are under way at once, and each ends with exactly one result. What becomes of each single stop is the matter of
//! [`super::stop`]; this says which run is next, and when not to go on.

mod step;
mod text;

use crate::problem::Problem;
use crate::run::{Run, RunId, Status};
use crate::time::Timestamp;
use std::sync::Arc;

/// The stop of several runs. It belongs to the application: leaving the page changes nothing.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct BulkStopState {
    asking: Option<Vec<Entry>>,
    work: Vec<Entry>,
    halted: bool,
    pause: Option<Pause>,
    rest: Option<Timestamp>,
    /// When the person confirmed it.
    confirmed_at: Option<Timestamp>,
    /// Failures in a row that may be those of the network or the API as a whole.
    misses: u32,
}

/// One of the runs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// As it was known when the dialog opened.
    pub run: Arc<Run>,
    /// How far it is.
    pub state: EntryStage,
    /// When it came to its result, or to what is known so far.
    pub at: Option<Timestamp>,
    /// How often its reading was put off.
    tries: u32,
}

/// How far one of the runs is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum EntryStage {
    /// Not begun.
    Waiting,
    /// Being read once more.
    Reading,
    /// Asked to stop; no answer yet.
    Sending,
    /// The API took the request; its status does not show it yet, and is being read.
    Asked,
    /// No clear answer: it may have been stopped. Its status is being read.
    Unknown(Problem),
    /// The API's status (its word) shows it.
    Stopped(Status),
    /// Over already, before anything was sent, or as the API's answer says; its word, where it was read.
    Over(Option<Status>),
    /// The API refused: it goes on.
    Refused(Problem),
    /// It could not be read, so nothing was sent: it goes on.
    NotRead(Problem),
    /// The person decided not to stop the rest: nothing was sent.
    Kept,
}

/// Why it does not go on by itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pause {
    /// The API does not accept the token: a new one is needed, and then the person's click.
    Token,
    /// Several in a row failed: the person decides.
    Trouble,
    /// The page was loaded anew in the middle: the person decides.
    Reloaded,
}

/// What happened.
#[derive(Clone, PartialEq, Debug)]
pub enum Event {
    /// A person pressed "Stop N runs", for these, as they are known.
    Open(Vec<Arc<Run>>),
    /// "Keep them running", or Escape.
    KeepRunning,
    /// The dialog's button, with what was typed.
    Confirm(String),
    /// A run was read, because of [`Effect::Read`].
    Read(RunId, Result<Box<Run>, Problem>),
    /// The single stop of a run has gone on.
    Progressed(RunId, StopProgress),
    /// "Do not stop the rest".
    CancelRemaining,
    /// "Go on", with whether there is a token that the API has not refused.
    Continue(bool),
    /// Time went on.
    Tick,
    /// The person has seen the results.
    Dismiss,
}

/// How far a single stop is, as far as it matters here.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum StopProgress {
    /// The API took the request.
    Asked,
    /// No clear answer came.
    Unknown(Problem),
    /// The status shows it.
    Stopped(Status),
    /// It was over already.
    Over(Option<Status>),
    /// The API refused.
    Refused(Problem),
}

/// What to do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Effect {
    /// Read this run and say [`Event::Read`].
    Read(RunId),
    /// Ask this run, as it was just read, to stop, and say [`Event::Progressed`] whenever its stop goes on.
    Stop(Box<Run>),
}

/// So many are under way at once.
pub const AT_ONCE: usize = 2;
/// Above this, their number has to be typed.
pub const TYPED_ABOVE: usize = 5;
/// More are not taken at once: a list that nobody can read through is no list.
pub const MAX_RUNS: usize = 500;

impl EntryStage {
    /// Whether there is a result: nothing more is sent for it. What was asked may still turn out to be done.
    pub const fn is_settled(&self) -> bool {
        !matches!(self, Self::Waiting | Self::Reading | Self::Sending)
    }
}

impl BulkStopState {
    /// The runs that the open dialog asks about, those that are over already among them; empty while it is closed.
    pub fn dialog_entries(&self) -> &[Entry] {
        self.asking.as_deref().unwrap_or_default()
    }

    /// Whether the dialog is open.
    pub const fn is_open(&self) -> bool {
        self.asking.is_some()
    }

    /// How many runs the open dialog would stop.
    pub fn stoppable_count(&self) -> usize {
        self.dialog_entries().iter().filter(|entry| entry.state == EntryStage::Waiting).count()
    }

    /// Whether the number has to be typed.
    pub fn must_type_count(&self) -> bool {
        self.stoppable_count() > TYPED_ABOVE
    }

    /// Whether the dialog's button does something now.
    pub fn may_confirm(&self, typed: &str) -> bool {
        let count = self.stoppable_count();
        count > 0 && (!self.must_type_count() || typed.trim() == count.to_string())
    }

    /// The runs that are being stopped, or were, in the order of the dialog.
    pub fn entries(&self) -> &[Entry] {
        &self.work
    }

    /// How many of them have a result.
    pub fn settled_count(&self) -> usize {
        self.work.iter().filter(|entry| entry.state.is_settled()).count()
    }

    /// Whether some have none yet.
    pub fn is_busy(&self) -> bool {
        self.work.iter().any(|entry| !entry.state.is_settled())
    }

    /// Why it does not go on by itself.
    pub const fn pause(&self) -> Option<Pause> {
        self.pause
    }

    /// Whether the person has decided not to stop the rest.
    pub const fn is_cancelled(&self) -> bool {
        self.halted
    }

    /// Until when the API wants to be left alone.
    pub const fn waiting_until(&self) -> Option<Timestamp> {
        self.rest
    }
}

#[cfg(test)]
mod tests;
