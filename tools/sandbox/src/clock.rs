//! The sandbox's own clock. It governs created_at, status, counts, the `Date` header, and the times in tokens.

use std::sync::{Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use crate::time::Millis;

/// A clock that a test can set, advance and freeze. It starts at the machine's time, or at the time given at start.
#[derive(Debug)]
pub struct Clock {
    setting: Mutex<Setting>,
    initial: Option<Millis>,
}

#[derive(Clone, Copy, Debug)]
enum Setting {
    /// Flows with the machine's clock, this many milliseconds apart from it.
    Flowing(i64),
    Frozen(Millis),
}

/// What `POST /sandbox/clock` takes. The keys are applied in the order in which they stand here.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockChange {
    /// `true`: back to the time the sandbox was started with, flowing.
    #[serde(default)]
    pub reset: bool,
    /// RFC 3339. A frozen clock stays frozen, at the new time.
    pub set: Option<String>,
    /// Seconds, fractions and negative numbers included.
    pub advance_seconds: Option<f64>,
    /// `true` freezes, `false` lets the clock flow on from where it stands.
    pub freeze: Option<bool>,
}

/// What `GET /sandbox/clock` answers.
#[derive(Clone, Debug, Serialize)]
pub struct ClockReading {
    /// The sandbox's time.
    pub now: Millis,
    /// Whether it stands still.
    pub frozen: bool,
    /// How far the sandbox's time is ahead of the machine's, in milliseconds.
    pub offset_ms: i64,
}

impl Clock {
    /// A flowing clock at `initial`, or at the machine's time. A reset comes back here.
    #[must_use]
    pub fn new(initial: Option<Millis>) -> Self {
        Self { setting: Mutex::new(first(initial)), initial }
    }

    /// The sandbox's time.
    #[must_use]
    pub fn now(&self) -> Millis {
        self.read().now
    }

    /// The sandbox's time and how it came about.
    #[must_use]
    pub fn read(&self) -> ClockReading {
        let setting = *self.setting.lock().unwrap_or_else(PoisonError::into_inner);
        let system = system_now();
        let now = current(setting, system);
        ClockReading { now, frozen: matches!(setting, Setting::Frozen(_)), offset_ms: now.since(system) }
    }

    /// Applies a change and answers the new reading.
    ///
    /// # Errors
    /// A sentence when `set` is not RFC 3339 or `advance_seconds` is not finite; nothing has changed then.
    pub fn change(&self, change: &ClockChange) -> Result<ClockReading, String> {
        let set = match change.set.as_deref() {
            Some(text) => {
                Some(Millis::parse(text).ok_or("set must be an RFC 3339 date and time, with an offset or Z")?)
            }
            None => None,
        };
        let advance = match change.advance_seconds {
            Some(seconds) if !seconds.is_finite() => return Err("advance_seconds must be a finite number".into()),
            // A float-to-integer cast saturates, and `Millis` stays within the years that can be written.
            #[expect(clippy::cast_possible_truncation)]
            Some(seconds) => (seconds * 1000.0).round() as i64,
            None => 0,
        };
        {
            let mut setting = self.setting.lock().unwrap_or_else(PoisonError::into_inner);
            if change.reset {
                *setting = first(self.initial);
            }
            let system = system_now();
            let now = set.unwrap_or_else(|| current(*setting, system)).plus(advance);
            let freeze = change.freeze.unwrap_or(matches!(*setting, Setting::Frozen(_)));
            *setting = if freeze { Setting::Frozen(now) } else { Setting::Flowing(now.since(system)) };
        }
        Ok(self.read())
    }
}

fn first(initial: Option<Millis>) -> Setting {
    Setting::Flowing(initial.map_or(0, |at| at.since(system_now())))
}

fn current(setting: Setting, system: Millis) -> Millis {
    match setting {
        Setting::Flowing(offset) => system.plus(offset),
        Setting::Frozen(at) => at,
    }
}

fn system_now() -> Millis {
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Millis::new(i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frozen_at(text: &str) -> Clock {
        let clock = Clock::new(None);
        let change = ClockChange { set: Some(text.into()), freeze: Some(true), ..ClockChange::default() };
        clock.change(&change).unwrap();
        clock
    }

    #[test]
    fn a_frozen_clock_stands_still_and_can_still_be_advanced() {
        let clock = frozen_at("2030-01-01T00:00:00Z");
        assert_eq!(clock.now(), clock.now());
        let change = ClockChange { advance_seconds: Some(90.5), ..ClockChange::default() };
        let reading = clock.change(&change).unwrap();
        assert_eq!(reading.now.to_string(), "2030-01-01T00:01:30.500Z");
        assert!(reading.frozen);
    }

    #[test]
    fn thawing_flows_on_from_where_it_stood() {
        let clock = frozen_at("2030-01-01T00:00:00Z");
        let reading = clock.change(&ClockChange { freeze: Some(false), ..ClockChange::default() }).unwrap();
        assert!(!reading.frozen);
        assert!(reading.now >= Millis::parse("2030-01-01T00:00:00Z").unwrap());
        assert!(reading.now < Millis::parse("2030-01-01T01:00:00Z").unwrap());
    }

    #[test]
    fn a_reset_comes_back_to_the_machine_s_time() {
        let clock = frozen_at("2030-01-01T00:00:00Z");
        let reading = clock.change(&ClockChange { reset: true, ..ClockChange::default() }).unwrap();
        assert_eq!((reading.offset_ms, reading.frozen), (0, false));
    }

    #[test]
    fn a_wrong_change_changes_nothing() {
        let clock = frozen_at("2030-01-01T00:00:00Z");
        let change = ClockChange { set: Some("soon".into()), reset: true, ..ClockChange::default() };
        assert!(clock.change(&change).is_err());
        assert!(clock.change(&ClockChange { advance_seconds: Some(f64::NAN), ..ClockChange::default() }).is_err());
        assert_eq!(clock.now().to_string(), "2030-01-01T00:00:00.000Z");
    }
}
