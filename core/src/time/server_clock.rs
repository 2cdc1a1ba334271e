//! The API's time, learned from its answers, kept as an interval, and ticked by a clock that nobody can set.

use super::{Span, Timestamp};

/// What both clocks of this machine show at one moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ClockReading {
    /// The clock on the wall (`Date.now()`): may be wrong, and may be set while the page is open.
    pub wall: Timestamp,
    /// The monotonic clock (`performance.now()`): cannot be set; whether it goes on while the machine sleeps depends on the
    /// browser.
    pub monotonic: Span,
}

/// An estimate of the API's clock.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ServerClock {
    known: Option<Known>,
    doubtful: bool,
}

/// The API's time minus the monotonic clock, in milliseconds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Known {
    least: i64,
    most: i64,
    /// The wall clock minus the monotonic clock, when this was learned or after the last jump.
    wall: i64,
    /// When it was learned, by the monotonic clock.
    at: i64,
}

/// How fine `Date` is.
pub const DATE_RESOLUTION: Span = Span::from_seconds(1);
/// How fine `created_at` and `updated_at` are.
pub const STAMP_RESOLUTION: Span = Span::from_millis(1);
/// The two clocks may drift apart by one part in so many (100 ppm).
const DRIFT: i64 = 10_000;
/// A difference between the steps of both clocks from which on one of them was set, or slept.
const JUMP: i64 = 1000;
/// A browser's clock that is wrong by more than this is told.
const WORTH_TELLING: i64 = 5000;
/// More than this between two clocks is no time at all.
const FURTHEST: i64 = 1 << 50;

impl ClockReading {
    fn monotonic_millis(self) -> i64 {
        self.monotonic.millis().clamp(-FURTHEST, FURTHEST)
    }

    /// The wall clock minus the monotonic one.
    fn difference(self) -> i64 {
        self.wall.printable().millis().saturating_sub(self.monotonic_millis())
    }
}

impl ServerClock {
    /// Takes in what an answer says of the API's time: `stamp`, cut to `resolution`, was the time at some moment between the
    /// asking and the receiving. Only for answers that no cache can have given. Narrows what is known; what contradicts it, or
    /// comes after a jump, replaces it. An answer during which a clock jumped says nothing.
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

    /// Compares both clocks; to be called at every tick and before the time is asked for after a pause. A wall clock that went
    /// on further than the monotonic one has been set, or the machine slept and the monotonic clock with it: the two look
    /// alike. Sleeping is more common, so a jump ahead is taken for it and a jump back for a setting, and it is
    /// [`ServerClock::doubtful`] until the next answer.
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

    /// The API's time. The wall clock's while it cannot be told apart from the API's, or nothing is known; else the middle of
    /// what it may be.
    pub fn now(self, clocks: ClockReading) -> Timestamp {
        match self.tick(clocks).known {
            Some(known) => {
                let known = known.widened(clocks);
                Timestamp(known.best().saturating_add(clocks.monotonic_millis())).printable()
            }
            None => clocks.wall,
        }
    }

    /// The API's time minus the wall clock's, and how far that may be wrong; `None` while nothing is known.
    pub fn offset(self, clocks: ClockReading) -> Option<(Span, Span)> {
        let known = self.tick(clocks).known?.widened(clocks);
        let middle = known.middle().saturating_sub(clocks.difference());
        Some((Span::from_millis(middle), Span::from_millis(known.error())))
    }

    /// How far this machine's clock is off, where that is certainly more than 5 s: the API's time minus the wall clock's. To
    /// be said once. Not while it is doubtful.
    pub fn local_clock_error(self, clocks: ClockReading) -> Option<Span> {
        let (offset, error) = self.offset(clocks).filter(|_| !self.tick(clocks).doubtful)?;
        let certain = offset.millis().saturating_abs().saturating_sub(error.millis());
        (certain > WORTH_TELLING).then_some(offset)
    }

    /// Whether a clock has jumped since the last answer: read something now.
    pub const fn is_uncertain(self) -> bool {
        self.doubtful
    }
}

impl Known {
    /// What is still known so much later.
    fn widened(self, clocks: ClockReading) -> Self {
        let drift = clocks.monotonic_millis().saturating_sub(self.at).saturating_abs() / DRIFT;
        // Less than a jump: a nap of the monotonic clock.
        let nap = clocks.difference().saturating_sub(self.wall).clamp(0, JUMP);
        let most = self.most.saturating_add(drift).saturating_add(nap);
        Self { least: self.least.saturating_sub(drift), most, ..self }
    }

    const fn middle(self) -> i64 {
        self.least.midpoint(self.most)
    }

    /// Half the width of what it may be, rounded up.
    const fn error(self) -> i64 {
        self.most.saturating_sub(self.least).saturating_add(1) / 2
    }

    /// The wall clock where it may be right.
    fn best(self) -> i64 {
        if (self.least..=self.most).contains(&self.wall) { self.wall } else { self.middle() }
    }
}

#[cfg(test)]
mod tests;
