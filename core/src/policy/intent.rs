//! What is written down before a run is asked for, so that no lost answer, reload or closed page makes anybody guess.

mod text;

pub use text::{keep, recall, storage_key};
pub(super) use text::{new_run, new_run_fields};

use super::run_match::{self, Likeness};
use crate::draft::NewRun;
use crate::run::{Run, RunId};
use crate::time::{Span, Timestamp};

/// One request to create a run: what was asked, when, and what is known to have come of it. Holds no secret.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Intent {
    /// Random; names this request among the tabs of a browser. 16 hexadecimal digits.
    pub key: String,
    /// What is sent, with the fingerprint in the milliseconds of its window.
    pub run: NewRun,
    /// When the person asked, by the console's clock.
    pub asked_at: Timestamp,
    /// How far the console's clock may have been off from the API's then.
    pub tolerance: Span,
    /// Runs that looked like it before it was sent: none of them came of it.
    pub known: Vec<RunId>,
    /// How it went.
    pub fate: Fate,
    /// The runs that came of it. More than one: something between here and the API repeated the request, or (where
    /// they are [`Likeness::Probable`]) it cannot be told which of them it was.
    pub made: Vec<Made>,
    /// Whether the person was told what came of it, and has seen that: after a reload it is not told again.
    pub told: bool,
}

/// How a request went.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fate {
    /// Not known: under way, or being looked for.
    Open,
    /// Not known, and no longer looked for with readings of its own: the person was told. A late commit is still noticed.
    Left,
    /// The API refused it: nothing was created.
    Refused,
    /// It made [`Intent::made`].
    Made,
}

/// A run that came of a request.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Made {
    /// The run.
    pub id: RunId,
    /// How sure that is.
    pub likeness: Likeness,
    /// Whether it appeared after the console had said that it found none.
    pub late: bool,
}

/// Milliseconds that make a window recognisable: 1 to 999 each, never ending in 0, so that an API that keeps only
/// tenths or hundredths, or none, is found out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Fingerprint {
    start: i64,
    end: i64,
}

impl Fingerprint {
    /// From two random numbers in 0..1.
    pub fn new(random: [f64; 2]) -> Self {
        let [start, end] = random.map(|random| {
            // NaN becomes 0; 100 tens, 9 digits behind each.
            let n = ((random.clamp(0.0, 1.0) * 900.0) as i64).min(899);
            n / 9 * 10 + n % 9 + 1
        });
        Self { start, end }
    }

    /// The run with its window's milliseconds replaced. The API keeps milliseconds (documented in its sample), so they
    /// come back in the list. A window within one second becomes one second long.
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

/// How far the console's clock may be off: a few seconds more than its error (of [`crate::time::server_clock::ServerClock::offset`])
/// where the API's own time could be read. Else a day: a browser's clock that is set wrong must not hide the run that is looked for.
pub fn tolerance(offset: Option<(Span, Span)>) -> Span {
    offset.map_or(Span::from_hours(24), |(_, error)| {
        Span::from_millis(error.millis().saturating_add(5_000)).min(Span::from_hours(24))
    })
}

impl Intent {
    /// A run like this one may still come of it.
    pub const fn is_open(&self) -> bool {
        matches!(self.fate, Fate::Open | Fate::Left)
    }

    /// Whether a run of the list may have come of this request, and how sure that is.
    pub fn likeness(&self, run: &Run) -> Option<Likeness> {
        let since = self.asked_at.plus(Span::from_millis(self.tolerance.millis().saturating_neg()));
        run_match::likeness(&self.run, run, since).filter(|_| !self.known.contains(&run.id))
    }

    /// Whether somebody who asks for `other` may well mean the same run: same job and name, and windows that overlap
    /// (a start "now" moves on with every try).
    pub fn is_alike(&self, other: &NewRun) -> bool {
        alike(&self.run, other)
    }
}

/// Same job and name, and windows that overlap at whole seconds.
pub(super) fn alike(a: &NewRun, b: &NewRun) -> bool {
    a.job_id == b.job_id
        && a.name == b.name
        && a.start_at.second() <= b.end_at.second()
        && b.start_at.second() <= a.end_at.second()
}

#[cfg(test)]
mod tests;
