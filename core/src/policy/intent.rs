//! The record saved before a run is created, so that a lost answer, a reload or a closed page never leaves anybody
//! guessing.

mod stored;

pub(crate) use stored::keep_except;
pub use stored::{keep, recall, storage_key};

use super::run_match::{self, Likeness};
use crate::draft::NewRun;
use crate::run::{Run, RunId};
use crate::time::{Span, Timestamp};

/// One request to create a run: what was requested, when, and what is known of its outcome. Contains no secret.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Intent {
    /// A random id that identifies this request across the tabs of a browser: 16 hexadecimal digits.
    pub key: String,
    /// The run as sent, with the fingerprint in the milliseconds of its window.
    pub run: NewRun,
    /// When the person submitted it, by the console's clock.
    pub asked_at: Timestamp,
    /// How far the console's clock may have differed from the API's then.
    pub tolerance: Span,
    /// Similar runs that existed before it was sent and so are not its result.
    pub known: Vec<RunId>,
    /// The outcome.
    pub fate: Fate,
    /// Whether the API refused it.
    pub refused: bool,
    /// Until when a refused request is watched: a minute from the first reading that could show its run.
    pub watched_until: Option<Timestamp>,
    /// The runs it created. More than one if something between here and the API repeated the request, or if several
    /// [`Likeness::Probable`] runs cannot be told apart.
    pub made: Vec<Made>,
    /// Whether the person has seen the outcome: after a reload it is not reported again.
    pub told: bool,
}

/// The outcome of a request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fate {
    /// Unknown: in flight, or being searched for.
    Open,
    /// Unknown and no longer actively searched for; the person was told. A late commit is still noticed.
    Left,
    /// The API refused it. It is watched for a while all the same: a browser whose connection was reset repeats a request by
    /// itself, and shows only the answer to the second one.
    Refused,
    /// It created [`Intent::made`].
    Made,
}

/// A run that a request created.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Made {
    /// The run.
    pub id: RunId,
    /// How certain that is.
    pub likeness: Likeness,
    /// Whether it appeared after the console had reported that it found none.
    pub late: bool,
}

/// Milliseconds that identify a request by its window: 1 to 999 each, never ending in 0, so that an API that keeps only
/// tenths or hundredths, or none, is detected.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Fingerprint {
    start: i64,
    end: i64,
}

impl Fingerprint {
    /// Derived from two random numbers in 0..1.
    pub fn new(random: [f64; 2]) -> Self {
        let [start, end] = random.map(|random| {
            // NaN becomes 0. There are 100 tens with 9 usable last digits each.
            let n = ((random.clamp(0.0, 1.0) * 900.0) as i64).min(899);
            n / 9 * 10 + n % 9 + 1
        });
        Self { start, end }
    }

    /// The run with the milliseconds of its window replaced. The API keeps milliseconds (as its documented sample
    /// shows), so they come back in the list. A window within one second is stretched to one second.
    #[must_use]
    pub fn apply_to(self, run: &NewRun) -> NewRun {
        let mark = |at: Timestamp, millis: i64| {
            Timestamp::from_millis(at.second().saturating_mul(1000).saturating_add(millis)).printable()
        };
        let start_at = mark(run.start_at, self.start);
        let mut end_at = mark(run.end_at, self.end);
        if end_at <= start_at {
            end_at = mark(start_at.plus(Span::from_seconds(1)), self.end);
        }
        NewRun { start_at, end_at, ..run.clone() }
    }
}

/// How far the console's clock may be off: its error ([`crate::time::server_clock::ServerClock::offset`]) plus a few
/// seconds if the API's time is known, otherwise a day, so that a wrong browser clock does not hide the run that is
/// searched for.
pub fn tolerance(offset: Option<(Span, Span)>) -> Span {
    offset.map_or(Span::from_hours(24), |(_, error)| {
        Span::from_millis(error.millis().saturating_add(5_000)).min(Span::from_hours(24))
    })
}

