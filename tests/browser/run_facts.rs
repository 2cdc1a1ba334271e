//! What is known of a run: its facts, its raw form, and the command line that reads it.

use super::run_detail::{detail, detail_with};
use super::support::{Server, Stage, all_in, get, good_token, in_minutes, run, settle, stage, text_of, until};
use js_sys::Array;
use leptos::prelude::*;
use runboard::config::Config;
use runboard_core::run::RunId;
use serde_json::json;
use std::sync::Arc;
use wasm_bindgen_test::wasm_bindgen_test;

/// What stands beside a term of the facts.
fn fact(stage: &Stage, term: &str) -> Option<String> {
    let facts = stage.find("region", "Details");
    let found = all_in(&facts, "dt").into_iter().find(|found| text_of(found) == term)?;
    Some(text_of(&found.next_element_sibling().unwrap()))
}

#[wasm_bindgen_test]
fn facts_give_window_and_ids_and_the_job_by_its_label_and_link() {
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
    let (stage, _) = detail_with(config, run);
    assert_eq!(fact(&stage, "Start").as_deref(), Some("2022-05-02 17:23:14 UTC"));
    assert_eq!(fact(&stage, "End").as_deref(), Some("2022-05-04 18:24:15 UTC"));
    assert_eq!(fact(&stage, "Length").as_deref(), Some("2 d 1 h 1 min 1 s"));
    assert_eq!(fact(&stage, "Created").as_deref(), Some("2022-05-03 10:51:03 UTC"));
    assert_eq!(fact(&stage, "Last changed").as_deref(), Some("not given"));
    assert_eq!(fact(&stage, "Run ID").as_deref(), Some("r-1"));
    assert_eq!(fact(&stage, "Job ID").as_deref(), Some("j/1"));
    assert!(fact(&stage, "Job").unwrap().starts_with("Weekly mailing"));
    assert_eq!(stage.link("Open job"), "https://portal.example/jobs/j%2F1");
}

#[wasm_bindgen_test]
fn what_the_api_left_out_is_said_to_be_missing_and_nothing_is_made_up() {
    let (stage, _) = detail(run(json!({ "job_id": null })));
    for term in ["Start", "End", "Created", "Last changed", "Job ID"] {
        assert_eq!(fact(&stage, term).as_deref(), Some("not given"), "{term}");
    }
    assert_eq!(fact(&stage, "Length"), None);
    assert_eq!(fact(&stage, "Job"), None);
    assert!(!stage.offers("button", "Copy job ID"), "there is nothing to copy");
}

#[wasm_bindgen_test]
fn a_window_whose_end_is_not_after_its_start_has_no_length() {
    let (stage, _) = detail(run(json!({ "start_at": in_minutes(5).to_iso(), "end_at": in_minutes(5).to_iso() })));
    assert_eq!(fact(&stage, "Length"), None);
}

#[wasm_bindgen_test]
fn it_can_be_run_again_unless_scheduling_is_switched_off() {
    let (stage, _) = detail(run(json!({ "id": "a b" })));
    assert_eq!(stage.link("Run again"), "./?new&from=a%20b");
    drop(stage);
    let (stage, _) = detail_with(Config { may_create: false, ..Config::default() }, run(json!({})));
    assert!(!stage.offers("link", "Run again"));
}

#[wasm_bindgen_test]
fn the_way_back_leads_to_the_list() {
    let (stage, _) = detail(run(json!({})));
    assert_eq!(stage.link("Go to all runs"), "./");
}

