//! Confirmations.

/// Before the run's name.
pub const SCHEDULED: &str = "Scheduled:";
pub const STOPPED: &str = "Stopped:";
pub const RESCHEDULED: &str = "Rescheduled:";

/// After the run's name.
pub fn window(from: &str, to: &str, zone: &str) -> String {
    format!(", {from} – {to} {zone}")
}

pub const OLD_RUN_STOPPED: &str = ". The old run is stopped.";