/// No commit is expected later than this after the request.
pub(super) const WATCH_FOR: Span = Span::from_hours(24);
/// A request whose outcome nobody was told is looked for again this long after it: somebody may come back only after a weekend.
const KEEP_UNTOLD_FOR: Span = Span::from_hours(7 * 24);
/// How long a refused request is watched once the newest runs were read.
const WATCH_REFUSED: Span = Span::from_minutes(1);

impl Intent {
    /// Whether a run may still be found for it.
    pub fn is_watched(&self, now: Timestamp) -> bool {
        self.fate != Fate::Refused || self.watched_until.is_none_or(|until| now < until)
    }

    /// Whether the newest runs have to be read for it: it was refused, and no reading could show its run yet.
    pub fn is_unchecked(&self) -> bool {
        self.fate == Fate::Refused && self.watched_until.is_none()
    }

    /// The newest runs were read.
    pub(super) fn note_check(&mut self, now: Timestamp) {
        if self.is_unchecked() {
            self.watched_until = Some(now.plus(WATCH_REFUSED));
        }
    }

    /// Whether the request may still create a run.
    pub const fn is_open(&self) -> bool {
        matches!(self.fate, Fate::Open | Fate::Left)
    }

    /// Whether it created a run and, as far as can be told, another one.
    pub(super) fn is_duplicated(&self) -> bool {
        self.made.len() > 1 && self.made.iter().any(|made| made.likeness == Likeness::Exact)
    }

    /// Whether that other one appeared only after the outcome had been reported.
    pub(super) fn has_late_duplicate(&self) -> bool {
        self.made.first().is_some_and(|made| !made.late) && self.made.iter().any(|made| made.late)
    }

    /// Whether its outcome is not known for certain, and the person has not left it at that.
    pub(super) fn is_unclear(&self) -> bool {
        let is_guess = || !self.told && self.made.iter().all(|made| made.likeness == Likeness::Probable);
        self.fate == Fate::Open || (self.fate == Fate::Made && is_guess())
    }

    /// Whether something may still become known about it, or is known and was not told.
    pub(super) fn is_unfinished(&self, now: Timestamp) -> bool {
        match self.fate {
            Fate::Open | Fate::Left => true,
            Fate::Refused => self.is_watched(now),
            Fate::Made => !self.told,
        }
    }

    /// How long after it was submitted it is restored.
    pub(super) fn kept_for(&self) -> Span {
        let is_untold = self.fate == Fate::Open || (self.fate == Fate::Made && !self.told);
        if is_untold { KEEP_UNTOLD_FOR } else { WATCH_FOR }
    }

    /// Whether this request may have created a listed run, and how certain that is.
    pub fn likeness(&self, run: &Run) -> Option<Likeness> {
        let since = self.asked_at.plus(Span::from_millis(self.tolerance.millis().saturating_neg()));
        run_match::likeness(&self.run, run, since).filter(|_| !self.known.contains(&run.id))
    }

    /// Whether one of these runs is one that it created, with its times cut to a coarser unit: then the fingerprint cannot prove
    /// that another run is from the same request.
    pub(super) fn was_coarsened(&self, runs: &[Run]) -> bool {
        let made = |run: &&Run| self.made.iter().any(|made| made.id == run.id);
        runs.iter().filter(made).any(|run| self.likeness(run) == Some(Likeness::Probable))
    }

    /// Whether a request for `other` probably means the same run: same job and name, and overlapping windows (a start
    /// of "now" moves with every try).
    pub(super) fn is_alike(&self, other: &NewRun) -> bool {
        alike(&self.run, other)
    }
}

/// Same job and name, and windows that overlap in whole seconds.
pub(super) fn alike(a: &NewRun, b: &NewRun) -> bool {
    a.job_id == b.job_id
        && a.name == b.name
        && a.start_at.second() <= b.end_at.second()
        && b.start_at.second() <= a.end_at.second()
}

#[cfg(test)]
mod tests;
