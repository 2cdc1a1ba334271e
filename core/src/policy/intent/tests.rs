use super::*;
use crate::run::JobId;
use proptest::prelude::*;
use serde_json::json;

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

fn new_run(name: &str, start: &str, end: &str) -> NewRun {
    NewRun { job_id: JobId::new("j"), name: String::from(name), start_at: at(start), end_at: at(end) }
}

fn intent() -> Intent {
    Intent {
        key: String::from("00000000deadbeef"),
        run: new_run("Spring \"sale\"", "2026-03-01T08:00:00.417Z", "2026-03-01T16:00:00.033Z"),
        asked_at: at("2026-03-01T07:59:30Z"),
        tolerance: Span::from_seconds(6),
        known: vec![RunId::new("old")],
        fate: Fate::Open,
        refused: false,
        watched_until: None,
        made: Vec::new(),
        told: false,
    }
}

fn listed(id: &str, start: &str, end: &str, created: &str) -> Run {
    let value = json!({"id": id, "job_id": "j", "name": "Spring \"sale\"", "start_at": start, "end_at": end, "created_at": created});
    Run::read_body(&value.to_string()).unwrap()
}

#[test]
fn fingerprint_replaces_only_the_milliseconds() {
    let run = new_run("a", "2026-03-01T08:00:05.900Z", "2026-03-01T16:00:00Z");
    for (random, start, end) in [
        ([0.0, 0.999_999], "2026-03-01T08:00:05.001Z", "2026-03-01T16:00:00.999Z"),
        ([0.5, 0.25], "2026-03-01T08:00:05.501Z", "2026-03-01T16:00:00.251Z"),
        ([f64::NAN, 7.0], "2026-03-01T08:00:05.001Z", "2026-03-01T16:00:00.999Z"),
    ] {
        let marked = Fingerprint::new(random).apply_to(&run);
        assert_eq!(marked, NewRun { start_at: at(start), end_at: at(end), ..run.clone() });
    }
}

#[test]
fn window_within_one_second_is_stretched_to_a_second() {
    let run = new_run("a", "2026-03-01T08:00:05.100Z", "2026-03-01T08:00:05.200Z");
    let marked = Fingerprint::new([0.9, 0.1]).apply_to(&run);
    assert_eq!(marked.end_at.millis().div_euclid(1000), marked.start_at.millis().div_euclid(1000) + 1);
}

#[test]
fn unknown_clock_offset_gives_a_tolerance_of_a_day() {
    assert_eq!(tolerance(None), Span::from_hours(24));
    assert_eq!(tolerance(Some((Span::from_hours(1), Span::from_millis(1000)))), Span::from_millis(6000));
}

#[test]
fn listed_run_is_an_exact_probable_or_no_match() {
    let created = "2026-03-01T07:59:40Z";
    for (id, start, end, created, likeness) in [
        ("a", "2026-03-01T08:00:00.417Z", "2026-03-01T16:00:00.033Z", created, Some(Likeness::Exact)),
        // The clocks may disagree about the creation time; the milliseconds still match.
        ("a", "2026-03-01T08:00:00.417Z", "2026-03-01T16:00:00.033Z", "2020-01-01T00:00:00Z", Some(Likeness::Exact)),
        ("a", "2026-03-01T08:00:00Z", "2026-03-01T16:00:00Z", created, Some(Likeness::Probable)),
        ("a", "2026-03-01T08:00:00.400Z", "2026-03-01T16:00:00.100Z", created, Some(Likeness::Probable)),
        ("a", "2026-03-01T08:00:01Z", "2026-03-01T16:00:00Z", created, Some(Likeness::Probable)),
        ("a", "2026-03-01T08:00:00Z", "2026-03-01T16:00:00Z", "2026-03-01T07:59:24Z", Some(Likeness::Probable)),
        ("a", "2026-03-01T08:00:00Z", "2026-03-01T16:00:00Z", "2026-03-01T07:59:23Z", None),
        ("a", "2026-03-01T08:00:00Z", "2026-03-01T16:00:00Z", "not a time", Some(Likeness::Probable)),
        // Another fingerprint belongs to another request.
        ("a", "2026-03-01T08:00:00.418Z", "2026-03-01T16:00:00.033Z", created, None),
        ("a", "2026-03-01T08:00:00Z", "2026-03-01T16:00:00.777Z", created, None),
        ("a", "2026-03-01T08:00:02Z", "2026-03-01T16:00:00Z", created, None),
        ("old", "2026-03-01T08:00:00.417Z", "2026-03-01T16:00:00.033Z", created, None),
    ] {
        assert_eq!(intent().likeness(&listed(id, start, end, created)), likeness, "{id} {start} {end} {created}");
    }
    let fits = listed("a", "2026-03-01T08:00:00.417Z", "2026-03-01T16:00:00.033Z", created);
    assert_eq!(intent().likeness(&Run { job_id: None, ..fits.clone() }), None);
    assert_eq!(intent().likeness(&Run { name: "spring sale".into(), ..fits.clone() }), None);
    assert_eq!(intent().likeness(&Run { end_at: None, ..fits }), None);
}

