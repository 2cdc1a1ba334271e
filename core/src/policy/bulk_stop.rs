//! Stopping several runs safely: the list is frozen when the dialog opens, each run is read before it is stopped, few
//! requests are in flight at once, and each run ends with exactly one result. The single stops are the business of
//! [`super::stop`]; this decides which run is next, and when to pause.

mod step;
mod stored;

use crate::clean;
use crate::problem::Problem;
use crate::run::{Run, RunId, Status};
use crate::time::Timestamp;
use std::sync::Arc;

/// The bulk stop. It belongs to the application: leaving the page changes nothing.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct BulkStopState {
    dialog: Option<Vec<Entry>>,
    work: Vec<Entry>,
    halted: bool,
    pause: Option<Pause>,
    rest: Option<Timestamp>,
    /// When the person confirmed it.
    confirmed_at: Option<Timestamp>,
    /// Failures in a row that may concern the network or the API as a whole.
    failures_in_a_row: u32,
}

/// One of the runs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// The run as it was known when the dialog opened.
    pub run: Arc<Run>,
    /// Its progress.
    pub state: EntryStage,
    /// When it reached its result, or the latest news of it.
    pub at: Option<Timestamp>,
    /// How often it was put off.
    tries: u32,
}

/// The progress of one run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum EntryStage {
    /// Not started.
    Waiting,
    /// Being read before it is stopped.
    Reading,
    /// The stop was sent; no answer yet.
    Sending,
    /// The API accepted the stop; its status does not show it yet and is being polled.
    Requested,
    /// No clear answer: it may have been stopped. Its status is being polled.
    Unknown(Problem),
    /// The API's status shows the stop.
    Stopped(Status),
    /// It was already over, before anything was sent or according to the API's answer, or it ended before a stop showed;
    /// with its status, if that was read.
    AlreadyOver(Option<Status>),
    /// The API refused the stop: the run continues.
    Refused(Problem),
    /// It could not be read, so no stop was sent: the run continues.
    ReadFailed(Problem),
    /// The person cancelled the remaining stops: no stop was sent.
    Skipped,
    /// Another tab said that it was stopping it, so it was left to that tab.
    Elsewhere,
}

/// Why the bulk stop is paused until the person decides.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pause {
    /// The API rejected the token: the person must sign in again and then continue.
    Token,
    /// Several requests in a row failed.
    Trouble,
    /// The page was reloaded in the middle.
    Reloaded,
}

/// An event.
#[derive(Clone, PartialEq, Debug)]
pub enum Event {
    /// The person pressed "Stop N runs" for these runs.
    Open(Vec<Arc<Run>>),
    /// The runs that other tabs say they are stopping now. Those in the open dialog are left out for as long as they say so.
    Elsewhere(Vec<RunId>),
    /// "Keep them running", or Escape.
    KeepRunning,
    /// The dialog's button, with the typed number.
    Confirm(String),
    /// The answer to [`Effect::Read`].
    Read(RunId, Result<Box<Run>, Problem>),
    /// The stop of a single run made progress.
    Progressed(RunId, StopProgress),
    /// "Cancel remaining stops".
    CancelRemaining,
    /// "Continue", with whether there is a token that the API has not rejected.
    Continue(bool),
    /// Time has passed.
    Tick,
    /// The person dismissed the results.
    Dismiss,
}

/// The progress of a single stop, as far as it matters here.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum StopProgress {
    /// The API accepted the stop.
    Requested,
    /// No clear answer came.
    Unknown(Problem),
    /// The status shows the stop.
    Stopped(Status),
    /// The run was already over.
    AlreadyOver(Option<Status>),
    /// The API refused the stop.
    Refused(Problem),
}

/// An effect to carry out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Effect {
    /// Read this run, then send [`Event::Read`].
    Read(RunId),
    /// Stop this run, as it was just read, and send [`Event::Progressed`] whenever its stop makes progress.
    Stop(Box<Run>),
}

