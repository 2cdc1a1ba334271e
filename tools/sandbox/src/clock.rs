//! The sandbox's own clock. `created_at`, status, counts, the `Date` header and the times in tokens follow it.

use std::sync::{Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use crate::timestamp::Timestamp;

/// A clock that a test can set, advance and freeze.
#[derive(Debug)]
pub(crate) struct Clock {
    setting: Mutex<Setting>,
    /// Where it starts and where a reset returns to, instead of the machine's time.
    initial: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug)]
enum Setting {
    /// Runs this many milliseconds ahead of the machine's clock.
    Running(i64),
    Frozen(Timestamp),
}

/// The body of `POST /sandbox/clock`. The keys are applied in this order.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ClockChange {
    /// `true` returns to the time the sandbox was started with, running.
    #[serde(default)]
    pub(crate) reset: bool,
    /// A frozen clock stays frozen, at the new time.
    pub(crate) set: Option<Timestamp>,
    /// May be negative or a fraction.
    pub(crate) advance_seconds: Option<f64>,
    /// `true` freezes the clock, `false` lets it run from its current time.
    pub(crate) freeze: Option<bool>,
}

/// The answer to `GET /sandbox/clock`.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ClockReading {
    pub(crate) now: Timestamp,
    pub(crate) frozen: bool,
    /// How many milliseconds the sandbox's time is ahead of the machine's.
    pub(crate) offset_ms: i64,
}

impl Clock {
    /// A running clock that starts at `initial`, or at the machine's time.
    pub(crate) fn new(initial: Option<Timestamp>) -> Self {
        Self { setting: Mutex::new(initial_setting(initial)), initial }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.read().now
    }

    pub(crate) fn read(&self) -> ClockReading {
        let setting = *self.setting.lock().unwrap_or_else(PoisonError::into_inner);
        let system = system_now();
        let now = current(setting, system);
        ClockReading { now, frozen: matches!(setting, Setting::Frozen(_)), offset_ms: now.millis_since(system) }
    }

    /// Applies a change and returns the new reading.
    ///
    /// # Errors
    /// A sentence when `advance_seconds` is not finite. Nothing has changed then.
    pub(crate) fn change(&self, change: &ClockChange) -> Result<ClockReading, String> {
        let advance = match change.advance_seconds {
            Some(seconds) if !seconds.is_finite() => return Err("advance_seconds must be a finite number".into()),
            // The cast saturates, and `Timestamp` limits the sum.
            #[expect(clippy::cast_possible_truncation)]
            Some(seconds) => (seconds * 1000.0).round() as i64,
            None => 0,
        };
        {
            let mut setting = self.setting.lock().unwrap_or_else(PoisonError::into_inner);
            if change.reset {
                *setting = initial_setting(self.initial);
            }
            let system = system_now();
            let now = change.set.unwrap_or_else(|| current(*setting, system)).plus_millis(advance);
            let freeze = change.freeze.unwrap_or(matches!(*setting, Setting::Frozen(_)));
            *setting = if freeze { Setting::Frozen(now) } else { Setting::Running(now.millis_since(system)) };
        }
        Ok(self.read())
    }
}

fn initial_setting(initial: Option<Timestamp>) -> Setting {
    Setting::Running(initial.map_or(0, |at| at.millis_since(system_now())))
}

fn current(setting: Setting, system: Timestamp) -> Timestamp {
    match setting {
        Setting::Running(offset) => system.plus_millis(offset),
        Setting::Frozen(at) => at,
    }
}

fn system_now() -> Timestamp {
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_millis(i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frozen_at(text: &str) -> Clock {
        let clock = Clock::new(None);
        let change = ClockChange { set: Timestamp::parse(text), freeze: Some(true), ..ClockChange::default() };
        clock.change(&change).unwrap();
        clock
    }

    #[test]
    fn a_frozen_clock_can_still_be_advanced() {
        let clock = frozen_at("2030-01-01T00:00:00Z");
        assert_eq!(clock.now(), clock.now());
        let change = ClockChange { advance_seconds: Some(90.5), ..ClockChange::default() };
        let reading = clock.change(&change).unwrap();
        assert_eq!(reading.now.to_string(), "2030-01-01T00:01:30.500Z");
        assert!(reading.frozen);
    }

    #[test]
    fn an_unfrozen_clock_runs_on_from_its_frozen_time() {
        let clock = frozen_at("2030-01-01T00:00:00Z");
        let reading = clock.change(&ClockChange { freeze: Some(false), ..ClockChange::default() }).unwrap();
        assert!(!reading.frozen);
        assert!(reading.now >= Timestamp::parse("2030-01-01T00:00:00Z").unwrap());
        assert!(reading.now < Timestamp::parse("2030-01-01T01:00:00Z").unwrap());
    }

    #[test]
    fn a_reset_returns_to_the_machine_s_time() {
        let clock = frozen_at("2030-01-01T00:00:00Z");
        let reading = clock.change(&ClockChange { reset: true, ..ClockChange::default() }).unwrap();
        assert_eq!((reading.offset_ms, reading.frozen), (0, false));
    }

    #[test]
    fn an_invalid_change_changes_nothing() {
        let clock = frozen_at("2030-01-01T00:00:00Z");
        assert!(serde_json::from_str::<ClockChange>(r#"{"set": "soon"}"#).is_err());
        let change = ClockChange { reset: true, advance_seconds: Some(f64::NAN), ..ClockChange::default() };
        assert!(clock.change(&change).is_err());
        assert_eq!(clock.now().to_string(), "2030-01-01T00:00:00.000Z");
    }
}