#[test]
fn requests_are_alike_when_job_and_name_agree_and_windows_overlap() {
    let alike = |name, start, end| intent().is_alike(&new_run(name, start, end));
    let name = "Spring \"sale\"";
    assert!(alike(name, "2026-03-01T08:00:00Z", "2026-03-01T16:00:00Z"));
    assert!(alike(name, "2026-03-01T08:02:10Z", "2026-03-01T16:02:10Z"), "a start now, tried again");
    assert!(!alike(name, "2026-03-01T16:00:01Z", "2026-03-01T17:00:00Z"));
    assert!(!alike("other", "2026-03-01T08:00:00Z", "2026-03-01T16:00:00Z"));
}

#[test]
fn saved_intents_are_restored() {
    let made = vec![Made { id: RunId::new("r"), likeness: Likeness::Probable, late: true }];
    let intents = [
        intent(),
        Intent { fate: Fate::Made, made, told: true, ..intent() },
        Intent { fate: Fate::Left, known: Vec::new(), ..intent() },
    ];
    let text = keep(&intents).unwrap();
    assert_eq!(recall(&text), intents);
    assert_eq!(keep(&[]), None);
}

#[test]
fn broken_entry_does_not_lose_the_others() {
    for text in ["", "null", "{}", "[", "[1, null, {}]", "x", "[{\"key\": \"k\"}]"] {
        assert_eq!(recall(text), [], "{text}");
    }
    let good = keep(&[intent()]).unwrap();
    let mixed = good.replacen('[', "[{\"key\":\"k\",\"startAt\":7},", 1);
    assert_eq!(recall(&mixed), [intent()]);
    // An impossible outcome is read as unknown.
    assert_eq!(recall(&good.replace("\"open\"", "\"made\"")), [intent()]);
    assert_eq!(recall(&good.replace("\"open\"", "\"odd\"")), [intent()]);
}

#[test]
fn storage_keys_do_not_collide() {
    assert_eq!(storage_key("/beta", "a-1"), "runboard.intent/%2Fbeta/a-1");
    assert_ne!(storage_key("/beta/a", ""), storage_key("/beta", "a"));
}

proptest! {
    #[test]
    fn fingerprint_reveals_dropped_milliseconds(a in any::<f64>(), b in any::<f64>(), seconds in 0_i64..4_000_000_000) {
        let start = Timestamp::from_millis(seconds * 1000);
        let run = NewRun { start_at: start, end_at: start.plus(Span::from_hours(1)), ..intent().run };
        for at in [Fingerprint::new([a, b]).apply_to(&run).start_at, Fingerprint::new([a, b]).apply_to(&run).end_at] {
            prop_assert!(at.millis() % 10 != 0, "{}", at.to_iso());
        }
    }

    #[test]
    fn any_text_is_accepted(text in "\\PC{0,60}|[\\[\\]{}\",:a-zA-Z0-9]{0,80}") {
        let _ = recall(&text);
    }
}