/// How many runs are read or stopped at the same time.
const CONCURRENT_STOPS: usize = 2;
/// For more runs than this, their number must be typed.
const TYPE_COUNT_ABOVE: usize = 5;
/// The most runs in one bulk stop: nobody can check a longer list.
pub const MAX_RUNS: usize = 500;

impl EntryStage {
    /// Whether it has a result, so that nothing more is sent for it. A requested stop may still be confirmed later.
    pub const fn is_settled(&self) -> bool {
        !matches!(self, Self::Waiting | Self::Reading | Self::Sending)
    }

    /// Whether it is settled without having been asked: it was left alone.
    const fn was_not_asked(&self) -> bool {
        matches!(self, Self::ReadFailed(_) | Self::Skipped | Self::Elsewhere)
    }
}

impl BulkStopState {
    /// The runs in the open dialog, including those already over; empty while it is closed.
    pub fn dialog_entries(&self) -> &[Entry] {
        self.dialog.as_deref().unwrap_or_default()
    }

    /// Whether the dialog is open.
    pub const fn is_open(&self) -> bool {
        self.dialog.is_some()
    }

    /// How many runs the open dialog would stop.
    pub fn stoppable_count(&self) -> usize {
        self.dialog_entries().iter().filter(|entry| entry.state == EntryStage::Waiting).count()
    }

    /// Whether the open dialog leaves runs to another tab.
    pub fn leaves_runs_to_another_tab(&self) -> bool {
        self.dialog_entries().iter().any(|entry| entry.state == EntryStage::Elsewhere)
    }

    /// The runs that other tabs need not stop: those that are about to be stopped here. None while the person has to decide something
    /// first.
    pub fn under_way(&self) -> Vec<RunId> {
        let entries = self.work.iter().filter(|entry| self.pause.is_none() && !entry.state.is_settled());
        entries.map(|entry| entry.run.id.clone()).collect()
    }

    /// Whether the number of runs must be typed.
    pub fn must_type_count(&self) -> bool {
        self.stoppable_count() > TYPE_COUNT_ABOVE
    }

    /// Whether the dialog's button is enabled.
    pub fn may_confirm(&self, typed: &str) -> bool {
        let count = self.stoppable_count();
        count > 0 && (!self.must_type_count() || clean::id(typed) == count.to_string())
    }

    /// The runs that are or were being stopped, in the order of the dialog.
    pub fn entries(&self) -> &[Entry] {
        &self.work
    }

    /// How many of them have a result: they were asked to stop, or were over already.
    pub fn result_count(&self) -> usize {
        self.work.iter().filter(|entry| entry.state.is_settled() && !entry.state.was_not_asked()).count()
    }

    /// Whether a run need not be selected any more, so that nobody stops it twice: its stop was accepted, or it was over.
    pub fn is_done(&self, id: &RunId) -> bool {
        let is_done = |state: &EntryStage| {
            matches!(state, EntryStage::Requested | EntryStage::Stopped(_) | EntryStage::AlreadyOver(_))
        };
        self.work.iter().any(|entry| entry.run.id == *id && is_done(&entry.state))
    }

    /// Whether some have no result yet.
    pub fn is_busy(&self) -> bool {
        self.work.iter().any(|entry| !entry.state.is_settled())
    }

    /// When the person confirmed it.
    pub const fn confirmed_at(&self) -> Option<Timestamp> {
        self.confirmed_at
    }

    /// Why it is paused, if it is.
    pub const fn pause(&self) -> Option<Pause> {
        self.pause
    }

    /// Whether the person cancelled the remaining stops.
    pub const fn is_cancelled(&self) -> bool {
        self.halted
    }

    /// Until when it waits because the API limits the rate of requests.
    pub const fn waiting_until(&self) -> Option<Timestamp> {
        self.rest
    }
}

#[cfg(test)]
mod tests;
