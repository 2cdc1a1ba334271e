//! What came of a run: five counts in two groups, and what is missing from them.

use super::support::{Stage, Witness, all_in, in_minutes, settle, stage, text_of};
use leptos::prelude::*;
use runboard::components::SummaryCard;
use runboard_core::run::RunId;
use runboard_core::summary::Summary;
use runboard_core::summary_history::SummaryHistory;
use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

/// What the card is given.
#[derive(Clone, Copy)]
struct Parts {
    summary: RwSignal<Option<Summary>>,
    samples: RwSignal<SummaryHistory>,
    failed: RwSignal<bool>,
    live: RwSignal<bool>,
    stale: RwSignal<bool>,
}

const RUN: &str = "b2c1";

fn card(summary: Option<Summary>) -> (Stage, Parts) {
    stage(move |_| {
        let parts = Parts {
            summary: RwSignal::new(summary),
            samples: RwSignal::new(SummaryHistory::default()),
            failed: RwSignal::new(false),
            live: RwSignal::new(false),
            stale: RwSignal::new(false),
        };
        let node = view! {
            <SummaryCard summary=parts.summary samples=parts.samples failed=parts.failed live=parts.live stale=parts.stale>
                <p class="why">"why not"</p>
            </SummaryCard>
        };
        (parts, node.into_any())
    })
}

fn read(embedded: &Value) -> Option<Summary> {
    Some(Summary::read(&json!({ "total_items": 2, "_embedded": embedded }).to_string(), &RunId::new(RUN)).unwrap())
}

/// The counts that the public page of the API prints.
fn printed() -> Value {
    json!({
        "recipient_response": { "recipients_count": 11, "job_run_id": RUN },
        "action_delivery_status": {
            "recipients_count": 16,
            "status_succeeded_count": 9,
            "status_failed_count": 2,
            "status_info_count": 18,
            "job_run_id": RUN,
        },
    })
}

/// The group of that name.
fn group(stage: &Stage, name: &str) -> Element {
    stage.find("group", name).into()
}

/// The terms of a group with what stands beside each.
fn counts(stage: &Stage, name: &str) -> Vec<(String, String)> {
    let group = group(stage, name);
    let texts = |selector| all_in(&group, selector).iter().map(text_of).collect::<Vec<_>>();
    texts(".counts dt").into_iter().zip(texts(".counts dd")).collect()
}

fn pairs<const N: usize>(expected: [(&str, &str); N]) -> Vec<(String, String)> {
    expected.map(|(term, count)| (term.to_owned(), count.to_owned())).to_vec()
}

#[wasm_bindgen_test]
fn while_it_is_read_for_the_first_time_the_card_says_so_and_shows_no_numbers() {
    let (stage, _) = card(None);
    assert_eq!(stage.texts("status"), ["Loading summary"]);
    assert!(stage.texts("group").is_empty());
}

#[wasm_bindgen_test]
async fn after_a_failed_first_reading_only_the_reason_is_shown() {
    let (stage, parts) = card(None);
    parts.failed.set(true);
    settle().await;
    assert_eq!(stage.text("section .why"), "why not");
    assert!(stage.texts("status").is_empty());
    assert!(stage.texts("group").is_empty());
}

#[wasm_bindgen_test]
fn the_printed_sample_is_shown_in_both_groups_with_its_rate() {
    let (stage, _) = card(read(&printed()));
    assert!(stage.offers("region", "Summary"));
    assert_eq!(counts(&stage, "Responses"), pairs([("Recipients", "11")]));
    let deliveries = [("Recipients", "16"), ("Succeeded", "9"), ("Failed", "2"), ("Info", "18")];
    assert_eq!(counts(&stage, "Deliveries"), pairs(deliveries));
    assert_eq!(stage.text(".rate dt"), "Success rate");
    assert_eq!(stage.text(".rate-value"), "9 of 11 (81.8 %)");
    assert!(!stage.has(".caution"));
}

#[wasm_bindgen_test]
fn without_responses_that_group_says_no_data_yet_and_the_other_its_numbers() {
    let mut embedded = printed();
    embedded.as_object_mut().unwrap().remove("recipient_response");
    let (stage, _) = card(read(&embedded));
    assert!(text_of(&group(&stage, "Responses")).ends_with("No data yet"));
    assert_eq!(counts(&stage, "Responses"), pairs([]));
    assert_eq!(counts(&stage, "Deliveries").len(), 4);
}

#[wasm_bindgen_test]
fn without_deliveries_that_group_says_no_data_yet_and_the_other_its_number() {
    let mut embedded = printed();
    embedded.as_object_mut().unwrap().remove("action_delivery_status");
    let (stage, _) = card(read(&embedded));
    assert!(text_of(&group(&stage, "Deliveries")).ends_with("No data yet"));
    assert_eq!(counts(&stage, "Deliveries"), pairs([]));
    assert_eq!(counts(&stage, "Responses"), pairs([("Recipients", "11")]));
}

#[wasm_bindgen_test]
fn an_answer_without_any_block_is_no_failure() {
    let (stage, _) = card(read(&json!({})));
    assert_eq!(stage.all(".no-data").len(), 2);
}

#[wasm_bindgen_test]
fn a_missing_count_is_not_given_rather_than_zero() {
    let mut embedded = printed();
    embedded["action_delivery_status"].as_object_mut().unwrap().remove("status_info_count");
    embedded["recipient_response"]["recipients_count"] = json!(-1);
    let (stage, _) = card(read(&embedded));
    assert_eq!(counts(&stage, "Responses"), pairs([("Recipients", "not given")]));
    assert_eq!(counts(&stage, "Deliveries").pop().unwrap(), ("Info".to_owned(), "not given".to_owned()));
    assert_eq!(stage.text(".rate-value"), "9 of 11 (81.8 %)");
}

