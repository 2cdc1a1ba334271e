use super::*;
use crate::phase::Phase;
use crate::run::{Run, RunId};
use crate::time::Timestamp;
use proptest::prelude::*;
use serde_json::Value;
use std::sync::Arc;

fn run(id: &str, name: &str) -> Run {
    let at = |text: &str| Timestamp::parse(text);
    Run {
        id: RunId::new(id),
        job_id: Some(JobId::new("12")),
        name: Arc::from(name),
        status: None,
        start_at: at("2026-03-29T00:30:00.417Z"),
        end_at: at("2026-03-29T08:30:00Z"),
        created_at: None,
        updated_at: None,
        odd_times: crate::run::OddTimes::default(),
    }
}

fn berlin(instant: Timestamp) -> i32 {
    if instant < Timestamp::parse("2026-03-29T01:00:00Z").unwrap() { 3600 } else { 7200 }
}

/// Within the window of every run here.
fn now() -> Timestamp {
    Timestamp::parse("2026-03-29T01:00:00Z").unwrap()
}

fn to_csv(runs: &[Run]) -> String {
    let subject = |run| IndexedRun { run, phase: Phase::Open, job_label: Some("Pizza, Rome") };
    csv(&mut runs.iter().map(subject), now(), "Europe/Berlin", &berlin)
}

/// Parses CSV as in RFC 4180.
fn read(text: &str) -> Vec<Vec<String>> {
    let (mut lines, mut cells, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut chars = text.chars().peekable();
    let mut quoted = false;
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => cell.extend(chars.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {
                assert_eq!(chars.next(), Some('\n'));
                cells.push(std::mem::take(&mut cell));
                lines.push(std::mem::take(&mut cells));
            }
            c => cell.push(c),
        }
    }
    assert!(cell.is_empty() && cells.is_empty() && !quoted, "the last line ends, too");
    lines
}

#[test]
fn each_time_is_exported_in_utc_and_in_the_chosen_zone() {
    let expected = "id,name,job_id,job_label,status,state,phase,start_at,end_at,created_at,updated_at,\
        start_at (Europe/Berlin),end_at (Europe/Berlin),created_at (Europe/Berlin),updated_at (Europe/Berlin)\r\n\
        a,Sale,12,\"Pizza, Rome\",,open,open,2026-03-29T00:30:00.417Z,2026-03-29T08:30:00.000Z,,,\
        2026-03-29 01:30:00 UTC+01:00,2026-03-29 10:30:00 UTC+02:00,,\r\n";
    assert_eq!(to_csv(&[run("a", "Sale")]), expected);
    assert_eq!(read(&to_csv(&[])).len(), 1, "the headings stand there without a run");
}

#[test]
fn no_cell_starts_a_spreadsheet_formula() {
    for text in ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", "＝1", "'=1", "=\"a\",b"] {
        let cell = read(&to_csv(&[run("a", text)]))[1][1].clone();
        assert_eq!(cell, ["'", text].concat(), "{text}");
    }
    assert_eq!(read(&to_csv(&[run("a", "1=1")]))[1][1], "1=1");
}

#[test]
fn text_that_a_spreadsheet_would_change_is_kept_as_it_is() {
    let cell = |text: &str| read(&to_csv(&[run(text, "x")]))[1][0].clone();
    for text in [
        "0012345",
        "00",
        "1e5",
        "12E34",
        "2026-03",
        "3/4",
        "3-4",
        "1 1/2",
        "12345678901234567890",
        "1234567890123456",
        "1.0",
        "1,5",
        "1,234",
        "5%",
        "$5",
        "€ 5",
        "(5)",
        "9:30",
        "9:30 PM",
        "9p",
        "2026-03-03T11:00:00Z",
        "SEPT1",
        "MARCH1",
        "1-mar",
        "May 2026",
        "true",
        "FALSE",
        "１２３４５６７８９０１２３４５６",
        " 007 ",
    ] {
        assert_eq!(cell(text), ["'", text].concat(), "{text}");
    }
    for text in [
        "12345678",
        "0",
        "123456789012345",
        "231667a5-8696-45cb-aa1d-b9f46d3e13f8",
        "r-1",
        "job-00012",
        "Sale 2026-03",
        "May",
        "",
        "true story",
        "3 marbles",
    ] {
        assert_eq!(cell(text), text);
    }
    let value: Value = serde_json::from_str(&json(
        &mut std::iter::once(IndexedRun { run: &run("0012345", "1e5"), phase: Phase::Open, job_label: None }),
        now(),
    ))
    .unwrap();
    assert_eq!((&value[0]["id"], &value[0]["name"]), (&"0012345".into(), &"1e5".into()));
}

