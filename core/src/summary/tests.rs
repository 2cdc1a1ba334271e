use super::*;
use crate::summary_history::Metric;
use proptest::prelude::*;
use serde_json::json;

const PRINTED: &str = include_str!("../../tests/fixtures/summary.json");
const RUN: &str = "0e54831a-5187-4701-afa4-aae01a2bdff6";

fn read(body: &str) -> Option<Summary> {
    Summary::read(body, &RunId::new(RUN))
}

fn plain(number: u64) -> String {
    number.to_string()
}

#[test]
fn documented_summary_is_read_without_adding_anything_up() {
    let summary = read(PRINTED).unwrap();
    assert_eq!(summary.responses, Some(Responses { recipients: Some(11) }));
    let deliveries = Deliveries { recipients: Some(16), succeeded: Some(9), failed: Some(2), info: Some(18) };
    assert_eq!(summary.deliveries, Some(deliveries));
    assert_eq!(summary.other_run, None);
    assert_eq!(deliveries.success_rate().unwrap().words(&plain), "9 of 11 (81.8 %)");
}

#[test]
fn missing_block_is_neither_an_error_nor_zero() {
    for body in [
        "{}",
        r#"{"_embedded": {}}"#,
        r#"{"_embedded": null, "total_items": 0}"#,
        r#"{"_embedded": {"recipient_response": null, "action_delivery_status": []}}"#,
        r#"{"_embedded": {"recipient_response": 11}}"#,
    ] {
        assert_eq!(read(body), Some(Summary::default()), "{body}");
    }
    let half = read(r#"{"_embedded": {"recipient_response": {}}}"#).unwrap();
    assert_eq!((half.responses, half.deliveries), (Some(Responses { recipients: None }), None));
    for body in ["", "[]", "null", "7", "{", "<html>"] {
        assert_eq!(read(body), None, "{body}");
    }
}

#[test]
fn blocks_are_read_from_the_envelope_before_the_top() {
    let top = json!({"recipient_response": {"recipients_count": 1}, "action_delivery_status": {"recipients_count": 2}});
    let both = json!({"_embedded": {"recipient_response": {"recipients_count": 3}, "action_delivery_status": null},
        "recipient_response": {"recipients_count": 1}, "action_delivery_status": {"recipients_count": 2}});
    for (body, responses) in [(top, 1), (both, 3)] {
        let summary = read(&body.to_string()).unwrap();
        assert_eq!(summary.responses.unwrap().recipients, Some(responses));
        assert_eq!(summary.deliveries.unwrap().recipients, Some(2));
    }
}

#[test]
fn invalid_count_is_missing_and_what_was_given_is_kept() {
    let body = r#"{"action_delivery_status": {"recipients_count": "16", "status_succeeded_count": -1,
        "status_failed_count": 1.5, "status_info_count": null}}"#;
    let deliveries = Deliveries { recipients: Some(16), ..Deliveries::default() };
    let summary = read(body).unwrap();
    assert_eq!(summary.deliveries, Some(deliveries));
    assert_eq!(Metric::ALL.map(|metric| metric.unreadable(&summary)), [None, None, Some("-1"), Some("1.5"), None]);
    let long = json!({"recipient_response": {"recipients_count": "x".repeat(1000)}}).to_string();
    let long = read(&long).unwrap();
    assert_eq!(Metric::Responders.unreadable(&long).unwrap().len(), 100);
    for (given, shown) in
        [(json!("many"), Some("many")), (json!({"n": 1}), Some(r#"{"n":1}"#)), (json!(" "), None), (json!(7), None)]
    {
        let summary = read(&json!({"recipient_response": {"recipients_count": given}}).to_string()).unwrap();
        assert_eq!(Metric::Responders.unreadable(&summary), shown);
    }
}

#[test]
fn block_of_another_run_is_reported() {
    for (id, other) in
        [(json!(RUN), None), (json!("b"), Some("b")), (json!(7), Some("7")), (json!(null), None), (json!(""), None)]
    {
        let body = json!({"_embedded": {"action_delivery_status": {"job_run_id": id}}}).to_string();
        assert_eq!(read(&body).unwrap().other_run.as_ref().map(RunId::as_str), other);
    }
}

#[test]
fn there_is_no_success_rate_without_reports() {
    let rate = |succeeded, failed| Deliveries { succeeded, failed, ..Deliveries::default() }.success_rate();
    assert_eq!(rate(Some(0), Some(0)), None);
    assert_eq!(rate(None, Some(2)), None);
    assert_eq!(rate(Some(9), None), None);
    assert_eq!(rate(Some(9), Some(2)), Some(SuccessRate { succeeded: 9, of: 11 }));
    assert_eq!(rate(Some(0), Some(1)), Some(SuccessRate { succeeded: 0, of: 1 }));
    assert_eq!(rate(Some(u64::MAX), Some(1)), None, "the sum would not be exact");
}

#[test]
fn success_rate_never_rounds_a_failure_or_a_success_away() {
    for (succeeded, of, permille, words) in [
        (9, 11, 818, "9 of 11 (81.8 %)"),
        (1, 2, 500, "1 of 2 (50.0 %)"),
        (1, 16, 63, "1 of 16 (6.3 %)"),
        (5, 2000, 3, "5 of 2000 (0.3 %)"),
        (2499, 1_000_000, 2, "2499 of 1000000 (0.2 %)"),
        (999_499, 1_000_000, 999, "999499 of 1000000 (99.9 %)"),
        (999_500, 1_000_000, 999, "999500 of 1000000 (99.9 %)"),
        (999_999, 1_000_000, 999, "999999 of 1000000 (99.9 %)"),
        (1, 1_000_000, 1, "1 of 1000000 (0.1 %)"),
        (0, 5, 0, "0 of 5 (0 %)"),
        (5, 5, 1000, "5 of 5 (100 %)"),
    ] {
        let rate = SuccessRate { succeeded, of };
        assert_eq!((rate.permille(), rate.words(&plain).as_str()), (permille, words));
    }
    let grouped = SuccessRate { succeeded: 1, of: 2 }.words(&|number| format!("<{number}>"));
    assert_eq!(grouped, "<1> of <2> (50.0 %)");
}

proptest! {
    #[test]
    fn success_rate_is_100_or_0_percent_only_if_exact(succeeded in any::<u64>(), of in any::<u64>()) {
        let rate = SuccessRate { succeeded, of };
        prop_assert!(rate.permille() <= 1000);
        if succeeded < of {
            prop_assert!(rate.permille() < 1000);
            prop_assert_eq!(rate.permille() == 0, succeeded == 0);
        }
        let _ = rate.words(&plain);
    }

    #[test]
    fn any_body_is_read_without_panic(body in "\\PC{0,80}") {
        let _ = read(&body);
    }
}