#[wasm_bindgen_test]
fn no_rate_is_shown_where_no_report_says_success_or_failure() {
    for (succeeded, failed) in [(json!(0), json!(0)), (json!(9), Value::Null), (Value::Null, json!(2))] {
        let mut embedded = printed();
        embedded["action_delivery_status"]["status_succeeded_count"] = succeeded;
        embedded["action_delivery_status"]["status_failed_count"] = failed;
        let (stage, _) = card(read(&embedded));
        assert_eq!(counts(&stage, "Deliveries").len(), 4);
        assert!(!stage.has(".rate"), "{embedded}");
    }
}

#[wasm_bindgen_test]
fn large_counts_are_grouped() {
    let mut embedded = printed();
    embedded["recipient_response"]["recipients_count"] = json!(1_234_567);
    let (stage, _) = card(read(&embedded));
    assert_eq!(counts(&stage, "Responses"), pairs([("Recipients", "1,234,567")]));
}

#[wasm_bindgen_test]
fn numbers_of_another_run_are_shown_with_a_caution_that_names_it() {
    let mut embedded = printed();
    embedded["action_delivery_status"]["job_run_id"] = json!("<b>other</b>");
    let (stage, _) = card(read(&embedded));
    assert!(stage.text(".caution").contains("names another run (<b>other</b>)"));
    assert_eq!(counts(&stage, "Deliveries").len(), 4);
}

#[wasm_bindgen_test]
async fn old_numbers_are_marked_as_long_as_they_are_old() {
    let (stage, parts) = card(read(&printed()));
    assert!(!stage.has(".groups.stale"));
    parts.stale.set(true);
    parts.failed.set(true);
    settle().await;
    assert!(stage.has(".groups.stale"));
    assert_eq!(counts(&stage, "Responses"), pairs([("Recipients", "11")]), "they stay");
    parts.stale.set(false);
    settle().await;
    assert!(!stage.has(".groups.stale"));
}

#[wasm_bindgen_test]
async fn the_same_numbers_again_change_nothing() {
    let (stage, parts) = card(read(&printed()));
    settle().await;
    let witness = Witness::of(&stage.host);
    parts.summary.set(read(&printed()));
    settle().await;
    witness.saw_nothing();
}

#[wasm_bindgen_test]
async fn another_count_of_responses_leaves_the_deliveries_untouched() {
    let (stage, parts) = card(read(&printed()));
    settle().await;
    let (responses, witness) = (group(&stage, "Responses"), Witness::of(&stage.host));
    let mut embedded = printed();
    embedded["recipient_response"]["recipients_count"] = json!(12);
    parts.summary.set(read(&embedded));
    settle().await;
    assert_eq!(counts(&stage, "Responses"), pairs([("Recipients", "12")]));
    witness.saw_changes_only_in(&responses);
}

#[wasm_bindgen_test]
async fn the_card_says_that_it_updates_while_it_does() {
    let (stage, parts) = card(read(&printed()));
    assert!(!stage.has(".live"));
    parts.live.set(true);
    settle().await;
    assert_eq!(stage.text(".live"), "Updates while the window is open");
    parts.live.set(false);
    settle().await;
    assert!(!stage.has(".live"));
}

/// What this browser has seen: so many recipients at each of these minutes.
async fn seen(stage: &Stage, parts: Parts, readings: &[(i64, u64)]) {
    let mut samples = SummaryHistory::default();
    for (minute, recipients) in readings {
        let summary = read(&json!({ "action_delivery_status": { "recipients_count": recipients } })).unwrap();
        samples.record(in_minutes(*minute), &summary);
        parts.summary.set(Some(summary));
    }
    parts.samples.set(samples);
    settle().await;
    assert!(stage.offers("region", "Summary"));
}

#[wasm_bindgen_test]
async fn changes_a_rate_and_a_chart_come_from_this_browser_s_own_readings_and_say_so() {
    let (stage, parts) = card(read(&printed()));
    assert!(!stage.says("since you opened this page") && !stage.has("polyline"));
    seen(&stage, parts, &[(0, 1000), (2, 1500), (5, 2750)]).await;
    let deliveries = text_of(&group(&stage, "Deliveries"));
    assert!(deliveries.contains("2,750 +1,750 since you opened this page, +1,250 at the last reading"), "{deliveries}");
    assert!(stage.says("350.0 recipients per minute, from 3 readings by this browser over 5 min."));
    assert_eq!(stage.one("polyline").get_attribute("points").unwrap().trim(), "0,60 120,42 300,0");
    let rows = stage.all(".trend-table tbody tr");
    assert_eq!(rows.len(), 3);
    assert!(text_of(&rows[0]).starts_with("2026-05-02 14:10:10 UTC not given 2,750"), "{}", text_of(&rows[0]));
}

#[wasm_bindgen_test]
async fn a_standstill_is_named_and_a_count_that_falls_is_not_hidden() {
    let (stage, parts) = card(read(&printed()));
    seen(&stage, parts, &[(0, 1000), (1, 1000), (7, 1000)]).await;
    assert!(stage.says("No change for 7 min, as far as this browser has seen."));
    assert!(!stage.says("since you opened this page"));
    seen(&stage, parts, &[(0, 1000), (1, 997)]).await;
    assert!(stage.says("−3 since you opened this page, −3 at the last reading"));
}
