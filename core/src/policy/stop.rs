//! Stopping a run safely: read it first, confirm, send once, and believe only the API's own status.

mod due_reads;
mod receipt;
mod step;
mod stored;

pub use due_reads::due_reads;
pub use receipt::{Evidence, Receipt, evidence};
pub(crate) use stored::keep_except;
pub use stored::{keep, recall};

use crate::problem::Problem;
use crate::run::{Run, Status};
use crate::summary::Summary;
use crate::time::{Span, Timestamp};

/// The stop of one run. It belongs to the application, so leaving the page changes nothing.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct StopState {
    stage: Stage,
    /// The dialog, while it is open.
    dialog: Option<DialogState>,
    epoch: u32,
}

/// The state of the request.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Stage {
    /// No stop was requested.
    #[default]
    Idle,
    /// Sent, no answer yet.
    Sending(Request),
    /// The API accepted the stop ("Stop requested 14:05:10 UTC"); its status does not show it yet. The run is being
    /// polled.
    Requested(Request),
    /// No clear answer came, so the stop may or may not have arrived. The run is being polled.
    Unknown(Request, Problem),
    /// The API's status shows the stop.
    Confirmed(Box<Receipt>),
    /// Nothing was stopped, because the run was already over: the API answered 409, or the run said so when it was read
    /// for the dialog. With its status, if that was read.
    AlreadyOver(Option<Status>),
    /// The API refused the stop: the run continues.
    Refused(Problem),
}

/// The open dialog.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DialogState {
    /// The run as last read.
    pub run: Box<Run>,
    /// The counts so far, if known.
    pub counts: Option<Summary>,
    /// Whether the run was read since the dialog opened.
    pub freshness: Freshness,
    opened_at: Timestamp,
    epoch: u32,
}

/// How fresh the run in the dialog is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Freshness {
    /// Being read: "Stop run" is disabled for at most `DIALOG_READ_TIMEOUT`.
    Loading,
    /// Read since the dialog opened.
    Fresh,
    /// It took too long: the run shown is older. The person can stop it all the same.
    TimedOut,
    /// It could not be read: the run shown is older. The person can stop it all the same.
    Failed(Problem),
}

/// A stop request that was sent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Request {
    /// The run as shown in the dialog.
    pub run: Box<Run>,
    /// The counts as shown in the dialog.
    pub counts: Option<Summary>,
    /// When it was sent.
    pub asked_at: Timestamp,
    /// When the API's answer came, if it did.
    pub answered_at: Option<Timestamp>,
    /// Whether it followed another one that may have stopped the run.
    pub is_repeated: bool,
    /// Reads since then that showed no change.
    pub readings: u32,
    /// When the last of them came.
    pub last_read_at: Option<Timestamp>,
    /// Whether a read is in flight.
    pub in_flight: bool,
    due: Timestamp,
    epoch: u32,
}

/// An event.
#[derive(Clone, PartialEq, Debug)]
pub enum Event {
    /// The person opened the dialog; with the run and the counts as known.
    Open(Box<Run>, Option<Summary>),
    /// "Keep running", or Escape.
    KeepRunning,
    /// "Stop run" in the dialog.
    Confirm,
    /// The stop was decided elsewhere (a reschedule, a bulk stop), for the run as it was read there.
    StopNow(Box<Run>, Option<Summary>),
    /// The answer to the stop request, with the run if the body contained one.
    Answered(Result<Option<Box<Run>>, Problem>),
    /// The run was read, because of [`Effect::ReadRun`] or otherwise; with the [`StopState::epoch`] at which that
    /// request was sent.
    Read(Box<Run>, u32),
    /// The read for [`Effect::ReadRun`] failed. With a random number in 0..1 for the backoff.
    ReadFailed(Problem, f64),
    /// The summary was read.
    SummaryRead(Summary),
    /// Time has passed.
    Tick,
    /// The network, the session or the person is back: read now.
    Resumed,
    /// The person has seen the outcome.
    Dismiss,
}

