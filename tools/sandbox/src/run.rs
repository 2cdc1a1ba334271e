//! A run: what is stored, its status at a given time, and how the API prints it.

use std::fmt;

use serde::Serialize;

use crate::timestamp::Timestamp;

/// How long a new run waits before it starts. So a run whose start is already past still answers `scheduled` at first, as
/// the service did in its printed sample.
const PICKUP_DELAY_MS: i64 = 2_000;

/// A run as stored. Status and counts are computed from it and the time, so they are not stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StoredRun {
    /// A UUID.
    pub(crate) id: String,
    /// Any text that is not empty.
    pub(crate) job_id: String,
    /// 1 to 255 characters.
    pub(crate) name: String,
    pub(crate) start_at: Timestamp,
    /// After the start.
    pub(crate) end_at: Timestamp,
    pub(crate) created_at: Timestamp,
    pub(crate) stopped_at: Option<Timestamp>,
    /// When it fails by itself; only sample runs do.
    pub(crate) fails_at: Option<Timestamp>,
    /// The seed it was created with, so that a later start with another seed changes no answer.
    pub(crate) seed: u64,
}

/// The stand-in's own words. The API's public document prints only `scheduled`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Status {
    /// Accepted, but not started.
    Scheduled,
    /// The window is open.
    Running,
    Stopped,
    /// The window is over.
    Completed,
    Failed,
}

impl Status {
    /// Whether the run is over, so that it cannot be stopped either.
    pub(crate) fn is_over(self) -> bool {
        matches!(self, Self::Stopped | Self::Completed | Self::Failed)
    }
}

/// The word that the API prints.
impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

impl StoredRun {
    /// When sending begins: at the window's start, but not within [`PICKUP_DELAY_MS`] of the creation, nor after the end.
    pub(crate) fn opens_at(&self) -> Timestamp {
        self.start_at.max(self.created_at.plus_millis(PICKUP_DELAY_MS)).min(self.end_at)
    }

    /// The status at `now`. A stopped run stays stopped even when the clock is set back.
    pub(crate) fn status(&self, now: Timestamp) -> Status {
        if self.stopped_at.is_some() {
            Status::Stopped
        } else if self.fails_at.is_some_and(|at| at <= now) {
            Status::Failed
        } else if self.end_at <= now {
            Status::Completed
        } else if self.opens_at() <= now {
            Status::Running
        } else {
            Status::Scheduled
        }
    }

    /// When the status last changed.
    fn updated_at(&self, now: Timestamp) -> Timestamp {
        let changed = match self.status(now) {
            Status::Scheduled => None,
            Status::Running => Some(self.opens_at()),
            Status::Stopped => self.stopped_at,
            Status::Completed => Some(self.end_at),
            Status::Failed => self.fails_at,
        };
        changed.unwrap_or(self.created_at)
    }

    pub(crate) fn response(&self, now: Timestamp) -> RunResponse<'_> {
        RunResponse {
            status: self.status(now),
            job_id: &self.job_id,
            name: &self.name,
            start_at: self.start_at,
            end_at: self.end_at,
            id: &self.id,
            created_at: self.created_at,
            updated_at: self.updated_at(now),
        }
    }
}

/// A run as printed by the API: these keys in this order.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct RunResponse<'a> {
    status: Status,
    job_id: &'a str,
    name: &'a str,
    start_at: Timestamp,
    end_at: Timestamp,
    id: &'a str,
    created_at: Timestamp,
    updated_at: Timestamp,
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    /// The printed sample, which starts 17.5 hours before its creation.
    pub(crate) fn printed_run() -> StoredRun {
        StoredRun {
            id: "0e54831a-5187-4701-afa4-aae01a2bdff6".into(),
            job_id: "231667a5-8696-45cb-aa1d-b9f46d3e13f8".into(),
            name: "Pizza Campaign".into(),
            start_at: at("2022-05-02T17:23:14.000Z"),
            end_at: at("2022-05-03T11:51:03.800Z"),
            created_at: at("2022-05-03T10:51:03.993Z"),
            stopped_at: None,
            fails_at: None,
            seed: 1,
        }
    }

    #[test]
    fn serializes_as_printed_in_the_documentation() {
        let run = printed_run();
        assert_eq!(
            serde_json::to_string(&run.response(run.created_at)).unwrap(),
            concat!(
                r#"{"status":"scheduled","job_id":"231667a5-8696-45cb-aa1d-b9f46d3e13f8","name":"Pizza Campaign","#,
                r#""start_at":"2022-05-02T17:23:14.000Z","end_at":"2022-05-03T11:51:03.800Z","#,
                r#""id":"0e54831a-5187-4701-afa4-aae01a2bdff6","#,
                r#""created_at":"2022-05-03T10:51:03.993Z","updated_at":"2022-05-03T10:51:03.993Z"}"#
            )
        );
    }

    #[test]
    fn goes_from_scheduled_to_running_to_completed() {
        let run = printed_run();
        for (now, status, updated) in [
            ("2022-05-03T10:51:05.992Z", Status::Scheduled, "2022-05-03T10:51:03.993Z"),
            ("2022-05-03T10:51:05.993Z", Status::Running, "2022-05-03T10:51:05.993Z"),
            ("2022-05-03T11:51:03.799Z", Status::Running, "2022-05-03T10:51:05.993Z"),
            ("2022-05-03T11:51:03.800Z", Status::Completed, "2022-05-03T11:51:03.800Z"),
        ] {
            assert_eq!(run.status(at(now)), status, "{now}");
            assert_eq!(run.updated_at(at(now)).to_string(), updated, "{now}");
        }
    }

    #[test]
    fn a_stop_takes_precedence_over_the_clock_and_a_failure() {
        let mut run = printed_run();
        run.fails_at = Some(at("2022-05-03T11:10:00.000Z"));
        assert_eq!(run.status(at("2022-05-03T11:10:00.000Z")), Status::Failed);
        run.stopped_at = Some(at("2022-05-03T11:00:00.000Z"));
        assert_eq!(run.status(at("2022-05-03T10:00:00.000Z")), Status::Stopped);
        assert_eq!(run.status(at("2022-05-04T10:00:00.000Z")), Status::Stopped);
        assert_eq!(run.updated_at(at("2022-05-04T10:00:00.000Z")), at("2022-05-03T11:00:00.000Z"));
    }

    #[test]
    fn a_window_shorter_than_the_pickup_delay_still_ends_on_time() {
        let mut run = printed_run();
        run.end_at = run.created_at.plus_millis(500);
        assert_eq!(run.opens_at(), run.end_at);
        assert_eq!(run.status(run.end_at), Status::Completed);
    }
}
