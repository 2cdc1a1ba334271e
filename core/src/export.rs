//! The listed runs as a file: CSV for spreadsheets (RFC 4180), JSON for programs.

mod retyped;

pub(crate) use retyped::is_retyped;

use crate::query::IndexedRun;
use crate::run::{JobId, RunTime, Said, Status};
use crate::run_state::RunState;
use crate::time::Timestamp;
use crate::time::print::{Precision, print};
use crate::time::zone::Offset;
use crate::wire::run::ExportedRun;
use crate::wire::to_text;

/// The text fields of a run, named as in the API and this console.
const TEXTS: [&str; 7] = ["id", "name", "job_id", "job_label", "status", "state", "phase"];
/// The time fields of a run, named as in the API; in the order of [`RunTime::ALL`].
const TIMES: [&str; 4] = ["start_at", "end_at", "created_at", "updated_at"];

/// The text fields; missing ones are empty.
fn texts<'a>(subject: &IndexedRun<'a>, now: Timestamp) -> [&'a str; 7] {
    let run = subject.run;
    [
        run.id.as_str(),
        &run.name,
        run.job_id.as_ref().map(JobId::as_str).unwrap_or_default(),
        subject.job_label.unwrap_or_default(),
        run.status.as_ref().map(Status::as_str).unwrap_or_default(),
        RunState::of(run, now).word(),
        subject.phase.word(),
    ]
}

/// CSV: a header line, then one line per run, ended by CR LF. `state` is what the console shows at `now`, `status` the API's own
/// word. Each time appears twice: in ISO 8601 UTC (what is no time, as
/// the API gave it), and as the console prints it in the chosen zone, which the header names. The byte order mark is left
/// to whoever writes the file.
///
/// A text that a spreadsheet would take for a formula (OWASP, CSV injection) or change as it reads it starts with an
/// apostrophe. So does one that already starts with one: removing the first apostrophe always gives back the original.
pub fn csv(
    subjects: &mut dyn Iterator<Item = IndexedRun<'_>>,
    now: Timestamp,
    zone: &str,
    offset: Offset<'_>,
) -> String {
    let mut out = String::new();
    let zoned = TIMES.map(|key| [key, " (", zone, ")"].concat());
    let headings = TEXTS.into_iter().chain(TIMES).chain(zoned.iter().map(String::as_str));
    line(&mut out, &mut headings.map(|heading| (heading, false)));
    for subject in subjects {
        let iso = RunTime::ALL.map(|time| match subject.run.said(time) {
            Said::At(at) => at.to_iso(),
            Said::Unset(given) | Said::Unreadable(given) => given.to_owned(),
            Said::Missing => String::new(),
        });
        let zoned = RunTime::ALL
            .map(|time| time.of(subject.run).map(|at| print(at, offset(at), Precision::Seconds)).unwrap_or_default());
        let texts = texts(&subject, now);
        let texts = texts.iter().map(|text| (*text, is_retyped(text)));
        let times = iso.iter().chain(&zoned).map(|time| (time.as_str(), false));
        line(&mut out, &mut texts.chain(times));
    }
    out
}

/// JSON: an array with one object per run, times in ISO 8601 UTC; a missing value is `null`, and what is no time stands as
/// the API gave it.
pub fn json(subjects: &mut dyn Iterator<Item = IndexedRun<'_>>, now: Timestamp) -> String {
    let mut out = String::from("[");
    for subject in subjects {
        if out.len() > 1 {
            out.push(',');
        }
        out.push_str("\n  ");
        out.push_str(&to_text(&exported(&subject, now)));
    }
    out.push_str("\n]\n");
    out
}

fn exported<'a>(subject: &IndexedRun<'a>, now: Timestamp) -> ExportedRun<'a> {
    let [id, name, job_id, job_label, status, state, phase] =
        texts(subject, now).map(|text| Some(text).filter(|text| !text.is_empty()));
    let [start_at, end_at, created_at, updated_at] = RunTime::ALL.map(|time| subject.run.given(time));
    ExportedRun { id, name, job_id, job_label, status, state, phase, start_at, end_at, created_at, updated_at }
}

/// Appends a line of cells, each with whether it must be kept from being changed.
pub(crate) fn line(out: &mut String, cells: &mut dyn Iterator<Item = (&str, bool)>) {
    let mut first = true;
    for (text, keep) in cells {
        if !std::mem::take(&mut first) {
            out.push(',');
        }
        cell(out, text, keep);
    }
    out.push_str("\r\n");
}

/// Appends one cell, quoted if necessary.
fn cell(out: &mut String, text: &str, keep: bool) {
    // What spreadsheets read as the start of a formula, including full-width forms.
    const DANGEROUS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    let guarded = keep || text.starts_with(DANGEROUS) || text.starts_with('\'');
    let quoted = guarded || text.contains(['"', ',', '\r', '\n', ';', '\t']) || text.trim() != text;
    if quoted {
        out.push('"');
    }
    if guarded {
        out.push('\'');
    }
    for c in text.chars() {
        if c == '"' {
            out.push('"');
        }
        out.push(c);
    }
    if quoted {
        out.push('"');
    }
}

#[cfg(test)]
mod tests;
