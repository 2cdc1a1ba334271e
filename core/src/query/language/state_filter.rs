//! The words that `is:` understands, and what each of them means.

use crate::finding::findings;
use crate::phase::Phase;
use crate::query::IndexedRun;
use crate::time::Timestamp;

/// What `is:` asks for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum StateFilter {
    /// `attention`: the run has findings ([`crate::finding`]).
    Attention,
    /// A phase, by its own word.
    Phase(Phase),
}

impl StateFilter {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 6] = [
        Self::Attention,
        Self::Phase(Phase::Upcoming),
        Self::Phase(Phase::Open),
        Self::Phase(Phase::Over),
        Self::Phase(Phase::Stopped),
        Self::Phase(Phase::Unknown),
    ];

    /// The word for it in a query.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Attention => "attention",
            Self::Phase(phase) => phase.word(),
        }
    }

    /// The one with that word (in lower case).
    pub(super) fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|filter| filter.word() == word)
    }

    /// Whether a run is in that state.
    pub(super) fn holds(self, subject: IndexedRun<'_>, now: Timestamp) -> bool {
        match self {
            Self::Attention => !findings(subject.run, None, None, now).is_empty(),
            Self::Phase(phase) => subject.phase == phase,
        }
    }

    /// Whether it depends on more of the time than the phase does.
    pub(super) const fn depends_on_time(self) -> bool {
        matches!(self, Self::Attention)
    }
}
