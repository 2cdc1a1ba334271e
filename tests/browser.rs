//! The component tests: parts of the console, mounted by themselves in a real browser.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "clippy knows a test by `#[test]`, and these carry another mark")]

use gloo_timers::future::TimeoutFuture;
use runboard::app::Console;
use runboard::browser::zones::Zone;
use runboard::components::{ListState, Listing, NewRunForm, Prefill, RunList, SummaryCard, TimeText};
use runboard::config::Config;
use runboard::dom::{Mounted, Node, each, mount, tracked, view};
use runboard::reactive::{RwSignal, Signal, memo};
use runboard_core::draft::Draft;
use runboard_core::policy::create::Create;
use runboard_core::query::Sort;
use runboard_core::run::{Run, RunId};
use runboard_core::summary::Summary;
use runboard_core::time::Timestamp;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::Element;

wasm_bindgen_test_configure!(run_in_browser);

/// A component in an element of its own.
fn stage(draw: impl FnOnce(Console) -> Node) -> (Element, Mounted) {
    let document = web_sys::window().unwrap().document().unwrap();
    let host = document.create_element("div").unwrap();
    document.body().unwrap().append_child(&host).unwrap();
    let mounted = mount(host.clone(), || {
        let console = Console::new(Config::default(), Vec::new());
        console.provide();
        draw(console)
    });
    (host, mounted)
}

