//! The record as a file: CSV for spreadsheets, JSON for programs; the same rules as for the list ([`crate::export`]).

use super::entry::{Entry, FailureRise, HowKnown, Transition, What};
use super::kind::Kind;
use super::stored::detail_word;
use crate::export::{is_retyped, line};
use crate::run::{JobId, RunId};
use crate::time::Timestamp;
use crate::time::print::{Precision, print};
use crate::time::zone::Offset;
use crate::wire::activity::ExportedEntry;
use crate::wire::to_text;
use std::sync::Arc;

const TEXTS: [&str; 9] = ["kind", "run_id", "name", "job_id", "detail", "outcome", "new_run_id", "runs", "receipt"];
const TIMES: [&str; 5] = ["happened_at", "not_before", "noticed_at", "settled_at", "noticed_at_here"];

/// CSV: a header line, then one line per entry, ended by CR LF. Where `happened_at` is empty, it happened between `not_before` and
/// `noticed_at`. All times are the API's but `noticed_at_here`; each appears twice, in UTC and in the chosen zone.
pub fn csv(entries: &[Arc<Entry>], zone: &str, offset: Offset<'_>) -> String {
    let mut out = String::new();
    let zoned = TIMES.map(|key| [key, " (", zone, ")"].concat());
    let headings = TEXTS.into_iter().chain(TIMES).chain(zoned.iter().map(String::as_str));
    line(&mut out, &mut headings.map(|heading| (heading, false)));
    for entry in entries {
        let detail = detail(entry);
        let ExportedEntry {
            kind,
            run_id,
            name,
            job_id,
            detail,
            outcome,
            new_run_id,
            runs,
            receipt,
            happened_at,
            not_before,
            noticed_at,
            settled_at,
            noticed_at_here,
        } = exported(entry, detail.as_deref());
        let runs = runs.map(|runs| runs.to_string());
        let texts = [kind, run_id, name, job_id, detail, outcome, new_run_id, runs.as_deref(), receipt];
        let texts = texts.map(Option::unwrap_or_default);
        let times = [happened_at, not_before, Some(noticed_at), settled_at, Some(noticed_at_here)];
        let iso = times.map(|at| at.map(Timestamp::to_iso).unwrap_or_default());
        let zoned = times.map(|at| at.map(|at| print(at, offset(at), Precision::Seconds)).unwrap_or_default());
        let texts = texts.iter().map(|text| (*text, is_retyped(text)));
        let times = iso.iter().chain(&zoned).map(|time| (time.as_str(), false));
        line(&mut out, &mut texts.chain(times));
    }
    out
}

/// JSON: an array with one object per entry, with the fields of the CSV; a missing value is `null`.
pub fn json(entries: &[Arc<Entry>]) -> String {
    let mut out = String::from("[");
    for entry in entries {
        if out.len() > 1 {
            out.push(',');
        }
        out.push_str("\n  ");
        out.push_str(&to_text(&exported(entry, detail(entry).as_deref())));
    }
    out.push_str("\n]\n");
    out
}

/// The contradiction, the state or the shares of failures.
fn detail(entry: &Entry) -> Option<String> {
    match &entry.what {
        What::Seen(Transition::FailuresRose(FailureRise { from, to })) => {
            let percent = |share: u32| [&(share / 10).to_string(), ".", &(share % 10).to_string(), " %"].concat();
            Some([&percent(*from), " to ", &percent(*to)].concat())
        }
        What::Seen(transition) => detail_word(*transition).map(str::to_owned),
        What::Done(_) => None,
    }
}

fn exported<'a>(entry: &'a Entry, detail: Option<&'a str>) -> ExportedEntry<'a> {
    let done = match &entry.what {
        What::Done(done) => Some(done),
        What::Seen(_) => None,
    };
    let (happened_at, not_before) = match entry.known {
        HowKnown::At(at) => (Some(at), None),
        HowKnown::Between { after } => (None, after.map(|after| after.api)),
        HowKnown::DoneHere => (Some(entry.noticed.api), None),
    };
    ExportedEntry {
        kind: Some(Kind::of(entry).word()),
        run_id: entry.run.as_ref().map(RunId::as_str),
        name: Some(&*entry.name).filter(|name| !name.is_empty()),
        job_id: entry.job.as_ref().map(JobId::as_str),
        detail,
        outcome: done.map(|done| done.outcome.word()),
        new_run_id: done.and_then(|done| done.new_run.as_ref()).map(RunId::as_str),
        runs: done.map(|done| done.runs),
        receipt: done.and_then(|done| done.text.as_deref()),
        happened_at,
        not_before,
        noticed_at: entry.noticed.api,
        settled_at: done.and_then(|done| done.settled).map(|settled| settled.api),
        noticed_at_here: entry.noticed.here,
    }
}
