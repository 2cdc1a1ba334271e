//! The facts about a run, its raw JSON, and the curl command.

use super::run_detail::{detail, detail_with};
use super::support::{
    FakeServer, Screen, all_in, attribute, get, good_token, in_minutes, render, run, settle, text_of, wait_until,
};
use js_sys::Array;
use leptos::prelude::*;
use runboard::config::Config;
use runboard_core::run::RunId;
use serde_json::json;
use std::sync::Arc;
use wasm_bindgen_test::wasm_bindgen_test;

/// The value beside a term of the facts.
fn fact(screen: &Screen, term: &str) -> Option<String> {
    let facts = screen.one(".facts");
    let found = all_in(&facts, "dt").into_iter().find(|found| text_of(found) == term)?;
    Some(text_of(&found.next_element_sibling().unwrap()))
}

#[wasm_bindgen_test]
fn facts_show_window_ids_job_label_and_link() {
    let config = Config {
        jobs: [("j/1".to_owned(), "Weekly mailing".to_owned())].into_iter().collect(),
        job_link: Some("https://portal.example/jobs/{jobId}".to_owned()),
        ..Config::default()
    };
    let run = run(json!({
        "id": "r-1",
        "job_id": "j/1",
        "start_at": "2022-05-02T17:23:14.000Z",
        "end_at": "2022-05-04T18:24:15.000Z",
        "created_at": "2022-05-03T10:51:03.000Z",
    }));
    let (screen, _) = detail_with(config, run);
    assert_eq!(fact(&screen, "Start").as_deref(), Some("Mon 2 May 2022 17:23:14 UTC"));
    assert_eq!(fact(&screen, "End").as_deref(), Some("Wed 4 May 2022 18:24:15 UTC"));
    assert_eq!(fact(&screen, "Length").as_deref(), Some("2 d 1 h"));
    assert_eq!(fact(&screen, "Created").as_deref(), Some("Tue 3 May 2022 10:51:03 UTC"));
    assert_eq!(fact(&screen, "Last changed").as_deref(), Some("not given"));
    assert_eq!(fact(&screen, "Run ID").as_deref(), Some("r-1"));
    assert_eq!(fact(&screen, "Job ID").as_deref(), Some("j/1"));
    assert_eq!(screen.link("Weekly mailing"), "https://portal.example/jobs/j%2F1");
}

#[wasm_bindgen_test]
fn missing_facts_are_marked_and_nothing_is_invented() {
    let (screen, _) = detail(run(json!({ "job_id": null })));
    for term in ["Start", "End", "Created", "Last changed", "Job ID"] {
        assert_eq!(fact(&screen, term).as_deref(), Some("not given"), "{term}");
    }
    assert_eq!(fact(&screen, "Length"), None);
    assert!(!screen.shows("Job:"));
    assert!(!screen.has_role("button", "Copy job ID"), "there is nothing to copy");
}

#[wasm_bindgen_test]
fn times_that_are_none_are_told_apart_and_quoted() {
    let (screen, _) = detail(run(json!({
        "start_at": "0001-01-01T00:00:00Z",
        "end_at": "3.3.2026 11 Uhr",
        "created_at": 1772535600,
        "updated_at": "2026-03-03 11:00:00+00",
    })));
    for (term, shown, title) in [
        ("Start", "not set", "0001-01-01T00:00:00Z"),
        ("End", "can’t be read", "3.3.2026 11 Uhr"),
        ("Created", "can’t be read", "1772535600"),
        ("Last changed", "Tue 3 Mar 2026 11:00 UTC", "2026-03-03T11:00:00.000Z"),
    ] {
        assert_eq!(fact(&screen, term).as_deref(), Some(shown), "{term}");
        let titles: Vec<String> = screen.all("dd [title]").iter().filter_map(|node| attribute(node, "title")).collect();
        assert!(titles.iter().any(|found| found == title), "{term}: {titles:?}");
    }
}

#[wasm_bindgen_test]
fn window_that_ends_before_it_starts_has_no_length() {
    let (screen, _) = detail(run(json!({ "start_at": in_minutes(5).to_iso(), "end_at": in_minutes(5).to_iso() })));
    assert_eq!(fact(&screen, "Length"), None);
}

#[wasm_bindgen_test]
fn run_again_is_offered_unless_scheduling_is_off() {
    let (screen, _) = detail(run(json!({ "id": "a b" })));
    assert_eq!(screen.link("Run again"), "./?new&from=a%20b");
    drop(screen);
    let (screen, _) = detail_with(Config { may_create: false, ..Config::default() }, run(json!({})));
    assert!(!screen.has_role("link", "Run again"));
}

#[wasm_bindgen_test]
fn back_link_leads_to_the_list() {
    let (screen, _) = detail(run(json!({})));
    assert_eq!(screen.link("All runs"), "./");
}

