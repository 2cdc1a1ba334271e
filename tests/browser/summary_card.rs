//! The summary card: five counts in two groups, and what may be missing from them.

use super::support::{MutationLog, Screen, all_in, attribute, in_minutes, render, settle, text_of};
use leptos::prelude::*;
use runboard::components::SummaryCard;
use runboard_core::run::RunId;
use runboard_core::summary::Summary;
use runboard_core::summary_history::SummaryHistory;
use runboard_core::time::Timestamp;
use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

/// The card's props.
#[derive(Clone, Copy)]
struct Fixture {
    summary: RwSignal<Option<Summary>>,
    history: RwSignal<SummaryHistory>,
    failed: RwSignal<bool>,
    as_of: RwSignal<Option<Timestamp>>,
    live: RwSignal<bool>,
    stale: RwSignal<bool>,
}

const RUN: &str = "b2c1";

fn card(summary: Option<Summary>) -> (Screen, Fixture) {
    render(move |_| {
        let fixture = Fixture {
            summary: RwSignal::new(summary),
            history: RwSignal::new(SummaryHistory::default()),
            failed: RwSignal::new(false),
            as_of: RwSignal::new(None),
            live: RwSignal::new(false),
            stale: RwSignal::new(false),
        };
        let node = view! {
            <SummaryCard
                summary=fixture.summary
                history=fixture.history
                failed=fixture.failed
                as_of=fixture.as_of
                live=fixture.live
                stale=fixture.stale
            >
                <p class="why">"why not"</p>
            </SummaryCard>
        };
        (fixture, node.into_any())
    })
}

fn read(embedded: &Value) -> Option<Summary> {
    Some(Summary::read(&json!({ "total_items": 2, "_embedded": embedded }).to_string(), &RunId::new(RUN)).unwrap())
}

