//! The sort order of the list.

mod columns;

pub use columns::sort_all;

use super::{IndexedRun, section};
use crate::countdown::Countdown;
use crate::run::{JobId, Run, Status};
use crate::run_state::RunState;
use crate::time::{Span, Timestamp};
use std::cmp::Ordering;

/// A column to sort by.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum SortKey {
    /// `name`
    Name,
    /// `status`: by state, then by status
    Status,
    /// `job`: by label, or else by id
    Job,
    /// `start`
    Start,
    /// `end`
    End,
    /// `created`
    Created,
    /// `length`: of the window
    Length,
    /// `countdown`: by the instant that is counted down to; behind those, the run that ended last comes first
    Countdown,
    /// `section`: no column, but the default order ([`Section`](super::Section))
    Section,
}

impl SortKey {
    /// All columns, in their default order.
    pub const ALL: [Self; 8] =
        [Self::Name, Self::Status, Self::Job, Self::Start, Self::End, Self::Created, Self::Length, Self::Countdown];

    /// The word for it in an address.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Status => "status",
            Self::Job => "job",
            Self::Start => "start",
            Self::End => "end",
            Self::Created => "created",
            Self::Length => "length",
            Self::Countdown => "countdown",
            Self::Section => "section",
        }
    }

    /// Whether it is a time.
    pub const fn is_time(self) -> bool {
        matches!(self, Self::Start | Self::End | Self::Created)
    }

    /// Whether [`Sort::rank`] decides it, so that no text must be compared.
    pub const fn is_ranked(self) -> bool {
        self.is_time() || matches!(self, Self::Length | Self::Countdown | Self::Section)
    }

    /// Whether the order changes with time.
    pub const fn depends_on_time(self) -> bool {
        matches!(self, Self::Status | Self::Countdown | Self::Section)
    }
}

/// The sort order of the list.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Sort {
    /// The column.
    pub key: SortKey,
    /// Whether the largest or newest comes first.
    pub descending: bool,
}

impl Default for Sort {
    /// By section.
    fn default() -> Self {
        Self { key: SortKey::Section, descending: false }
    }
}

impl Sort {
    /// Parses `start` (ascending) or `-start` (descending).
    pub fn parse(text: &str) -> Option<Self> {
        let (word, descending) = text.strip_prefix('-').map_or((text, false), |word| (word, true));
        if text == SortKey::Section.word() {
            return Some(Self::default());
        }
        SortKey::ALL.into_iter().find(|key| key.word() == word).map(|key| Self { key, descending })
    }

    /// The text for an address.
    pub fn text(self) -> String {
        [if self.descending { "-" } else { "" }, self.key.word()].concat()
    }

    /// A number that decides most comparisons by time, length or section: the lower one comes first, and only for equal ones
    /// [`Sort::compare_times`] is needed. Computed once per run, it saves most accesses to the runs of a long list. The
    /// same for all runs in other orders.
    pub fn rank(self, run: &Run, now: Timestamp) -> u64 {
        let millis = match self.key {
            SortKey::Start => run.start_at.map(Timestamp::millis),
            SortKey::End => run.end_at.map(Timestamp::millis),
            SortKey::Created => run.created_at.map(Timestamp::millis),
            SortKey::Length => run.length().map(Span::millis),
            SortKey::Countdown => Countdown::target(run, now).map(Timestamp::millis),
            SortKey::Section => return section::rank(run, now),
            SortKey::Name | SortKey::Status | SortKey::Job => None,
        };
        self.ranked(millis.map(|millis| millis.cast_unsigned() ^ (1 << 63)))
    }

    /// A missing value comes last in both directions.
    fn ranked(self, rank: Option<u64>) -> u64 {
        rank.map_or(u64::MAX, |rank| if self.descending { !rank } else { rank })
    }

    /// Compares the times of two runs, then their creation (newest first), then their ids: all of the order if the column
    /// is a time, otherwise the tie-break. Where nothing is left to count down to, the run that ended last comes first.
    pub fn compare_times(self, of_a: &Run, of_b: &Run) -> Ordering {
        let latest = |key| Self { key, descending: true };
        let time = |a: Option<Timestamp>, b: Option<Timestamp>| self.order(a, b, Timestamp::cmp);
        let by_key = match self.key {
            SortKey::Start => time(of_a.start_at, of_b.start_at),
            SortKey::End => time(of_a.end_at, of_b.end_at),
            SortKey::Created => time(of_a.created_at, of_b.created_at),
            SortKey::Countdown => latest(SortKey::End).order(of_a.end_at, of_b.end_at, Timestamp::cmp),
            _ => Ordering::Equal,
        };
        let newest = latest(SortKey::Created);
        by_key
            .then_with(|| newest.order(of_a.created_at, of_b.created_at, Timestamp::cmp))
            .then_with(|| of_a.id.cmp(&of_b.id))
    }

    /// Compares two values in this direction; a missing one comes last in both.
    fn order<T>(self, a: Option<T>, b: Option<T>, compare: impl FnOnce(&T, &T) -> Ordering) -> Ordering {
        match (a, b) {
            (Some(a), Some(b)) if self.descending => compare(&b, &a),
            (Some(a), Some(b)) => compare(&a, &b),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        }
    }
}

/// The first eight letters of a folded text as a number. From the first non-ASCII letter on it does not distinguish:
/// such a name sorts behind all ASCII ones and equal to its like.
fn beginning(text: &str) -> u64 {
    let (mut number, mut plain) = (0_u64, true);
    let mut letters = text.chars();
    for _ in 0..8 {
        let letter = letters.next().map_or(0, u64::from);
        plain &= letter < 0x80;
        number = number << 8 | if plain { letter } else { 0xff };
    }
    number
}

fn name(run: &Run) -> Option<&str> {
    Some(&*run.name).filter(|name| !name.is_empty())
}

/// The state; an unknown one counts as missing.
fn state(run: &Run, now: Timestamp) -> Option<RunState> {
    Some(RunState::of(run, now)).filter(|state| *state != RunState::Unknown)
}

fn status(run: &Run) -> Option<&str> {
    run.status.as_ref().map(Status::as_str)
}

fn job(subject: IndexedRun<'_>) -> Option<&str> {
    subject.job_label.or_else(|| subject.run.job_id.as_ref().map(JobId::as_str))
}

#[cfg(test)]
mod tests;
