//! One entry of the record.

use crate::phase::Disagreement;
use crate::run::{JobId, Run, RunId};
use crate::run_state::RunState;
use crate::time::{Span, Timestamp};
use std::sync::Arc;

/// An instant by both clocks.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Moment {
    /// By this computer's clock. All tabs of a browser share it.
    pub here: Timestamp,
    /// By the API's clock, as far as this tab knew it.
    pub api: Timestamp,
}

impl Moment {
    /// The moment `span` later.
    #[must_use]
    pub fn plus(self, span: Span) -> Self {
        Self { here: self.here.plus(span), api: self.api.plus(span) }
    }

    /// The earlier time of each clock: either of them may have been set between the two.
    #[must_use]
    pub fn earliest(self, other: Self) -> Self {
        Self { here: self.here.min(other.here), api: self.api.min(other.api) }
    }
}

/// When a request that gave runs was sent and answered. What it gave was true at some moment between the two.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ReadTime {
    /// When it was sent.
    pub sent: Moment,
    /// When its answer came.
    pub received: Moment,
}

/// A run, and when the request was sent that gave it.
pub type DatedRun = (Arc<Run>, Moment);

/// One thing that happened. Contains no secret.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// Unique in a record, and the same in every tab that sees the same reading.
    pub key: Arc<str>,
    /// What happened.
    pub what: What,
    /// The run; `None` for what concerns several.
    pub run: Option<RunId>,
    /// The run's name then; may be empty.
    pub name: Arc<str>,
    /// The run's job.
    pub job: Option<JobId>,
    /// When it was noticed or done here.
    pub noticed: Moment,
    /// How its time is known.
    pub known: HowKnown,
    /// Whether the person is notified of it.
    pub alert: Alert,
}

/// Whether the person is notified of an entry. A later one replaces an earlier one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Alert {
    /// No bell is set on it.
    #[default]
    None,
    /// They were not seen to have noticed it yet.
    Unseen,
    /// They have seen it.
    Seen,
}

/// How the time of an entry is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HowKnown {
    /// It was not so when the run was read at `after`, and it was so when it was noticed: "seen at 14:05, between 14:04 and
    /// 14:05". `None` if the run was never read before.
    Between {
        /// When the earlier reading was sent.
        after: Option<Moment>,
    },
    /// The API gave the instant, such as the start of the window. By the API's clock.
    At(Timestamp),
    /// It was done in this browser.
    DoneHere,
}

/// What happened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum What {
    /// Something was seen of a run.
    Seen(Transition),
    /// Something was done in this browser.
    Done(Done),
}

/// What was seen of a run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Transition {
    /// It is new.
    Appeared,
    /// Its window opened.
    Opened,
    /// The API says that it is running.
    Running,
    /// The API says that it has completed.
    Completed,
    /// Its window ended, and the API had no final word.
    Ended,
    /// The API says that it failed.
    Failed,
    /// The API says that it was stopped.
    Stopped,
    /// It is in a state that it had left or never enters otherwise: the API changed its word or the window.
    Reverted(RunState),
    /// Its status contradicts its window.
    Contradiction(Disagreement),
    /// The share of failures among its final status reports rose.
    FailuresRose(FailureRise),
}

/// How far the share rose, in tenths of a percent of the final status reports.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FailureRise {
    /// The lowest share since the last rise that was told.
    pub from: u32,
    /// The share now.
    pub to: u32,
}

/// What was done in this browser.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Done {
    /// What it was.
    pub action: Action,
    /// What came of it.
    pub outcome: Outcome,
    /// When the outcome was known.
    pub settled: Option<Moment>,
    /// The run that replaces this one, of a reschedule.
    pub new_run: Option<RunId>,
    /// How many runs it was about; 1 but for a bulk stop.
    pub runs: u32,
    /// The receipt, or the text of a hand-over, as it can be copied.
    pub text: Option<Arc<str>>,
}

/// A kind of thing that is done in this browser.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Action {
    /// A run was scheduled.
    Schedule,
    /// A run was stopped, alone or with others.
    Stop,
    /// A run was rescheduled.
    Reschedule,
    /// Several runs were stopped.
    BulkStop,
    /// A text for the next shift was made.
    HandOver,
}

/// What came of an action. A later one replaces an earlier one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Outcome {
    /// It was requested.
    Requested,
    /// No clear answer came.
    Unknown,
    /// The API refused it.
    Refused,
    /// There was nothing left to do: the run was over.
    NotNeeded,
    /// It is confirmed by a reading.
    Confirmed,
}

impl Entry {
    /// When it happened as far as is known, by the API's clock: at the latest when it was noticed.
    pub fn happened(&self) -> Timestamp {
        match self.known {
            HowKnown::At(at) => at.min(self.noticed.api),
            HowKnown::Between { .. } | HowKnown::DoneHere => self.noticed.api,
        }
    }

    /// What was seen; `None` for what was done here.
    pub const fn transition(&self) -> Option<Transition> {
        match self.what {
            What::Seen(transition) => Some(transition),
            What::Done(_) => None,
        }
    }

    /// Whether somebody should look at the run because of it.
    pub const fn needs_attention(&self) -> bool {
        matches!(self.what, What::Seen(Transition::Failed | Transition::Contradiction(_) | Transition::FailuresRose(_)))
    }
}

impl Done {
    /// An action that was just requested.
    pub const fn requested(action: Action) -> Self {
        Self { action, outcome: Outcome::Requested, settled: None, new_run: None, runs: 1, text: None }
    }
}

impl Transition {
    /// Whether two are the same, so that only their times can tell them apart.
    pub(super) fn is_same(self, other: Self) -> bool {
        matches!((self, other), (Self::FailuresRose(_), Self::FailuresRose(_))) || self == other
    }
}

/// The word for a contradiction in files and storage.
pub(super) const fn disagreement_word(disagreement: Disagreement) -> &'static str {
    match disagreement {
        Disagreement::ScheduledWhileOpen => "scheduled-while-open",
        Disagreement::ScheduledAfterEnd => "scheduled-after-end",
        Disagreement::RunningBeforeStart => "running-before-start",
        Disagreement::RunningAfterEnd => "running-after-end",
        Disagreement::EndedBeforeEnd => "ended-before-end",
    }
}
