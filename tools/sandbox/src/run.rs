//! A run: what is stored, what its status is at a time, and how it is written.

use serde::Serialize;

use crate::time::Millis;

/// How long an accepted run waits before it is taken up. A run whose start is already past therefore still answers
/// `scheduled` at first, as the service did in its printed sample.
pub const PICKUP_MS: i64 = 2_000;

/// A run as it is stored. Status and counts are functions of this and the clock, so nothing about them is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredRun {
    /// UUID.
    pub id: String,
    /// Any non-empty text.
    pub job_id: String,
    /// 1 to 255 characters.
    pub name: String,
    /// Start of the window.
    pub start_at: Millis,
    /// End of the window, after its start.
    pub end_at: Millis,
    /// When it was accepted.
    pub created_at: Millis,
    /// When somebody stopped it.
    pub stopped_at: Option<Millis>,
    /// When it breaks down by itself; only seeded runs do.
    pub fails_at: Option<Millis>,
    /// The seed it was made under. Stored, so that a later start with another seed changes no answer.
    pub seed: u64,
}

/// The stand-in's own words. Only `scheduled` is printed in the API's public document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Accepted, not taken up yet.
    Scheduled,
    /// The window is open.
    Running,
    /// Somebody stopped it.
    Stopped,
    /// The window is over.
    Completed,
    /// Broke down before its end.
    Failed,
}

impl Status {
    /// Whether nothing can happen to the run any more, a stop included.
    #[must_use]
    pub fn is_over(self) -> bool {
        matches!(self, Self::Stopped | Self::Completed | Self::Failed)
    }
}

impl StoredRun {
    /// When sending begins: at the start of the window, but not before the run was taken up, nor after its end.
    #[must_use]
    pub fn opens_at(&self) -> Millis {
        self.start_at.max(self.created_at.plus(PICKUP_MS)).min(self.end_at)
    }

    /// The status at `now`. A stopped run stays stopped even when the clock is set back.
    #[must_use]
    pub fn status(&self, now: Millis) -> Status {
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
    #[must_use]
    pub fn updated_at(&self, now: Millis) -> Millis {
        let changed = match self.status(now) {
            Status::Scheduled => None,
            Status::Running => Some(self.opens_at()),
            Status::Stopped => self.stopped_at,
            Status::Completed => Some(self.end_at),
            Status::Failed => self.fails_at,
        };
        changed.unwrap_or(self.created_at)
    }

    /// The run as answered at `now`.
    #[must_use]
    pub fn wire(&self, now: Millis) -> WireRun<'_> {
        WireRun {
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

/// A run in the printed form: these keys in this order.
#[derive(Clone, Debug, Serialize)]
pub struct WireRun<'a> {
    status: Status,
    job_id: &'a str,
    name: &'a str,
    start_at: Millis,
    end_at: Millis,
    id: &'a str,
    created_at: Millis,
    updated_at: Millis,
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn at(text: &str) -> Millis {
        Millis::parse(text).unwrap()
    }

    /// The printed sample, whose start lies 17.5 hours before its creation.
    pub(crate) fn printed() -> StoredRun {
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
    fn is_written_as_printed() {
        let run = printed();
        assert_eq!(
            serde_json::to_string(&run.wire(run.created_at)).unwrap(),
            concat!(
                r#"{"status":"scheduled","job_id":"231667a5-8696-45cb-aa1d-b9f46d3e13f8","name":"Pizza Campaign","#,
                r#""start_at":"2022-05-02T17:23:14.000Z","end_at":"2022-05-03T11:51:03.800Z","#,
                r#""id":"0e54831a-5187-4701-afa4-aae01a2bdff6","#,
                r#""created_at":"2022-05-03T10:51:03.993Z","updated_at":"2022-05-03T10:51:03.993Z"}"#
            )
        );
    }

    #[test]
    fn goes_from_scheduled_over_running_to_completed() {
        let run = printed();
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
    fn a_stop_wins_over_the_clock_and_over_a_failure() {
        let mut run = printed();
        run.fails_at = Some(at("2022-05-03T11:10:00.000Z"));
        assert_eq!(run.status(at("2022-05-03T11:10:00.000Z")), Status::Failed);
        run.stopped_at = Some(at("2022-05-03T11:00:00.000Z"));
        assert_eq!(run.status(at("2022-05-03T10:00:00.000Z")), Status::Stopped);
        assert_eq!(run.status(at("2022-05-04T10:00:00.000Z")), Status::Stopped);
        assert_eq!(run.updated_at(at("2022-05-04T10:00:00.000Z")), at("2022-05-03T11:00:00.000Z"));
    }

    #[test]
    fn a_window_shorter_than_the_pickup_still_ends_on_time() {
        let mut run = printed();
        run.end_at = run.created_at.plus(500);
        assert_eq!(run.opens_at(), run.end_at);
        assert_eq!(run.status(run.end_at), Status::Completed);
    }
}