#[wasm_bindgen_test]
async fn raw_view_keeps_unknown_fields_order_and_number_formats() {
    let (screen, fixture) = detail(run(json!({})));
    fixture.raw.set(r#"{"zeta":1.50,"id":"r-1","mystery":{"b":12345678901234567890}}"#.to_owned());
    settle().await;
    let shown = screen.all("pre code")[0].text_content().unwrap();
    let expected =
        "{\n  \"zeta\": 1.50,\n  \"id\": \"r-1\",\n  \"mystery\": {\n    \"b\": 12345678901234567890\n  }\n}";
    assert_eq!(shown, expected);
}

#[wasm_bindgen_test]
async fn each_copy_button_copies_its_exact_text() {
    let (screen, fixture) = detail(run(json!({ "id": "r-9", "job_id": " j\u{a0}9" })));
    let raw = "{\"id\":\"r-9\",  \"x\": 1.0}\n";
    fixture.raw.set(raw.to_owned());
    for folded in screen.all("details") {
        folded.set_attribute("open", "").unwrap();
    }
    settle().await;
    let curl = screen.context.api.curl(&RunId::new("r-9"));
    let copied = Array::new();
    let _clipboard = super::copy_button::clipboard(&copied, true);
    let cases = [("run ID", "r-9"), ("job ID", " j\u{a0}9"), ("raw JSON", raw), ("command line", &curl)];
    for (what, text) in cases {
        screen.click_button(&format!("Copy {what}"));
        wait_until("the copy", || copied.length() > 0).await;
        assert_eq!(copied.pop().as_string().as_deref(), Some(text), "{what}");
    }
}

#[wasm_bindgen_test]
fn curl_command_uses_a_variable_instead_of_the_token() {
    let token = good_token("app-1");
    let (screen, ()) = render(move |_| ((), ().into_any()));
    screen.context.session.sign_in(&token).unwrap();
    let curl = screen.context.api.curl(&RunId::new("it's/1"));
    assert!(curl.starts_with("curl -H \"Authorization: Bearer $RUNBOARD_TOKEN\" 'http"), "{curl}");
    assert!(curl.ends_with("/beta/runs/it%27s%2F1'"), "{curl}");
    assert!(!curl.contains(&token));
}

#[wasm_bindgen_test]
async fn token_appears_nowhere_on_the_run_page() {
    let (screen, fixture) = detail(run(json!({ "id": "r-9" })));
    let token = good_token("app-1");
    screen.context.session.sign_in(&token).unwrap();
    fixture.run.set(Arc::new(run(json!({ "id": "r-10" }))));
    settle().await;
    let html = get(&screen.host, "outerHTML").as_string().unwrap();
    assert!(html.contains("$RUNBOARD_TOKEN"));
    assert!(!token.split('.').any(|part| html.contains(part)), "a part of the token");
}

#[wasm_bindgen_test]
fn hostile_text_in_a_run_is_shown_as_text() {
    let hostile = "<img src=x onerror=alert(1)> & \u{202e}evil";
    let config = Config { job_link: Some("https://portal.example/{jobId}".to_owned()), ..Config::default() };
    let run =
        run(json!({ "id": hostile, "name": hostile, "status": hostile, "job_id": "javascript:alert(1)//\"><b>" }));
    let (screen, fixture) = detail_with(config, run);
    fixture.raw.set(format!("<script>{hostile}</script>"));
    assert_eq!(screen.one("h1").text_content().unwrap(), hostile);
    assert_eq!(screen.one(".state-note").text_content().unwrap(), format!("“\u{2068}{hostile}\u{2069}”"));
    assert_eq!(fact(&screen, "Run ID").as_deref(), Some(hostile));
    assert!(!screen.has("img, script, b"));
    let job = screen.one(".run-job a").get_attribute("href").unwrap();
    assert_eq!(job, "https://portal.example/javascript%3Aalert%281%29%2F%2F%22%3E%3Cb%3E");
    assert_eq!(screen.text("h1 bdi"), hostile, "the direction is isolated");
    for link in screen.all("a[href]") {
        let address = get(&link, "protocol").as_string().unwrap();
        assert!(address.starts_with("http"), "{address}");
    }
}

#[wasm_bindgen_test]
async fn very_long_raw_answer_is_shown_in_full() {
    let (screen, fixture) = detail(run(json!({})));
    let raw = "<b>not JSON</b> ".repeat(6_250);
    fixture.raw.set(raw.clone());
    settle().await;
    assert!(screen.all("pre code")[0].text_content().unwrap().trim() == raw.trim(), "the text was cut or changed");
    assert!(!screen.has("pre b"));
}

#[wasm_bindgen_test]
async fn rendering_a_run_sends_no_request() {
    let server = FakeServer::start();
    let (_stage, _) = detail(run(json!({})));
    settle().await;
    assert!(server.requests().is_empty());
}
