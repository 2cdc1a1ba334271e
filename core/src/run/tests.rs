use super::*;
use proptest::prelude::*;
use serde_json::{Value, json};

const CREATED: &str = include_str!("../../tests/fixtures/created.json");

fn read(value: Value) -> Run {
    Run::read_body(&value.to_string()).unwrap()
}

#[test]
fn documented_answer_is_read() {
    let time = Timestamp::parse;
    let run = Run {
        id: RunId::new("0e54831a-5187-4701-afa4-aae01a2bdff6"),
        job_id: Some(JobId::new("231667a5-8696-45cb-aa1d-b9f46d3e13f8")),
        name: Arc::from("Pizza Campaign"),
        status: Some(Status::new("scheduled")),
        start_at: time("2022-05-02T17:23:14.000Z"),
        end_at: time("2022-05-03T11:51:03.800Z"),
        created_at: time("2022-05-03T10:51:03.993Z"),
        updated_at: time("2022-05-03T10:51:03.993Z"),
        odd_times: OddTimes::default(),
    };
    assert!(run.start_at.is_some() && run.updated_at.is_some());
    assert_eq!(Run::read_body(CREATED), Some(run));
}

#[test]
fn status_words_are_known_in_any_letter_case() {
    for (word, known) in [
        ("scheduled", Some(KnownStatus::Scheduled)),
        ("RUNNING", Some(KnownStatus::Running)),
        ("stopped", Some(KnownStatus::Stopped)),
        ("Cancelled", Some(KnownStatus::Stopped)),
        ("canceled", Some(KnownStatus::Stopped)),
        ("completed", Some(KnownStatus::Completed)),
        ("Failed", Some(KnownStatus::Failed)),
        ("paused", None),
        ("run", None),
        ("", None),
    ] {
        assert_eq!(Status::new(word).known(), known, "{word}");
    }
}

#[test]
fn entry_without_an_id_is_not_a_run() {
    for value in [
        json!(null),
        json!("a"),
        json!([]),
        json!({}),
        json!({"id": ""}),
        json!({"id": null}),
        json!({"id": 1.5}),
        json!({"id": ["a"]}),
        json!({"ID": "a"}),
        json!({"run_id": "a"}),
    ] {
        assert_eq!(Run::read_body(&value.to_string()), None, "{value}");
    }
}

#[test]
fn field_of_the_wrong_type_counts_as_missing() {
    let bare = read(json!({"id": "a"}));
    assert_eq!((&bare.job_id, &*bare.name, &bare.status), (&None, "", &None));
    assert_eq!((bare.start_at, bare.end_at, bare.created_at, bare.updated_at), (None, None, None, None));
    let wrong = json!({
        "id": "a", "job_id": {}, "name": 7, "status": 3, "start_at": 1651512194, "end_at": "tomorrow",
        "created_at": "2022-05-03T10:51:03", "updated_at": [],
    });
    let wrong = read(wrong);
    let said = RunTime::ALL.map(|time| wrong.said(time));
    assert_eq!(said, ["1651512194", "tomorrow", "2022-05-03T10:51:03", "[]"].map(Said::Unreadable));
    assert_eq!(Run { odd_times: OddTimes::default(), ..wrong }, bare);
    let empty = json!({"id": "a", "job_id": "", "status": " ", "start_at": ""});
    assert_eq!(read(empty), bare);
}

#[test]
fn camel_case_is_read_and_the_documented_spelling_wins() {
    let time = "2022-05-02T19:23:14+02:00";
    let camel =
        json!({"id": 7, "jobId": 12345678, "startAt": time, "endAt": time, "createdAt": time, "updatedAt": time});
    let run = read(camel);
    assert_eq!((run.id.as_str(), run.job_id), ("7", Some(JobId::new("12345678"))));
    assert_eq!(run.start_at.map(Timestamp::to_iso).as_deref(), Some("2022-05-02T17:23:14.000Z"));
    assert!(run.end_at.is_some() && run.created_at.is_some() && run.updated_at.is_some());
    let both = read(json!({"id": "a", "job_id": "snake", "jobId": "camel"}));
    assert_eq!(both.job_id, Some(JobId::new("snake")));
    let broken = read(json!({"id": "a", "job_id": null, "jobId": "camel", "start_at": "?", "startAt": time}));
    assert_eq!((broken.job_id, broken.start_at), (Some(JobId::new("camel")), run.start_at));
}

