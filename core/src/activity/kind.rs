//! The kinds of entries, to filter and export by.

use super::entry::{Action, Entry, Transition, What};

/// A kind of entry.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Kind {
    /// [`Transition::Appeared`]
    Appeared,
    /// [`Transition::Opened`]
    Opened,
    /// [`Transition::Running`]
    Running,
    /// [`Transition::Completed`]
    Completed,
    /// [`Transition::Ended`]
    Ended,
    /// [`Transition::Failed`]
    Failed,
    /// [`Transition::Stopped`]
    Stopped,
    /// [`Transition::Reverted`]
    Reverted,
    /// [`Transition::Contradiction`]
    Contradiction,
    /// [`Transition::FailuresRose`]
    FailuresRose,
    /// [`Action::Schedule`]
    ScheduledHere,
    /// [`Action::Stop`]
    StoppedHere,
    /// [`Action::Reschedule`]
    RescheduledHere,
    /// [`Action::BulkStop`]
    BulkStopHere,
    /// [`Action::HandOver`]
    HandedOver,
}

impl Kind {
    /// All kinds, in the order of their filters.
    pub const ALL: [Self; 15] = [
        Self::Appeared,
        Self::Opened,
        Self::Running,
        Self::Completed,
        Self::Ended,
        Self::Failed,
        Self::Stopped,
        Self::Reverted,
        Self::Contradiction,
        Self::FailuresRose,
        Self::ScheduledHere,
        Self::StoppedHere,
        Self::RescheduledHere,
        Self::BulkStopHere,
        Self::HandedOver,
    ];

    /// The word for it in addresses, files and storage.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Appeared => "appeared",
            Self::Opened => "opened",
            Self::Running => "running",
            Self::Completed => "completed",
            Self::Ended => "ended",
            Self::Failed => "failed",
            Self::Stopped => "stopped",
            Self::Reverted => "reverted",
            Self::Contradiction => "contradiction",
            Self::FailuresRose => "failures-rose",
            Self::ScheduledHere => "scheduled-here",
            Self::StoppedHere => "stopped-here",
            Self::RescheduledHere => "rescheduled-here",
            Self::BulkStopHere => "bulk-stop-here",
            Self::HandedOver => "handed-over",
        }
    }

    /// The kind with that word (ignoring letter case).
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word().eq_ignore_ascii_case(word))
    }

    /// The kind of an entry.
    pub const fn of(entry: &Entry) -> Self {
        match &entry.what {
            What::Seen(transition) => Self::of_transition(*transition),
            What::Done(done) => Self::of_action(done.action),
        }
    }

    pub(super) const fn of_transition(transition: Transition) -> Self {
        match transition {
            Transition::Appeared => Self::Appeared,
            Transition::Opened => Self::Opened,
            Transition::Running => Self::Running,
            Transition::Completed => Self::Completed,
            Transition::Ended => Self::Ended,
            Transition::Failed => Self::Failed,
            Transition::Stopped => Self::Stopped,
            Transition::Reverted(_) => Self::Reverted,
            Transition::Contradiction(_) => Self::Contradiction,
            Transition::FailuresRose(_) => Self::FailuresRose,
        }
    }

    pub(super) const fn of_action(action: Action) -> Self {
        match action {
            Action::Schedule => Self::ScheduledHere,
            Action::Stop => Self::StoppedHere,
            Action::Reschedule => Self::RescheduledHere,
            Action::BulkStop => Self::BulkStopHere,
            Action::HandOver => Self::HandedOver,
        }
    }
}
