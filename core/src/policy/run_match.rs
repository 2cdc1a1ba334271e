//! What the API says it made, held against what it was asked for; and a run of the list, held against a request whose
//! answer was lost.

use crate::draft::{Field, NewRun};
use crate::run::Run;
use crate::time::Timestamp;

/// How sure it is that a run came of a request.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Likeness {
    /// Same job and name, and a window that fits to the second; the API does not keep the milliseconds that would prove it.
    Probable,
    /// Same job and name, and the exact milliseconds of the fingerprint.
    Exact,
}

/// Whether a run may have come of a request. For [`Likeness::Probable`] the window's milliseconds must be those sent, cut
/// or rounded to a whole second, tenth or hundredth (another fingerprint is another request's), and the run must not have been
/// created before `since`; a run that does not say when it was created is not ruled out.
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

/// A field in which a create answer does not say what was sent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// Which.
    pub field: Field,
    /// What was sent; a time as ISO 8601 in UTC.
    pub sent: String,
    /// What came back; `None` when the answer does not say.
    pub got: Option<String>,
    /// How bad that is.
    pub kind: DifferenceKind,
}

/// How bad a difference is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum DifferenceKind {
    /// Only milliseconds were dropped or rounded: the API does not keep them. Worth a line in Diagnostics.
    Milliseconds,
    /// The answer does not say: worth reading the run again.
    Missing,
    /// The API made something else than it was asked for: to be shouted.
    Changed,
}

/// Where the answer to a create says something else than was sent, in the order of the form.
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

/// To what an API may coarsen an instant: a second, a tenth, a hundredth; in milliseconds.
const STEPS: [i64; 3] = [1000, 100, 10];

/// Whether `got` is `sent` cut or rounded up to a whole step; what is whole already stays.
fn coarsened(sent: Timestamp, got: Timestamp, step: i64) -> bool {
    let cut = sent.millis().div_euclid(step).saturating_mul(step);
    got.millis() == cut || (sent.millis() != cut && got.millis() == cut.saturating_add(step))
}

#[cfg(test)]
mod tests;
