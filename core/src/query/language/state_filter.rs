//! The words that `is:` understands, and what each of them means.

use crate::query::IndexedRun;
use crate::run_state::{RunState, needs_attention};
use crate::time::Timestamp;

/// What `is:` asks for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum StateFilter {
    /// `attention`: the run needs attention.
    Attention,
    /// A state, by its own word.
    State(RunState),
}

impl StateFilter {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 9] = [
        Self::Attention,
        Self::State(RunState::Running),
        Self::State(RunState::Scheduled),
        Self::State(RunState::Completed),
        Self::State(RunState::Failed),
        Self::State(RunState::Stopped),
        Self::State(RunState::Open),
        Self::State(RunState::Ended),
        Self::State(RunState::Unknown),
    ];

    /// Whether it is offered although no run is in it. The others are states without a clear word of the API: rare, and last in
    /// [`Self::ALL`], so that no filter moves when one of them appears.
    pub const fn is_always_offered(self) -> bool {
        !matches!(self, Self::State(RunState::Open | RunState::Ended | RunState::Unknown))
    }

    /// The word for it in a query.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Attention => "attention",
            Self::State(state) => state.word(),
        }
    }

    /// The one with that word (in lower case).
    pub(super) fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|filter| filter.word() == word)
    }

    /// The filters that a run meets.
    pub(super) fn of(subject: IndexedRun<'_>, now: Timestamp) -> impl Fn(Self) -> bool {
        let (state, attention) = (RunState::of(subject.run, now), needs_attention(subject.run, now));
        move |filter| match filter {
            Self::Attention => attention,
            Self::State(wanted) => state == wanted,
        }
    }

    /// Whether it depends on more of the time than the phase does.
    pub(super) const fn depends_on_time(self) -> bool {
        matches!(self, Self::Attention)
    }
}
