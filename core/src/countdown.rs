//! How long it is until a run starts or ends, as the list counts it down.

use crate::run::Run;
use crate::run_state::RunState;
use crate::time::{Span, Timestamp};

/// What is counted, as coarsely as it is shown: two of them are equal as long as they read the same.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Countdown {
    /// Its window opens in so long.
    StartsIn(Span),
    /// Its window ends in so long.
    EndsIn(Span),
    /// Its window ended so long ago.
    Ended(Span),
}

impl Countdown {
    /// The countdown of a run at an instant; `None` without a window, and for a run that was stopped, failed or completed: when it
    /// ended is not known, and its window would be wrong.
    pub fn of(run: &Run, now: Timestamp) -> Option<Self> {
        let window = run.window()?;
        let state = RunState::of(run, now);
        if matches!(state, RunState::Stopped | RunState::Failed | RunState::Completed) {
            return None;
        }
        if now >= window.end {
            return Some(Self::Ended(coarse(now.since(window.end), MINUTE)));
        }
        let is_due = matches!(state, RunState::Scheduled | RunState::Running | RunState::Open);
        match (is_due, now < window.start) {
            (false, _) => None,
            (true, true) => Some(Self::StartsIn(coarse(window.start.since(now), SECOND))),
            (true, false) => Some(Self::EndsIn(coarse(window.end.since(now), SECOND))),
        }
    }

    /// The instant that is waited for; `None` once it is past.
    pub(crate) fn target(run: &Run, now: Timestamp) -> Option<Timestamp> {
        match Self::of(run, now)? {
            Self::StartsIn(_) => run.start_at,
            Self::EndsIn(_) => run.end_at,
            Self::Ended(_) => None,
        }
    }
}

const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Rounded down to its second largest unit, and at least to `unit`.
fn coarse(span: Span, unit: i64) -> Span {
    let millis = span.millis();
    let unit = unit.max(match millis {
        DAY.. => HOUR,
        HOUR.. => MINUTE,
        _ => SECOND,
    });
    Span::from_millis(millis - millis.rem_euclid(unit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::{RunId, Status};
    use proptest::prelude::*;

    fn run(status: &str, start: i64, end: i64) -> Run {
        let at = |seconds| Some(Timestamp::from_millis(seconds * 1000));
        let status = Some(Status::new(status));
        Run { status, start_at: at(start), end_at: at(end), ..Run::new(RunId::new("1")) }
    }

    fn words(run: &Run, now: i64) -> Option<(&'static str, String)> {
        Countdown::of(run, Timestamp::from_millis(now)).map(|countdown| match countdown {
            Countdown::StartsIn(span) => ("starts in", span.words()),
            Countdown::EndsIn(span) => ("ends in", span.words()),
            Countdown::Ended(span) => ("ended", span.words()),
        })
    }

    #[test]
    fn start_then_end_is_counted_down() {
        let day = 86_400;
        let run = run("scheduled", day, 3 * day);
        for (now, expected) in [
            (0, Some(("starts in", "1 d"))),
            (1_001, Some(("starts in", "23 h 59 min"))),
            (86_400_000 - 59_001, Some(("starts in", "59 s"))),
            (86_400_000, Some(("ends in", "2 d"))),
            (86_400_000 + 3_600_000, Some(("ends in", "1 d 23 h"))),
            (3 * 86_400_000 - 61_500, Some(("ends in", "1 min 1 s"))),
            (3 * 86_400_000, Some(("ended", "0 s"))),
            (3 * 86_400_000 + 119_000, Some(("ended", "1 min"))),
        ] {
            assert_eq!(words(&run, now), expected.map(|(what, span)| (what, String::from(span))), "at {now}");
        }
    }

    #[test]
    fn run_that_is_over_by_its_status_has_no_countdown() {
        for status in ["stopped", "completed", "failed"] {
            assert_eq!(words(&run(status, 10, 20), 15_000), None, "{status}");
            assert_eq!(words(&run(status, 10, 20), 90_000), None, "{status}: it may have ended long before its window");
        }
        assert_eq!(words(&run("running", 20, 10), 15_000), None, "no window");
        assert_eq!(words(&run("running", 10, 20), 5_000), Some(("starts in", String::from("5 s"))));
        assert_eq!(words(&run("paused", 10, 20), 15_000), Some(("ends in", String::from("5 s"))));
    }

    proptest! {
        #[test]
        fn equal_countdowns_read_the_same_and_others_do_not(a in 0_i64..300_000_000, step in 0_i64..4_000) {
            let run = run("scheduled", 200_000, 400_000);
            let at = |now| (Countdown::of(&run, Timestamp::from_millis(now)), words(&run, now));
            let (before, after) = (at(a), at(a + step));
            prop_assert_eq!(before.0 == after.0, before.1 == after.1);
        }
    }
}
