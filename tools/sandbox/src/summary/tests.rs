use proptest::prelude::*;

use super::*;
use crate::run::tests::{at, printed_run};

const DAY_MS: i64 = 86_400_000;

#[test]
fn serializes_as_printed_in_the_documentation() {
    let counts = Counts { recipients: 16, succeeded: 9, failed: 2, info: 18, responders: 11 };
    let origin = "https://api-eu.dev.v1.vonagenetworks.net";
    let json = serde_json::to_string_pretty(&response_with(&printed_run().id, Some(counts), origin)).unwrap();
    let link = format!("{origin}/runs/0e54831a-5187-4701-afa4-aae01a2bdff6/summary?page_size=100&page=1");
    let expected = format!(
        r#"{{
  "total_items": 2,
  "page": 1,
  "page_size": 100,
  "_embedded": {{
    "recipient_response": {{
      "recipients_count": 11,
      "job_run_id": "0e54831a-5187-4701-afa4-aae01a2bdff6"
    }},
    "action_delivery_status": {{
      "recipients_count": 16,
      "status_succeeded_count": 9,
      "status_failed_count": 2,
      "status_info_count": 18,
      "job_run_id": "0e54831a-5187-4701-afa4-aae01a2bdff6"
    }}
  }},
  "total_pages": 1,
  "_links": {{
    "self": {{
      "href": "{link}"
    }},
    "prev": {{
      "href": "{link}"
    }},
    "next": {{
      "href": "{link}"
    }},
    "first": {{
      "href": "{link}"
    }}
  }}
}}"#
    );
    assert_eq!(json, expected);
}

#[test]
fn has_no_blocks_before_the_run_starts() {
    let run = printed_run();
    let json = serde_json::to_value(response(&run, run.created_at, "http://x")).unwrap();
    assert_eq!(json["_embedded"], serde_json::json!({}));
    assert_eq!(json["total_items"], 0);
    assert_eq!(json["total_pages"], 1);
}

#[test]
fn has_no_response_block_before_the_first_response() {
    let run = printed_run();
    let json = serde_json::to_value(response(&run, run.opens_at(), "http://x")).unwrap();
    assert!(json["_embedded"].get("action_delivery_status").is_some());
    assert!(json["_embedded"].get("recipient_response").is_none());
    assert_eq!(json["total_items"], 1);
}

#[test]
fn responses_continue_after_the_end_of_the_list() {
    let run = printed_run();
    let window = run.end_at.millis_since(run.opens_at());
    let list_done = counts(&run, run.opens_at().plus_millis(window * 40 / 100)).unwrap();
    let end = counts(&run, run.end_at).unwrap();
    assert_eq!(list_done.recipients, end.recipients);
    assert!(list_done.responders < end.responders, "{list_done:?} {end:?}");
}

#[test]
fn one_recipient_can_cause_several_status_reports() {
    let several = (0..50).filter(|seed| {
        let counts = counts(&StoredRun { seed: *seed, ..printed_run() }, at("2022-05-04T00:00:00Z")).unwrap();
        counts.succeeded + counts.failed + counts.info > counts.recipients
    });
    assert!(several.count() > 40);
}

#[test]
fn a_run_stopped_before_its_start_never_has_blocks() {
    let run = StoredRun { stopped_at: Some(printed_run().created_at), ..printed_run() };
    assert_eq!(counts(&run, at("2022-06-01T00:00:00Z")), None);
}

#[test]
fn a_stored_run_keeps_its_counts_in_later_versions() {
    // A change here changes the answers of every stored run.
    let counts = counts(&printed_run(), at("2022-05-03T11:30:00Z")).unwrap();
    assert_eq!(counts, Counts { recipients: 79, succeeded: 47, failed: 11, info: 70, responders: 32 });
}

prop_compose! {
    fn any_run()(
        start in 0..100 * DAY_MS,
        length in 1..10 * DAY_MS,
        created in -2 * DAY_MS..105 * DAY_MS,
        stopped in proptest::option::weighted(0.3, 0..110 * DAY_MS),
        fails in proptest::option::weighted(0.2, 0..110 * DAY_MS),
        id in "[0-9a-f]{8}",
        seed in any::<u64>(),
    ) -> StoredRun {
        let epoch = at("2030-01-01T00:00:00Z");
        StoredRun {
            id,
            start_at: epoch.plus_millis(start),
            end_at: epoch.plus_millis(start + length),
            created_at: epoch.plus_millis(created.min(start + length - 1)),
            stopped_at: stopped.map(|ms| epoch.plus_millis(ms)),
            fails_at: fails.map(|ms| epoch.plus_millis(ms)),
            seed,
            ..printed_run()
        }
    }
}

fn as_list(counts: Option<Counts>) -> [u64; 5] {
    let counts = counts.unwrap_or_default();
    [counts.recipients, counts.succeeded, counts.failed, counts.info, counts.responders]
}

proptest! {
    #[test]
    fn no_count_ever_falls(run in any_run(), one in -DAY_MS..120 * DAY_MS, later in 0..120 * DAY_MS) {
        let one = at("2030-01-01T00:00:00Z").plus_millis(one);
        let before = as_list(counts(&run, one));
        let after = as_list(counts(&run, one.plus_millis(later)));
        for (before, after) in before.iter().zip(after) {
            prop_assert!(*before <= after, "{before} then {after}");
        }
    }

    #[test]
    fn counts_do_not_change_once_a_run_is_over(run in any_run(), later in 0..120 * DAY_MS) {
        let ends = [Some(run.end_at), run.fails_at, run.stopped_at].into_iter().flatten().min().unwrap_or(run.end_at);
        let over = counts(&run, ends);
        prop_assert!(run.status(ends).is_over());
        if run.stopped_at.is_none() || run.stopped_at == Some(ends) {
            prop_assert_eq!(over, counts(&run, ends.plus_millis(later)));
        }
    }

    #[test]
    fn a_stop_keeps_the_counts_of_that_moment(run in any_run(), into in 0.0..1.0f64, later in -10 * DAY_MS..120 * DAY_MS) {
        let run = StoredRun { stopped_at: None, fails_at: None, ..run };
        let moment = run.created_at.plus_millis((run.end_at.millis_since(run.created_at) as f64 * into) as i64);
        let stopped = StoredRun { stopped_at: Some(moment), ..run.clone() };
        prop_assert_eq!(counts(&stopped, moment.plus_millis(later)), counts(&run, moment));
    }

    #[test]
    fn only_reached_recipients_respond(run in any_run(), time in 0..120 * DAY_MS) {
        let [recipients, succeeded, failed, _, responders] = as_list(counts(&run, at("2030-01-01T00:00:00Z").plus_millis(time)));
        prop_assert!(responders <= recipients && succeeded <= recipients * 94 / 100 + 1 && failed <= recipients);
    }
}