/// An effect to carry out, in this order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Effect {
    /// Send the stop request once, then send [`Event::Answered`].
    Post,
    /// Read the run, then send [`Event::Read`] or [`Event::ReadFailed`].
    ReadRun,
    /// Read the summary, then send [`Event::SummaryRead`] if that succeeds.
    ReadSummary,
}

/// How long "Stop run" waits for the run to be read again: a person who must stop now should not wait for a timeout.
const DIALOG_READ_TIMEOUT: Span = Span::from_seconds(3);
/// After this long without a change, the person can repeat the stop or dismiss it.
const RETRY_ALLOWED_AFTER: Span = Span::from_seconds(60);

impl StopState {
    /// The state of the request.
    pub const fn stage(&self) -> &Stage {
        &self.stage
    }

    /// The dialog, while it is open.
    pub const fn dialog(&self) -> Option<&DialogState> {
        self.dialog.as_ref()
    }

    /// Whether "Stop run" in the dialog is enabled.
    pub const fn may_confirm(&self) -> bool {
        match &self.dialog {
            Some(dialog) => !matches!(dialog.freshness, Freshness::Loading),
            None => false,
        }
    }

    /// Whether the button that opens the dialog is enabled: not while a request is in flight, nor within
    /// `RETRY_ALLOWED_AFTER` of one that the API accepted, nor once the stop is confirmed or the run is over.
    pub fn may_open(&self, now: Timestamp) -> bool {
        match &self.stage {
            // Asking twice harms nothing.
            Stage::Idle | Stage::Refused(_) | Stage::Unknown(..) => true,
            Stage::Requested(request) => request.may_repeat(now),
            Stage::Sending(_) | Stage::Confirmed(_) | Stage::AlreadyOver(_) => false,
        }
    }

    /// Whether the outcome can be dismissed: a pending one only after `RETRY_ALLOWED_AFTER`.
    pub fn may_dismiss(&self, now: Timestamp) -> bool {
        match &self.stage {
            Stage::Sending(_) => false,
            Stage::Requested(request) | Stage::Unknown(request, _) => request.may_repeat(now),
            _ => true,
        }
    }

    /// Increases when the dialog opens, when the stop is sent and when the API says that the run is already over: a
    /// read sent before that is no evidence. It is a counter, as clocks may be corrected meanwhile.
    pub const fn epoch(&self) -> u32 {
        self.epoch
    }

    /// Whether a request is in flight.
    pub const fn is_sending(&self) -> bool {
        matches!(self.stage, Stage::Sending(_))
    }

    /// When the stop was requested, while the API's status does not show it: for the finding that a stop is pending.
    pub const fn pending_since(&self) -> Option<Timestamp> {
        match &self.stage {
            Stage::Sending(request) | Stage::Requested(request) | Stage::Unknown(request, _) => Some(request.asked_at),
            _ => None,
        }
    }

    /// The run whose stop was requested, while the API's status does not show it.
    pub fn pending_run(&self) -> Option<&Run> {
        match &self.stage {
            Stage::Sending(request) | Stage::Requested(request) | Stage::Unknown(request, _) => Some(&request.run),
            _ => None,
        }
    }

    /// When the next [`Event::Tick`] has an effect; `None` if none will.
    pub fn due(&self) -> Option<Timestamp> {
        let dialog = self.dialog.as_ref().filter(|dialog| dialog.freshness == Freshness::Loading);
        let limit = dialog.map(|dialog| dialog.opened_at.plus(DIALOG_READ_TIMEOUT));
        let reading = match &self.stage {
            Stage::Requested(request) | Stage::Unknown(request, _) if !request.in_flight => Some(request.due),
            _ => None,
        };
        [limit, reading].into_iter().flatten().min()
    }
}

impl Request {
    /// Whether enough time has passed that repeating the stop is no double click.
    fn may_repeat(&self, now: Timestamp) -> bool {
        now.since(self.asked_at).millis().abs() >= RETRY_ALLOWED_AFTER.millis()
    }
}

#[cfg(test)]
mod tests;