#[wasm_bindgen_test]
async fn the_raw_view_keeps_unknown_fields_their_order_and_the_spelling_of_numbers() {
    let (stage, parts) = detail(run(json!({})));
    parts.raw.set(r#"{"zeta":1.50,"id":"r-1","mystery":{"b":12345678901234567890}}"#.to_owned());
    settle().await;
    let shown = stage.all("pre code")[0].text_content().unwrap();
    let expected =
        "{\n  \"zeta\": 1.50,\n  \"id\": \"r-1\",\n  \"mystery\": {\n    \"b\": 12345678901234567890\n  }\n}";
    assert_eq!(shown, expected);
}

#[wasm_bindgen_test]
async fn each_copy_button_copies_its_own_text_exactly() {
    let (stage, parts) = detail(run(json!({ "id": "r-9", "job_id": " j\u{a0}9" })));
    let raw = "{\"id\":\"r-9\",  \"x\": 1.0}\n";
    parts.raw.set(raw.to_owned());
    stage.one("details").set_attribute("open", "").unwrap();
    settle().await;
    let curl = stage.console.api.curl(&RunId::new("r-9"));
    let copied = Array::new();
    let _clipboard = super::copy_button::clipboard(&copied, true);
    let cases = [("run ID", "r-9"), ("job ID", " j\u{a0}9"), ("raw JSON", raw), ("command line", &curl)];
    for (what, text) in cases {
        stage.press(&format!("Copy {what}"));
        until("it is copied", || copied.length() > 0).await;
        assert_eq!(copied.pop().as_string().as_deref(), Some(text), "{what}");
    }
}

#[wasm_bindgen_test]
fn the_command_line_holds_a_variable_and_never_the_token() {
    let token = good_token("app-1");
    let (stage, ()) = stage(move |_| ((), ().into_any()));
    stage.console.session.sign_in(&token).unwrap();
    let curl = stage.console.api.curl(&RunId::new("it's/1"));
    assert!(curl.starts_with("curl -H \"Authorization: Bearer $RUNBOARD_TOKEN\" 'http"), "{curl}");
    assert!(curl.ends_with("/beta/runs/it%27s%2F1'"), "{curl}");
    assert!(!curl.contains(&token));
}

#[wasm_bindgen_test]
async fn no_token_stands_anywhere_in_a_run_s_page() {
    let (stage, parts) = detail(run(json!({ "id": "r-9" })));
    let token = good_token("app-1");
    stage.console.session.sign_in(&token).unwrap();
    parts.run.set(Arc::new(run(json!({ "id": "r-10" }))));
    settle().await;
    let whole = get(&stage.host, "outerHTML").as_string().unwrap();
    assert!(whole.contains("$RUNBOARD_TOKEN"));
    assert!(!token.split('.').any(|part| whole.contains(part)), "a part of the token");
}

#[wasm_bindgen_test]
fn hostile_text_in_a_run_is_shown_as_text() {
    let hostile = "<img src=x onerror=alert(1)> & \u{202e}evil";
    let config = Config { job_link: Some("https://portal.example/{jobId}".to_owned()), ..Config::default() };
    let run =
        run(json!({ "id": hostile, "name": hostile, "status": hostile, "job_id": "javascript:alert(1)//\"><b>" }));
    let (stage, parts) = detail_with(config, run);
    parts.raw.set(format!("<script>{hostile}</script>"));
    assert_eq!(stage.one("h1").text_content().unwrap(), hostile);
    assert_eq!(stage.text(".raw-status"), hostile);
    assert_eq!(fact(&stage, "Run ID").as_deref(), Some(hostile));
    assert!(!stage.has("img, script, b"));
    assert_eq!(stage.link("Open job"), "https://portal.example/javascript%3Aalert%281%29%2F%2F%22%3E%3Cb%3E");
    for place in ["h1", ".raw-status"] {
        assert_eq!(stage.text(&format!("{place} bdi")), hostile, "it turns the direction of its own place only");
    }
    for link in stage.all("a[href]") {
        let address = get(&link, "protocol").as_string().unwrap();
        assert!(address.starts_with("http"), "{address}");
    }
}

#[wasm_bindgen_test]
async fn a_raw_answer_of_a_hundred_thousand_characters_is_shown_whole() {
    let (stage, parts) = detail(run(json!({})));
    let raw = "<b>not JSON</b> ".repeat(6_250);
    parts.raw.set(raw.clone());
    settle().await;
    assert!(stage.all("pre code")[0].text_content().unwrap().trim() == raw.trim(), "it was cut or altered");
    assert!(!stage.has("pre b"));
}

#[wasm_bindgen_test]
fn drawing_a_run_asks_the_api_nothing() {
    let server = Server::start();
    let (_stage, _) = detail(run(json!({})));
    assert!(server.asked().is_empty());
}
