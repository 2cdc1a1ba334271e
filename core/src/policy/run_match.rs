//! Compares a run with the request that may have created it: the run in the API's answer, or one found in the list
//! after the answer was lost.

use crate::draft::{Field, NewRun};
use crate::run::Run;
use crate::time::Timestamp;

/// How certain it is that a request created a run.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Likeness {
    /// Same job and name, and the window agrees to the second; the API dropped the milliseconds that would prove it.
    Probable,
    /// Same job and name, and the exact milliseconds of the fingerprint.
    Exact,
}

/// Whether a request may have created a run. For [`Likeness::Probable`] the window's milliseconds must be those sent,
/// truncated or rounded to a whole second, tenth or hundredth (another fingerprint belongs to another request), and the
/// run must not have been created before `since`. A run without a creation time is not ruled out.
pub fn likeness(sent: &NewRun, run: &Run, since: Timestamp) -> Option<Likeness> {
    let (start, end) = run.start_at.zip(run.end_at)?;
    if run.job_id.as_ref() != Some(&sent.job_id) || *run.name != *sent.name {
        return None;
    }
    if (start, end) == (sent.start_at, sent.end_at) {
        return Some(Likeness::Exact);
    }
    let recent = run.created_at.is_none_or(|created| created >= since);
    let coarser = |step| coarsened(sent.start_at, start, step) && coarsened(sent.end_at, end, step);
    (recent && STEPS.into_iter().any(coarser)).then_some(Likeness::Probable)
}

/// A field in which the created run differs from the request.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// The field.
    pub field: Field,
    /// What was sent; times in ISO 8601 UTC.
    pub sent: String,
    /// What came back; `None` if the answer lacks the field.
    pub got: Option<String>,
    /// The severity.
    pub kind: DifferenceKind,
}

/// The severity of a difference.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum DifferenceKind {
    /// Only milliseconds were dropped or rounded, as the API does not store them. Worth a line in Diagnostics.
    Milliseconds,
    /// The answer lacks the field: worth reading the run again.
    Missing,
    /// The API created something else than requested: needs a prominent warning.
    Changed,
}

/// The fields in which the answer to a create differs from the request, in form order.
pub fn differences(sent: &NewRun, got: &Run) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut say = |field: Field, sent: &str, got: Option<&str>, kind: DifferenceKind| {
        found.push(Difference { field, sent: sent.to_owned(), got: got.map(str::to_owned), kind });
    };
    let texts = [
        (Field::JobId, sent.job_id.as_str(), got.job_id.as_ref().map(crate::run::JobId::as_str)),
        (Field::Name, sent.name.as_str(), Some(&*got.name).filter(|name| !name.is_empty())),
    ];
    for (field, sent, got) in texts {
        match got {
            None => say(field, sent, None, DifferenceKind::Missing),
            Some(got) if got != sent => say(field, sent, Some(got), DifferenceKind::Changed),
            Some(_) => {}
        }
    }
    for (field, sent, got) in [(Field::Start, sent.start_at, got.start_at), (Field::End, sent.end_at, got.end_at)] {
        match got {
            None => say(field, &sent.to_iso(), None, DifferenceKind::Missing),
            Some(got) if got != sent => {
                let mild = STEPS.into_iter().any(|step| coarsened(sent, got, step));
                let kind = if mild { DifferenceKind::Milliseconds } else { DifferenceKind::Changed };
                say(field, &sent.to_iso(), Some(&got.to_iso()), kind);
            }
            Some(_) => {}
        }
    }
    found
}

/// The resolutions to which an API may coarsen times, in milliseconds.
const STEPS: [i64; 3] = [1000, 100, 10];

/// Whether `got` is `sent` truncated or rounded up to a whole step. A time that is already whole must be unchanged.
fn coarsened(sent: Timestamp, got: Timestamp, step: i64) -> bool {
    let cut = sent.millis().div_euclid(step).saturating_mul(step);
    got.millis() == cut || (sent.millis() != cut && got.millis() == cut.saturating_add(step))
}

#[cfg(test)]
mod tests;
