use super::*;
use crate::run::JobId;
use serde_json::json;

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

fn sent() -> NewRun {
    NewRun {
        job_id: JobId::new("12"),
        name: String::from("Sale"),
        start_at: at("2026-03-01T08:00:00.417Z"),
        end_at: at("2026-03-01T16:00:00.033Z"),
    }
}

fn kinds(answer: serde_json::Value) -> Vec<(Field, DifferenceKind)> {
    let found = differences(&sent(), &Run::read_body(&answer.to_string()).unwrap());
    found.into_iter().map(|difference| (difference.field, difference.kind)).collect()
}

#[test]
fn identical_answer_has_no_differences() {
    let answer = json!({"id": "a", "job_id": 12, "name": "Sale", "start_at": "2026-03-01T09:00:00.417+01:00", "end_at": "2026-03-01T16:00:00.033Z"});
    assert_eq!(kinds(answer), []);
}

#[test]
fn each_differing_field_is_listed_with_both_values() {
    let answer = json!({"id": "a", "job_id": "13", "name": "sale", "start_at": "2026-03-01T09:00:00.417Z", "end_at": "2026-03-02T16:00:00Z"});
    let found = differences(&sent(), &Run::read_body(&answer.to_string()).unwrap());
    let expected = [
        (Field::JobId, "12", "13"),
        (Field::Name, "Sale", "sale"),
        (Field::Start, "2026-03-01T08:00:00.417Z", "2026-03-01T09:00:00.417Z"),
        (Field::End, "2026-03-01T16:00:00.033Z", "2026-03-02T16:00:00.000Z"),
    ];
    let expected = expected.map(|(field, sent, got)| Difference {
        field,
        sent: String::from(sent),
        got: Some(String::from(got)),
        kind: DifferenceKind::Changed,
    });
    assert_eq!(found, expected);
}

#[test]
fn dropped_milliseconds_and_missing_fields_are_told_apart_from_changes() {
    for (start, end) in [
        ("2026-03-01T08:00:00Z", "2026-03-01T16:00:00Z"),
        ("2026-03-01T08:00:00.410Z", "2026-03-01T16:00:00.030Z"),
        ("2026-03-01T08:00:01Z", "2026-03-01T16:00:00Z"),
    ] {
        let answer = json!({"id": "a", "job_id": "12", "name": "Sale", "start_at": start, "end_at": end});
        let mild = DifferenceKind::Milliseconds;
        assert_eq!(kinds(answer), [(Field::Start, mild), (Field::End, mild)], "{start}");
    }
    let missing = DifferenceKind::Missing;
    let all = [Field::JobId, Field::Name, Field::Start, Field::End].map(|field| (field, missing));
    assert_eq!(kinds(json!({"id": "a"})), all);
    assert_eq!(
        kinds(json!({"id": "a", "job_id": "12", "name": "Sale", "start_at": "2026-03-01T08:00:00.418Z"})),
        [(Field::Start, DifferenceKind::Changed), (Field::End, missing)]
    );
}