#[test]
fn time_that_was_never_set_is_none_and_its_text_is_kept() {
    for unset in
        ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z", "1970-01-01T01:00:00+01:00", "1969-12-31T23:00:00Z"]
    {
        let run = read(
            json!({"id": "a", "start_at": unset, "end_at": null, "created_at": " ", "updated_at": "1970-01-01T00:00:00.001Z"}),
        );
        assert_eq!(RunTime::ALL.map(|time| time.of(&run)), [None, None, None, Some(Timestamp::from_millis(1))]);
        assert_eq!(run.said(RunTime::Start), Said::Unset(unset));
        assert_eq!((run.said(RunTime::End), run.said(RunTime::Created)), (Said::Missing, Said::Missing));
        assert_eq!(run.said(RunTime::Updated), Said::At(Timestamp::from_millis(1)));
    }
}

#[test]
fn unreadable_time_survives_being_stored() {
    let run =
        read(json!({"id": "a", "start_at": {"at": 5}, "end_at": "soon", "created_at": "2022-05-03T10:51:03.993Z"}));
    assert_eq!(run.said(RunTime::Start), Said::Unreadable("{\"at\":5}"));
    assert_eq!(Run::read_body(&crate::wire::to_text(&wire::Run::from(&run))), Some(run));
    let long = read(json!({"id": "a", "start_at": "é".repeat(100_000)}));
    assert_eq!(long.said(RunTime::Start), Said::Unreadable(&"é".repeat(100)));
    let escaped = r#"{"id": "a", "start_at": "2022-05-02T19:23:14+02:00[Europe\/Berlin]"}"#;
    assert_eq!(Run::read_body(escaped).unwrap().start_at, Timestamp::parse("2022-05-02T17:23:14Z"));
}

#[test]
fn run_is_found_in_any_envelope() {
    let id = |body: &str| Run::read_body(body).map(|run| String::from(run.id.as_str()));
    for (body, found) in [
        (r#"{"id": "a"}"#, Some("a")),
        (r#"{"run": {"id": "a"}}"#, Some("a")),
        (r#"{"data": {"id": "a"}}"#, Some("a")),
        (r#"{"_embedded": {"run": {"id": "a"}}}"#, Some("a")),
        (r#"{"_embedded": {"job_run": {"id": "a"}, "count": 1}}"#, Some("a")),
        (r#"{"id": "a", "run": {"id": "b"}}"#, Some("a")),
        (r#"{"run": null, "data": {"id": "a"}}"#, Some("a")),
        ("\u{feff}{\"id\": \"a\"}", Some("a")),
        (r#"{"id": "a", "name": "\ud800"}"#, Some("a")),
        (r#"{"_embedded": {"a": {"id": "a"}, "b": {"id": "b"}}}"#, None),
        (r#"{"run": [{"id": "a"}]}"#, None),
        (r#"[{"id": "a"}]"#, None),
        (r#"{"ok": true}"#, None),
        ("", None),
        ("{", None),
        ("<html></html>", None),
    ] {
        assert_eq!(id(body).as_deref(), found, "{body}");
    }
}

#[test]
fn name_is_kept_whatever_its_length_and_direction() {
    let name = "\u{202e}\0evil".repeat(20_000);
    assert_eq!(*read(json!({"id": "a", "name": name})).name, name);
}

proptest! {
    #[test]
    fn any_body_is_read_without_panic(body in "\\PC{0,80}", bytes in prop::collection::vec(any::<u8>(), 0..80)) {
        let _ = Run::read_body(&body);
        let _ = Run::read_body(&String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn invisible_name_is_not_a_name() {
    let named = |name: &str| read(json!({"id": "a", "name": name}));
    for unseen in ["", " ", "\u{200b}", "\u{feff}\u{2060}\t", "\u{3164}", "\u{202e}\u{a0}"] {
        assert_eq!(named(unseen).visible_name(), None, "{unseen:?}");
    }
    for seen in [".", "\u{200b}a", "春", "👩\u{200d}👧", "\u{202e}abc"] {
        assert_eq!(named(seen).visible_name(), Some(seen));
    }
}

#[test]
fn white_space_around_a_status_is_ignored() {
    assert_eq!(read(json!({"id": "a", "status": "stopped "})).status, Some(Status::new("stopped")));
}
