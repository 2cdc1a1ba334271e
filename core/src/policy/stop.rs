//! StopState a run without regret: read it first, ask, send once, and believe only the API's own status.

mod due_reads;
mod receipt;
mod step;
mod text;

pub use due_reads::{APART, AT_ONCE, due_reads};
pub use receipt::{Evidence, Receipt, evidence};
pub use text::{keep, recall};
pub(crate) use text::{object, run, time};

use crate::problem::Problem;
use crate::run::{Run, Status};
use crate::summary::Summary;
use crate::time::{Span, Timestamp};

/// Where the stop of one run stands. One per run; it belongs to the application, so that leaving the page changes nothing.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct StopState {
    stage: Stage,
    /// Whether the dialog is open.
    dialog: Option<DialogState>,
    epoch: u32,
}

/// Where the request stands.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Stage {
    /// Not asked.
    #[default]
    Idle,
    /// Sent, no answer yet.
    Sending(Request),
    /// The API took the request ("Stop requested 14:05:10 UTC"); its status does not say so yet. The run is being read.
    Requested(Request),
    /// No clear answer came. It is not known whether the stop arrived; the run is being read.
    Unknown(Request, Problem),
    /// The API's status shows it.
    Confirmed(Box<Receipt>),
    /// Nothing was stopped, because it was over already: 409, or the run said so when it was read before dialog. The
    /// word of its status, where it was read.
    AlreadyOver(Option<Status>),
    /// The API refused: the run goes on.
    Refused(Problem),
}

/// The open dialog.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DialogState {
    /// The run as last read.
    pub run: Box<Run>,
    /// The counts so far, where they are known.
    pub counts: Option<Summary>,
    /// Whether it was read since the dialog opened.
    pub freshness: Freshness,
    opened_at: Timestamp,
    epoch: u32,
}

/// How fresh the dialog's run is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Freshness {
    /// Being read: "Stop run" waits, at most [`DIALOG_READ_TIMEOUT`].
    Loading,
    /// Read since the dialog opened.
    Fresh,
    /// It took too long: what is shown is older. The person may stop all the same.
    TimedOut,
    /// It could not be read: what is shown is older. The person may stop all the same.
    Failed(Problem),
}

/// A stop request that was sent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Request {
    /// The run as it was shown in the dialog.
    pub run: Box<Run>,
    /// The counts as they were shown in the dialog.
    pub counts: Option<Summary>,
    /// When it was sent.
    pub asked_at: Timestamp,
    /// When the API's answer came, if it did.
    pub answered_at: Option<Timestamp>,
    /// Readings since then that showed no change.
    pub readings: u32,
    /// Whether one is under way.
    pub in_flight: bool,
    due: Timestamp,
    epoch: u32,
}

/// What happened.
#[derive(Clone, PartialEq, Debug)]
pub enum Event {
    /// A person pressed the button that opens the dialog; the run and the counts as they are known.
    Open(Box<Run>, Option<Summary>),
    /// "Keep running", or Escape.
    KeepRunning,
    /// "Stop run" in the dialog.
    Confirm,
    /// A person decided it elsewhere (the guided pair of a reschedule, a list of runs to stop), for the run as it was read there.
    StopNow(Box<Run>, Option<Summary>),
    /// The answer to the stop request came, with the run if its body held one.
    Answered(Result<Option<Box<Run>>, Problem>),
    /// The run was read, because of [`Effect::ReadRun`] or otherwise; with what [`StopState::epoch`] was when that request was sent.
    Read(Box<Run>, u32),
    /// The reading asked for by [`Effect::ReadRun`] failed. With a random number in 0..1 for the wait.
    ReadFailed(Problem, f64),
    /// The summary was read.
    SummaryRead(Summary),
    /// Time went on.
    Tick,
    /// The network, the session or the person's eyes are back: read now.
    Resumed,
    /// The person has seen the outcome.
    Dismiss,
}

/// What to do, in this order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Effect {
    /// Send the stop request, once, and say [`Event::Answered`].
    Post,
    /// Read the run and say [`Event::Read`] or [`Event::ReadFailed`].
    ReadRun,
    /// Read the summary and say [`Event::SummaryRead`] if that succeeds.
    ReadSummary,
}

/// How long "Stop run" waits for the run to be read again: somebody who has to stop now must not wait for a time-out.
pub const DIALOG_READ_TIMEOUT: Span = Span::from_seconds(3);
/// After so long without a change a person may ask again, or put the outcome away.
pub const RETRY_ALLOWED_AFTER: Span = Span::from_seconds(60);

impl StopState {
    /// Where the request stands.
    pub const fn stage(&self) -> &Stage {
        &self.stage
    }

    /// The dialog, while it is open.
    pub const fn dialog(&self) -> Option<&DialogState> {
        self.dialog.as_ref()
    }

    /// Whether "Stop run" in the dialog does something now.
    pub const fn may_confirm(&self) -> bool {
        match &self.dialog {
            Some(dialog) => !matches!(dialog.freshness, Freshness::Loading),
            None => false,
        }
    }

    /// Whether the button that opens the dialog does something now: not while a request is under way, nor within
    /// [`RETRY_ALLOWED_AFTER`] of one whose effect is not seen yet, nor once it is confirmed or over.
    pub fn may_open(&self, now: Timestamp) -> bool {
        match &self.stage {
            Stage::Idle | Stage::Refused(_) => true,
            Stage::Requested(request) | Stage::Unknown(request, _) => request.may_repeat(now),
            Stage::Sending(_) | Stage::Confirmed(_) | Stage::AlreadyOver(_) => false,
        }
    }

    /// Rises when the dialog opens, when the stop is sent and when the API says that it is over already: a reading that was sent before proves nothing. (No clock is
    /// asked: it may be corrected meanwhile.)
    pub const fn epoch(&self) -> u32 {
        self.epoch
    }

    /// Whether a request is under way.
    pub const fn is_sending(&self) -> bool {
        matches!(self.stage, Stage::Sending(_))
    }

    /// When the stop was asked for, while the API's status does not show it: for the finding "stop was asked 90 s ago".
    pub const fn pending_since(&self) -> Option<Timestamp> {
        match &self.stage {
            Stage::Sending(request) | Stage::Requested(request) | Stage::Unknown(request, _) => Some(request.asked_at),
            _ => None,
        }
    }

    /// When [`Event::Tick`] will do something; `None` while it will not.
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
    /// Long enough ago that dialog again is no double click.
    fn may_repeat(&self, now: Timestamp) -> bool {
        now.since(self.asked_at).millis().abs() >= RETRY_ALLOWED_AFTER.millis()
    }
}

#[cfg(test)]
mod tests;