#[test]
fn json_has_the_same_fields_with_null_for_missing_ones() {
    let runs = [run("a", "Sale"), run("b", "")];
    let subject = |run| IndexedRun { run, phase: Phase::Open, job_label: None };
    let text = json(&mut runs.iter().map(subject), now());
    let value: Value = serde_json::from_str(&text).unwrap();
    let entry = |id: &str, name: Value| {
        serde_json::json!({"id": id, "name": name, "job_id": "12", "job_label": null, "status": null, "state": "open", "phase": "open",
            "start_at": "2026-03-29T00:30:00.417Z", "end_at": "2026-03-29T08:30:00.000Z", "created_at": null, "updated_at": null})
    };
    assert_eq!(value, serde_json::json!([entry("a", "Sale".into()), entry("b", Value::Null)]));
    assert_eq!(json(&mut std::iter::empty(), now()), "[\n]\n");
}

#[test]
fn state_is_exported_beside_the_status() {
    let failed = Run { status: Some(Status::new("FAILED")), ..run("a", "Sale") };
    let lines = read(&to_csv(&[run("b", "Sale"), failed]));
    let columns = |line: &[String]| line[4..7].to_vec();
    assert_eq!(columns(&lines[0]), ["status", "state", "phase"]);
    assert_eq!(columns(&lines[1]), ["", "open", "open"]);
    assert_eq!(columns(&lines[2]), ["FAILED", "failed", "open"]);
}

#[test]
fn what_is_no_time_is_exported_as_the_api_gave_it() {
    let run = Run::read_body(r#"{"id": "a", "start_at": "0001-01-01T00:00:00Z", "end_at": "soon"}"#).unwrap();
    assert_eq!(read(&to_csv(std::slice::from_ref(&run)))[1][7..13], ["0001-01-01T00:00:00Z", "soon", "", "", "", ""]);
    let text = json(&mut std::iter::once(IndexedRun { run: &run, phase: Phase::Unknown, job_label: None }), now());
    let value: Value = serde_json::from_str(&text).unwrap();
    assert_eq!((&value[0]["start_at"], &value[0]["end_at"]), (&"0001-01-01T00:00:00Z".into(), &"soon".into()));
}

proptest! {
    #[test]
    fn csv_round_trips_any_text(names in prop::collection::vec(any::<String>(), 0..5)) {
        let runs: Vec<Run> = names.iter().map(|name| run(name, name)).collect();
        let lines = read(&to_csv(&runs));
        prop_assert_eq!(lines.len(), names.len() + 1);
        for (line, name) in lines[1..].iter().zip(&names) {
            prop_assert_eq!(line.len(), 15);
            for cell in &line[..2] {
                prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']));
                prop_assert_eq!(cell.strip_prefix('\'').unwrap_or(cell), name);
            }
        }
        let subject = |run| IndexedRun { run, phase: Phase::Open, job_label: None };
        let value: Value = serde_json::from_str(&json(&mut runs.iter().map(subject), now())).unwrap();
        for (entry, name) in value.as_array().unwrap().iter().zip(&names) {
            prop_assert_eq!(entry["name"].as_str().unwrap_or_default(), name);
        }
    }
}
