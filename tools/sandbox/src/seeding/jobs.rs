//! The jobs that seeded runs are runs of: invented, no brands, no persons.

use crate::hash::Stable;

/// The job id of the printed sample, the one job whose id is no UUID.
pub const SAMPLE_JOB: &str = "12345678";

/// What each job is for. The first belongs to [`SAMPLE_JOB`].
const LABELS: [&str; 40] = [
    "Pizza campaign",
    "Appointment reminders",
    "Renewal notice",
    "Delivery window survey",
    "Welcome series",
    "Payment reminder",
    "Clinic recall",
    "Vaccination invitation",
    "Library returns",
    "School closure alert",
    "Water outage notice",
    "Power maintenance notice",
    "Roadworks notice",
    "Bin collection change",
    "Meter reading request",
    "Tariff change notice",
    "Contract extension offer",
    "Loyalty points expiry",
    "Back in stock alert",
    "Abandoned basket nudge",
    "Event tickets on sale",
    "Event day information",
    "Flight schedule change",
    "Ferry timetable change",
    "Parcel pickup reminder",
    "Return label follow-up",
    "Satisfaction survey",
    "Product recall notice",
    "Password reset campaign",
    "Two-step sign-in rollout",
    "Branch opening invitation",
    "Course enrolment",
    "Exam timetable",
    "Donation appeal",
    "Volunteer shift call",
    "Membership renewal",
    "Gym class waiting list",
    "Dental check-up recall",
    "Insurance document request",
    "Heating subsidy information",
];

/// A job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// [`SAMPLE_JOB`] or a UUID; the same for every seed, so that a configuration can name it.
    pub id: String,
    /// What it is for.
    pub label: &'static str,
}

/// All jobs, always the same in the same order.
#[must_use]
pub fn jobs() -> Vec<Job> {
    let id = |label| match label {
        "Pizza campaign" => SAMPLE_JOB.to_owned(),
        label => Stable::new(0, "job").text(label).uuid(),
    };
    LABELS.iter().map(|label| Job { id: id(*label), label }).collect()
}
