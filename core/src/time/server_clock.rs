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
    known: Option<Known>,
    doubtful: bool,
}

/// The API's time minus the monotonic clock, in milliseconds, as an interval.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Known {
    least: i64,
    most: i64,
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
const WORTH_TELLING: i64 = 5000;
/// Clocks further apart than this are treated as if they were exactly this far apart.
const FURTHEST: i64 = 1 << 50;

impl ClockReading {
    fn monotonic_millis(self) -> i64 {
        self.monotonic.millis().clamp(-FURTHEST, FURTHEST)
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
        let seen = Known {
            least: stamp.saturating_sub(to),
            most: stamp.saturating_add(resolution.millis().clamp(0, FURTHEST)).saturating_sub(from),
            wall: received.difference(),
            at: to,
        };
        let before = self.known.filter(|_| !self.doubtful).map(|known| known.widened(received));
        let both =
            before.map(|known| Known { least: known.least.max(seen.least), most: known.most.min(seen.most), ..seen });
        self.known = Some(both.filter(|both| both.least <= both.most).unwrap_or(seen));
        self.doubtful = false;
        self
    }

    /// Compares both clocks; call it at every tick, and before asking for the time after a pause. If the wall clock
    /// advanced further than the monotonic one, either it was set, or the machine slept and the monotonic clock with
    /// it: these look alike. As sleeping is more common, a jump ahead counts as sleep and a jump back as a change of
    /// the clock, and the estimate is [`ServerClock::is_uncertain`] until the next answer.
    #[must_use]
    pub fn tick(mut self, clocks: ClockReading) -> Self {
        let Some(known) = &mut self.known else { return self };
        let jump = clocks.difference().saturating_sub(known.wall);
        if jump.saturating_abs() <= JUMP {
            return self;
        }
        if jump > 0 {
            known.least = known.least.saturating_add(jump);
            known.most = known.most.saturating_add(jump);
        }
        known.wall = clocks.difference();
        self.doubtful = true;
        self
    }

    /// The API's time: the wall clock while it agrees with the estimate or nothing is known, otherwise the middle of
    /// the estimate.
    pub fn now(self, clocks: ClockReading) -> Timestamp {
        match self.tick(clocks).known {
            Some(known) => {
                let known = known.widened(clocks);
                Timestamp(known.best().saturating_add(clocks.monotonic_millis())).printable()
            }
            None => clocks.wall,
        }
    }

    /// The API's time minus the wall clock, and the possible error; `None` while nothing is known.
    pub fn offset(self, clocks: ClockReading) -> Option<(Span, Span)> {
        let known = self.tick(clocks).known?.widened(clocks);
        let middle = known.middle().saturating_sub(clocks.difference());
        Some((Span::from_millis(middle), Span::from_millis(known.error())))
    }

    /// The API's time minus the wall clock, if that is certainly more than 5 s and the estimate is not uncertain: to be
    /// reported once.
    pub fn local_clock_error(self, clocks: ClockReading) -> Option<Span> {
        let (offset, error) = self.offset(clocks).filter(|_| !self.tick(clocks).doubtful)?;
        let certain = offset.millis().saturating_abs().saturating_sub(error.millis());
        (certain > WORTH_TELLING).then_some(offset)
    }

    /// Whether a clock has jumped since the last answer: time to read something.
    pub const fn is_uncertain(self) -> bool {
        self.doubtful
    }
}

impl Known {
    /// The estimate widened by the drift since it was learned.
    fn widened(self, clocks: ClockReading) -> Self {
        let drift = clocks.monotonic_millis().saturating_sub(self.at).saturating_abs() / DRIFT;
        // A difference below the jump limit may be a short sleep of the monotonic clock.
        let nap = clocks.difference().saturating_sub(self.wall).clamp(0, JUMP);
        let most = self.most.saturating_add(drift).saturating_add(nap);
        Self { least: self.least.saturating_sub(drift), most, ..self }
    }

    const fn middle(self) -> i64 {
        self.least.midpoint(self.most)
    }

    /// Half the width of the interval, rounded up.
    const fn error(self) -> i64 {
        self.most.saturating_sub(self.least).saturating_add(1) / 2
    }

    /// The wall clock if it lies in the interval, otherwise the middle.
    fn best(self) -> i64 {
        if (self.least..=self.most).contains(&self.wall) { self.wall } else { self.middle() }
    }
}

#[cfg(test)]
mod tests;