/// The example in the API's public documentation.
fn documented_example() -> Value {
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

/// The group with this name.
fn group(screen: &Screen, name: &str) -> Element {
    screen.find("group", name).into()
}

/// The terms of a group with their values.
fn counts(screen: &Screen, name: &str) -> Vec<(String, String)> {
    let group = group(screen, name);
    let texts = |selector| all_in(&group, selector).iter().map(text_of).collect::<Vec<_>>();
    texts(".counts dt").into_iter().zip(texts(".counts dd")).collect()
}

fn pairs<const N: usize>(expected: [(&str, &str); N]) -> Vec<(String, String)> {
    expected.map(|(term, count)| (term.to_owned(), count.to_owned())).to_vec()
}

#[wasm_bindgen_test]
fn first_load_shows_a_status_and_no_counts() {
    let (screen, _) = card(None);
    assert_eq!(screen.texts("status"), ["Loading summary"]);
    assert!(screen.texts("group").is_empty());
}

#[wasm_bindgen_test]
async fn failed_first_load_shows_only_the_reason() {
    let (screen, fixture) = card(None);
    fixture.failed.set(true);
    settle().await;
    assert_eq!(screen.text("section .why"), "why not");
    assert!(screen.texts("status").is_empty());
    assert!(screen.texts("group").is_empty());
}

#[wasm_bindgen_test]
fn documented_example_shows_both_groups_and_the_rate() {
    let (screen, _) = card(read(&documented_example()));
    assert!(screen.has_role("region", "Summary"));
    assert_eq!(counts(&screen, "Responses"), pairs([("Recipients", "11")]));
    let deliveries = [("Recipients", "16"), ("Succeeded", "9"), ("Failed", "2"), ("Info", "18")];
    assert_eq!(counts(&screen, "Deliveries"), pairs(deliveries));
    assert_eq!(screen.text(".rate dt"), "Success rate");
    assert_eq!(screen.text(".rate dd"), "81.8 % 9 of 11 final reports");
    assert!(screen.has_role("img", "9 succeeded, 2 failed"));
    assert!(!screen.has(".caution"));
}

#[wasm_bindgen_test]
fn missing_responses_show_no_data_yet() {
    let mut embedded = documented_example();
    embedded.as_object_mut().unwrap().remove("recipient_response");
    let (screen, _) = card(read(&embedded));
    assert!(text_of(&group(&screen, "Responses")).ends_with("No data yet"));
    assert_eq!(counts(&screen, "Responses"), pairs([]));
    assert_eq!(counts(&screen, "Deliveries").len(), 4);
}

#[wasm_bindgen_test]
fn missing_deliveries_show_no_data_yet() {
    let mut embedded = documented_example();
    embedded.as_object_mut().unwrap().remove("action_delivery_status");
    let (screen, _) = card(read(&embedded));
    assert!(text_of(&group(&screen, "Deliveries")).ends_with("No data yet"));
    assert_eq!(counts(&screen, "Deliveries"), pairs([]));
    assert_eq!(counts(&screen, "Responses"), pairs([("Recipients", "11")]));
}

#[wasm_bindgen_test]
fn empty_summary_is_not_an_error() {
    let (screen, _) = card(read(&json!({})));
    assert_eq!(screen.all(".no-data").len(), 2);
}

#[wasm_bindgen_test]
fn missing_count_is_not_shown_as_zero() {
    let mut embedded = documented_example();
    embedded["action_delivery_status"].as_object_mut().unwrap().remove("status_info_count");
    embedded["recipient_response"]["recipients_count"] = json!(-1);
    let (screen, _) = card(read(&embedded));
    assert_eq!(counts(&screen, "Responses"), pairs([("Recipients", "can’t be read")]));
    assert_eq!(screen.one(".number.missing[title]").get_attribute("title").as_deref(), Some("-1"));
    assert_eq!(counts(&screen, "Deliveries").pop().unwrap(), ("Info".to_owned(), "not given".to_owned()));
    assert_eq!(screen.text(".rate dd"), "81.8 % 9 of 11 final reports");
    assert!(screen.has_role("img", "9 succeeded, 2 failed"));
}

#[wasm_bindgen_test]
fn huge_counts_are_shown_to_the_last_digit() {
    let mut embedded = documented_example();
    embedded["recipient_response"]["recipients_count"] = json!(9_007_199_254_740_993_u64);
    embedded["action_delivery_status"]["recipients_count"] = json!(u64::MAX);
    let (screen, _) = card(read(&embedded));
    assert_eq!(counts(&screen, "Responses"), pairs([("Recipients", "9,007,199,254,740,993")]));
    let recipients = ("Recipients".to_owned(), "18,446,744,073,709,551,615".to_owned());
    assert_eq!(counts(&screen, "Deliveries").first(), Some(&recipients));
}

#[wasm_bindgen_test]
fn no_rate_without_succeeded_and_failed_counts() {
    for (succeeded, failed) in [(json!(0), json!(0)), (json!(9), Value::Null), (Value::Null, json!(2))] {
        let mut embedded = documented_example();
        embedded["action_delivery_status"]["status_succeeded_count"] = succeeded;
        embedded["action_delivery_status"]["status_failed_count"] = failed;
        let (screen, _) = card(read(&embedded));
        assert_eq!(counts(&screen, "Deliveries").len(), 4);
        assert!(!screen.has(".rate"), "{embedded}");
    }
}

#[wasm_bindgen_test]
fn large_counts_have_thousands_separators() {
    let mut embedded = documented_example();
    embedded["recipient_response"]["recipients_count"] = json!(1_234_567);
    let (screen, _) = card(read(&embedded));
    assert_eq!(counts(&screen, "Responses"), pairs([("Recipients", "1,234,567")]));
}

#[wasm_bindgen_test]
fn counts_of_another_run_are_shown_with_a_warning() {
    let mut embedded = documented_example();
    embedded["action_delivery_status"]["job_run_id"] = json!("<b>other</b>");
    let (screen, _) = card(read(&embedded));
    assert!(screen.text(".caution").contains("names another run (<b>other</b>)"));
    assert_eq!(counts(&screen, "Deliveries").len(), 4);
}

#[wasm_bindgen_test]
async fn stale_counts_are_marked() {
    let (screen, fixture) = card(read(&documented_example()));
    assert!(!screen.has(".groups.stale"));
    fixture.stale.set(true);
    fixture.failed.set(true);
    settle().await;
    assert!(screen.has(".groups.stale"));
    assert_eq!(counts(&screen, "Responses"), pairs([("Recipients", "11")]), "they stay");
    fixture.stale.set(false);
    settle().await;
    assert!(!screen.has(".groups.stale"));
}

#[wasm_bindgen_test]
async fn unchanged_summary_makes_no_mutations() {
    let (screen, fixture) = card(read(&documented_example()));
    settle().await;
    let mutations = MutationLog::of(&screen.host);
    fixture.summary.set(read(&documented_example()));
    settle().await;
    mutations.assert_none();
}

#[wasm_bindgen_test]
async fn changed_responses_leave_deliveries_untouched() {
    let (screen, fixture) = card(read(&documented_example()));
    settle().await;
    let (responses, mutations) = (group(&screen, "Responses"), MutationLog::of(&screen.host));
    let mut embedded = documented_example();
    embedded["recipient_response"]["recipients_count"] = json!(12);
    fixture.summary.set(read(&embedded));
    settle().await;
    assert_eq!(counts(&screen, "Responses"), pairs([("Recipients", "12")]));
    mutations.assert_only_in(&responses);
}

#[wasm_bindgen_test]
async fn card_says_when_it_was_read_and_whether_it_updates() {
    let (screen, fixture) = card(read(&documented_example()));
    fixture.as_of.set(Some(in_minutes(0)));
    settle().await;
    assert_eq!(screen.text(".as-of"), "as of 14:05:10 UTC");
    for live in [true, false] {
        fixture.live.set(live);
        settle().await;
        let title = attribute(&screen.one(".as-of"), "title");
        assert_eq!(title.as_deref(), live.then_some("Updates while the window is open"));
    }
}

/// Records summaries: at each minute, so many recipients.
async fn record_history(screen: &Screen, fixture: Fixture, readings: &[(i64, u64)]) {
    let mut history = SummaryHistory::default();
    for (minute, recipients) in readings {
        let summary = read(&json!({ "action_delivery_status": { "recipients_count": recipients } })).unwrap();
        history.record(in_minutes(*minute), &summary);
        fixture.summary.set(Some(summary));
    }
    fixture.history.set(history);
    settle().await;
    assert!(screen.has_role("region", "Summary"));
}

#[wasm_bindgen_test]
async fn changes_rate_and_chart_come_from_own_readings() {
    let (screen, fixture) = card(read(&documented_example()));
    assert!(!screen.shows("since you opened this page") && !screen.has("polyline"));
    record_history(&screen, fixture, &[(0, 1000), (2, 1500), (5, 2750)]).await;
    let deliveries = text_of(&group(&screen, "Deliveries"));
    assert!(deliveries.contains("2,750 +1,750 since you opened this page, +1,250 since last update"), "{deliveries}");
    assert!(screen.shows("350.0 recipients per minute, measured here from 3 updates over 5 min."));
    assert_eq!(screen.one("polyline").get_attribute("points").unwrap().trim(), "0,60 120,42 300,0");
    let rows = screen.all(".trend-table tbody tr");
    assert_eq!(rows.len(), 3);
    assert!(text_of(&rows[0]).starts_with("Sat 2 May 2026 14:10:10 UTC not given 2,750"), "{}", text_of(&rows[0]));
}

#[wasm_bindgen_test]
async fn unchanged_and_falling_counts_are_reported() {
    let (screen, fixture) = card(read(&documented_example()));
    record_history(&screen, fixture, &[(0, 1000), (1, 1000), (7, 1000)]).await;
    assert!(screen.shows("No change for 7 min, as seen in this browser."));
    assert!(!screen.shows("since you opened this page"));
    record_history(&screen, fixture, &[(0, 1000), (1, 997)]).await;
    assert!(screen.shows("−3 since you opened this page, −3 since last update"));
}
