//! The jobs of the sample runs. All invented, without brands or people.

use crate::seeded_rng::SeededRng;

/// The job id of the printed sample, the only one that is not a UUID.
const SAMPLE_JOB: &str = "12345678";

/// The first belongs to [`SAMPLE_JOB`].
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

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Job {
    /// The same for every seed, so that a configuration can name it.
    pub(crate) id: String,
    pub(crate) label: &'static str,
}

/// All jobs, always in the same order.
pub(crate) fn jobs() -> Vec<Job> {
    let id = |label| match label {
        "Pizza campaign" => SAMPLE_JOB.to_owned(),
        label => SeededRng::new(0, "job").with_text(label).uuid().to_string(),
    };
    LABELS.iter().map(|label| Job { id: id(*label), label }).collect()
}
