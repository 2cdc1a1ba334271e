//! An estimate of the API's clock, learned from its answers. It is stored as an interval relative to the monotonic
//! clock, which nobody can set.

use super::{Span, Timestamp};

/// Both clocks of this machine, read at the same moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ClockReading {
    /// The wall clock (`Date.now()`): may be wrong, and may be set while the page is open.
    pub wall: Timestamp,
    /// The monotonic clock (`performance.now()`): cannot be set. Whether it advances while the machine sleeps depends
    /// on the browser.
    pub monotonic: Span,
}

/// An estimate of the API's clock.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ServerClock {
    estimate: Option<Estimate>,
    uncertain: bool,
}

/// The API's time minus the monotonic clock, in milliseconds, as an interval.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Estimate {
    min: i64,
    max: i64,
    /// The wall clock minus the monotonic clock, when this was learned or after the last jump.
    wall: i64,
    /// When this was learned, by the monotonic clock.
    at: i64,
}

/// The resolution of the `Date` header.
pub const DATE_RESOLUTION: Span = Span::from_seconds(1);
/// The resolution of `created_at` and `updated_at`.
pub const STAMP_RESOLUTION: Span = Span::from_millis(1);
/// The two clocks may drift apart by one part in this many (100 ppm).
const DRIFT: i64 = 10_000;
/// If the clocks' steps differ by more than this, one of them was set or slept.
const JUMP: i64 = 1000;
/// A browser clock that is wrong by more than this is reported.
const REPORT_ABOVE: i64 = 5000;
/// Clocks further apart than this are treated as if they were exactly this far apart.
const MAX_DISTANCE: i64 = 1 << 50;

impl ClockReading {
    fn monotonic_millis(self) -> i64 {
        self.monotonic.millis().clamp(-MAX_DISTANCE, MAX_DISTANCE)
    }

    /// The wall clock minus the monotonic clock.
    fn difference(self) -> i64 {
        self.wall.printable().millis().saturating_sub(self.monotonic_millis())
    }
}

impl ServerClock {
    /// Learns from an answer: `stamp`, truncated to `resolution`, was the API's time at some moment between sending and
    /// receiving. Only for answers that cannot come from a cache. Narrows the estimate; an answer that contradicts it,
    /// or follows a clock jump, replaces it. An answer during which a clock jumped is ignored.
    #[must_use]
    pub fn observe(mut self, asked: ClockReading, received: ClockReading, stamp: Timestamp, resolution: Span) -> Self {
        let (from, to) = (asked.monotonic_millis(), received.monotonic_millis());
        if to < from || received.difference().abs_diff(asked.difference()) > JUMP.unsigned_abs() {
            return self;
        }
        self = self.tick(received);
        let stamp = stamp.printable().millis();
        let seen = Estimate {
            min: stamp.saturating_sub(to),
            max: stamp.saturating_add(resolution.millis().clamp(0, MAX_DISTANCE)).saturating_sub(from),
            wall: received.difference(),
            at: to,
        };
        let before = self.estimate.filter(|_| !self.uncertain).map(|estimate| estimate.widened(received));
        let both = before.map(|estimate| Estimate {
            min: estimate.min.max(seen.min),
            max: estimate.max.min(seen.max),
            ..seen
        });
        self.estimate = Some(both.filter(|both| both.min <= both.max).unwrap_or(seen));
        self.uncertain = false;
        self
    }

    /// Compares both clocks; call it at every tick, and before asking for the time after a pause. If the wall clock
    /// advanced further than the monotonic one, either it was set, or the machine slept and the monotonic clock with
    /// it: these look alike. As sleeping is more common, a jump ahead counts as sleep and a jump back as a change of
    /// the clock, and the estimate is [`ServerClock::is_uncertain`] until the next answer.
    #[must_use]
    pub fn tick(mut self, clocks: ClockReading) -> Self {
        let Some(estimate) = &mut self.estimate else { return self };
        let jump = clocks.difference().saturating_sub(estimate.wall);
        if jump.saturating_abs() <= JUMP {
            return self;
        }
        if jump > 0 {
            estimate.min = estimate.min.saturating_add(jump);
            estimate.max = estimate.max.saturating_add(jump);
        }
        estimate.wall = clocks.difference();
        self.uncertain = true;
        self
    }

    /// The API's time: the wall clock while it agrees with the estimate or nothing is known, otherwise the middle of
    /// the estimate.
    pub fn now(self, clocks: ClockReading) -> Timestamp {
        match self.tick(clocks).estimate {
            Some(estimate) => {
                let estimate = estimate.widened(clocks);
                Timestamp(estimate.best().saturating_add(clocks.monotonic_millis())).printable()
            }
            None => clocks.wall,
        }
    }

    /// The API's time minus the wall clock, and the possible error; `None` while nothing is known.
    pub fn offset(self, clocks: ClockReading) -> Option<(Span, Span)> {
        let estimate = self.tick(clocks).estimate?.widened(clocks);
        let middle = estimate.middle().saturating_sub(clocks.difference());
        Some((Span::from_millis(middle), Span::from_millis(estimate.error())))
    }

    /// The API's time minus the wall clock, if that is certainly more than 5 s and the estimate is not uncertain: to be
    /// reported once.
    pub fn local_clock_error(self, clocks: ClockReading) -> Option<Span> {
        let (offset, error) = self.offset(clocks).filter(|_| !self.tick(clocks).uncertain)?;
        let certain = offset.millis().saturating_abs().saturating_sub(error.millis());
        (certain > REPORT_ABOVE).then_some(offset)
    }

    /// Whether a clock has jumped since the last answer: time to read something.
    pub const fn is_uncertain(self) -> bool {
        self.uncertain
    }
}

impl Estimate {
    /// The estimate widened by the drift since it was learned.
    fn widened(self, clocks: ClockReading) -> Self {
        let drift = clocks.monotonic_millis().saturating_sub(self.at).saturating_abs() / DRIFT;
        // A difference below the jump limit may be a short sleep of the monotonic clock.
        let nap = clocks.difference().saturating_sub(self.wall).clamp(0, JUMP);
        let max = self.max.saturating_add(drift).saturating_add(nap);
        Self { min: self.min.saturating_sub(drift), max, ..self }
    }

    const fn middle(self) -> i64 {
        self.min.midpoint(self.max)
    }

    /// Half the width of the interval, rounded up.
    const fn error(self) -> i64 {
        self.max.saturating_sub(self.min).saturating_add(1) / 2
    }

    /// The wall clock if it lies in the interval, otherwise the middle.
    fn best(self) -> i64 {
        if (self.min..=self.max).contains(&self.wall) { self.wall } else { self.middle() }
    }
}

#[cfg(test)]
mod tests;