fn text(host: &Element) -> String {
    host.text_content().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Until all that was set has been drawn: a task comes only after all microtasks.
async fn settle() {
    TimeoutFuture::new(0).await;
    TimeoutFuture::new(0).await;
}

const SAMPLE: &str = include_str!("../core/tests/fixtures/summary.json");

fn card(body: &str) -> (Element, Mounted, RwSignal<Option<Summary>>) {
    let asked = RunId::new("0e54831a-5187-4701-afa4-aae01a2bdff6");
    let summary = RwSignal::new(Summary::read(body, &asked));
    let (host, mounted) = stage(|_| {
        view! { <SummaryCard summary=summary failed=false live=false stale=false /> }
    });
    (host, mounted, summary)
}

#[wasm_bindgen_test]
async fn the_printed_summary_shows_its_five_counts_and_the_rate() {
    let (host, _mounted, _) = card(SAMPLE);
    settle().await;
    let shown = text(&host);
    assert!(shown.contains("Recipients11") && shown.contains("Recipients16Succeeded9Failed2Info18"), "{shown}");
    assert!(text(&host).contains("9 of 11 (81.8 %)"), "{}", text(&host));
}

#[wasm_bindgen_test]
async fn a_missing_block_is_no_data_yet_and_not_zero() {
    let (host, _mounted, summary) = card(r#"{"_embedded":{"recipient_response":{"recipients_count":3}}}"#);
    settle().await;
    assert!(text(&host).contains("No data yet"), "{}", text(&host));
    summary.set(Summary::read(SAMPLE, &RunId::new("x")));
    settle().await;
    assert!(!text(&host).contains("No data yet"), "{}", text(&host));
    assert!(text(&host).contains("may not belong to this run"), "{}", text(&host));
}

fn list(console: Console, state: ListState, q: &'static str) -> Node {
    let Console { ui, store, .. } = console;
    let listing = memo(move || Listing::of(store, ui.config, q, Sort::default(), Timestamp::from_millis(0)));
    view! {
        <RunList
            store=store
            listing=listing
            state=state
            q=q.to_owned()
            sort=Sort::default()
            on_query=|_| ()
            on_sort=|_| ()
            on_refresh=|()| ()
            next_in=Signal::derive(|| None)
        />
    }
}

fn read() -> ListState {
    ListState { as_of: Some(Timestamp::from_millis(0)), ..ListState::default() }
}

fn run(body: &str) -> Run {
    Run::read_body(body).unwrap()
}

#[wasm_bindgen_test]
async fn an_empty_list_says_so_and_has_no_table() {
    let (host, _mounted) = stage(|console| list(console, read(), ""));
    settle().await;
    assert!(text(&host).contains("No runs yet"), "{}", text(&host));
    assert!(host.query_selector("table").unwrap().is_none());
}

#[wasm_bindgen_test]
async fn a_row_shows_the_phase_and_the_raw_word_and_follows_a_change() {
    let mut kept = None;
    let (host, _mounted) = stage(|console| {
        console.store.put(run(r#"{"id":"a","name":"<b>Sale</b>","status":"brewing","end_at":"2022-01-01T00:00:00Z"}"#));
        kept = Some(console);
        list(console, read(), "")
    });
    settle().await;
    let row = host.query_selector("tbody tr").unwrap().unwrap();
    assert!(text(&row).contains("<b>Sale</b>") && text(&row).contains("Overbrewing"), "{}", text(&row));
    kept.unwrap().store.put(run(r#"{"id":"a","name":"<b>Sale</b>","status":"done","end_at":"2022-01-01T00:00:00Z"}"#));
    settle().await;
    assert!(text(&row).contains("Overdone"), "the row that was drawn is the one that changed: {}", text(&row));
}

#[wasm_bindgen_test]
async fn what_is_filtered_away_is_said_with_the_way_out() {
    let (host, _mounted) = stage(|console| {
        console.store.put(run(r#"{"id":"a","name":"Sale"}"#));
        list(console, read(), "zzz")
    });
    settle().await;
    assert!(
        text(&host).contains("No runs match") && text(&host).contains("Clear search and filters"),
        "{}",
        text(&host)
    );
}

#[wasm_bindgen_test]
async fn typing_keeps_the_field_and_says_what_was_understood() {
    let draft = RwSignal::new(Draft::default());
    let (jobs, creating): (Vec<String>, _) = (Vec::new(), Create::Idle);
    let (host, _mounted) = stage(|_| {
        view! {
            <NewRunForm
                draft=draft
                prefill=Prefill::None
                jobs=jobs
                creating=creating
                on_submit=|_| ()
                on_look=|()| ()
            />
        }
    });
    settle().await;
    let before = host.query_selector("#start").unwrap().unwrap();
    draft.update(|draft| draft.start_text = "2030-05-01 09:00".to_owned());
    settle().await;
    let after = host.query_selector("#start").unwrap().unwrap();
    assert!(before == after, "the field is the same element");
    assert!(text(&host).contains("= 2030-05-01 09:00:00 UTC"), "{}", text(&host));
}

#[wasm_bindgen_test]
async fn a_time_prints_its_zone_and_carries_iso_utc() {
    let at = Timestamp::parse("2026-07-01T12:00:00Z").unwrap();
    let mut kept = None;
    let (host, _mounted) = stage(|console| {
        kept = Some(console);
        view! { <TimeText at=at /> }
    });
    kept.unwrap().ui.settings.set_zone(Zone::named("Europe/Berlin").unwrap());
    settle().await;
    assert_eq!(text(&host), "2026-07-01 14:00:00 UTC+02:00");
    let time = host.query_selector("time").unwrap().unwrap();
    assert_eq!(time.get_attribute("datetime").unwrap(), "2026-07-01T12:00:00.000Z");
    kept.unwrap().ui.settings.set_zone(Zone::utc());
}

#[wasm_bindgen_test]
fn a_zone_knows_its_offsets_under_both_of_its_names_and_no_other_name_is_one() {
    let at = |text| Timestamp::parse(text).unwrap();
    let berlin = Zone::named("Europe/Berlin").unwrap();
    assert_eq!(berlin.offset(at("2026-03-29T00:59:59Z")), 3600);
    assert_eq!(berlin.offset(at("2026-03-29T01:00:00Z")), 7200);
    assert_eq!(berlin.offset(at("2026-10-25T01:00:00Z")), 3600);
    for name in ["Asia/Kolkata", "Asia/Calcutta"] {
        assert_eq!(Zone::named(name).unwrap().offset(at("2026-01-01T00:00:00Z")), 19_800);
    }
    assert!(Zone::named("Europe/Atlantis").is_none());
}

#[wasm_bindgen_test]
async fn an_entry_whose_key_stays_is_moved_and_not_drawn_again() {
    let keys = RwSignal::new(vec!["a", "b", "c"]);
    let (host, _mounted) = stage(|_| {
        each(
            move || keys.get().into_iter().map(Into::into).collect(),
            |key| {
                let key = key.to_owned();
                view! { <i>{tracked(move || key.clone())}</i> }
            },
        )
    });
    let first = host.query_selector("i").unwrap().unwrap();
    keys.set(vec!["c", "a", "d"]);
    settle().await;
    assert_eq!(text(&host), "cad");
    let second = host.query_selector("i:nth-of-type(2)").unwrap().unwrap();
    assert!(first == second, "the entry is the same element");
}

#[wasm_bindgen_test]
fn a_token_is_never_shown_by_debug() {
    let claims = "eyJhbGciOiJSUzI1NiJ9.eyJhcHBsaWNhdGlvbl9pZCI6ImEifQ.c2ln";
    let (_host, _mounted) = stage(|console| {
        console.session.sign_in(&format!("Bearer {claims}")).unwrap();
        let shown = format!("{:?}", console.session.pass().unwrap());
        assert!(!shown.contains("c2ln") && shown.contains("redacted"), "{shown}");
        console.session.sign_out();
        assert!(console.session.pass().is_none());
        view! { <i></i> }
    });
}
