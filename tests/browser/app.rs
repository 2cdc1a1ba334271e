//! The application as a whole: signed out, signed in, refused; moving about; and that a write is sent once.

use super::support::{
    Server, Stage, Stub, document, focused, get, good_token, in_minutes, put_address, session_storage, settle,
    stage_with, until, window,
};
use js_sys::{Array, Function};
use leptos::prelude::*;
use runboard::app::App;
use runboard::config::Config;
use serde_json::json;
use std::ops::Deref;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

/// The application on a stage. What it listens to for as long as the document lives ends with it here.
struct Application {
    stage: Stage,
    listening: Array,
}

impl Deref for Application {
    type Target = Stage;

    fn deref(&self) -> &Stage {
        &self.stage
    }
}

impl Drop for Application {
    fn drop(&mut self) {
        for listener in self.listening.iter() {
            let (name, heard) = (get(&listener, "0"), get(&listener, "1"));
            let heard: Function = heard.unchecked_into();
            document().remove_event_listener_with_callback(&name.as_string().unwrap(), &heard).unwrap();
        }
    }
}

fn application(address: &'static str, signed_in: bool) -> Application {
    let listening = Array::new();
    let listen = Function::new_with_args(
        "listening, real",
        "return function (name, heard) { listening.push([name, heard]); real.call(this, name, heard); };",
    );
    let real = get(&document(), "addEventListener");
    let listen = listen.call2(&JsValue::UNDEFINED, &listening, &real).unwrap();
    let _listened = Stub::value(&document(), "addEventListener", &listen);
    let (stage, ()) = stage_with(Config::default(), move |_| {
        put_address(address);
        if signed_in {
            session_storage().set_item("runboard.token", &good_token("app-1")).unwrap();
        }
        ((), view! { <App config=Config::default() unknown_keys=Vec::new() /> }.into_any())
    });
    Application { stage, listening }
}

/// An API with one open run.
fn one_run() -> Server {
    let run = json!({
        "id": "r-1",
        "job_id": "j-1",
        "name": "Spring sale",
        "status": "running",
        "start_at": in_minutes(-60).to_iso(),
        "end_at": in_minutes(60).to_iso(),
    });
    let server = Server::start();
    server.answers("GET /beta/runs/", 200, &json!([run]).to_string());
    server.answers("GET /beta/runs/r-1", 200, &run.to_string());
    server.answers("GET /beta/jobs/runs/r-1/summary", 200, "{}");
    server
}

/// Until a part is there.
async fn appears(stage: &Stage, role: &str, name: &str) -> HtmlElement {
    until(&format!("{role} {name}"), || stage.offers(role, name)).await;
    settle().await;
    stage.find(role, name)
}

fn posts(server: &Server) -> Vec<String> {
    server.asked().into_iter().filter(|asked| asked.starts_with("POST")).collect()
}

#[wasm_bindgen_test]
async fn signed_out_nothing_is_asked_and_signing_in_leads_where_one_wanted_to_go() {
    let server = one_run();
    let app = application("?run=r-1", false);
    appears(&app, "heading", "Sign in").await;
    assert!(!app.says("Spring sale") && !app.offers("button", "Sign out"));
    assert!(app.offers("combobox", "Time zone") && app.offers("combobox", "Theme"));
    assert!(server.asked().is_empty());
    app.write("Access token", &good_token("app-1"));
    app.press("Sign in");
    let heading = appears(&app, "heading", "Spring sale").await;
    assert!(!app.offers("heading", "Sign in"));
    assert!(window().location().search().unwrap() == "?run=r-1");
    until("the page's heading has the focus", || focused(&heading)).await;
}

#[wasm_bindgen_test]
async fn signing_out_takes_away_all_that_was_loaded_and_leads_to_signing_in() {
    let _server = one_run();
    let app = application("?", true);
    appears(&app, "link", "Spring sale").await;
    app.press("Sign out");
    let heading = appears(&app, "heading", "Sign in").await;
    assert!(!app.says("Spring sale"));
    assert!(session_storage().get_item("runboard.token").unwrap().is_none());
    until("the heading has the focus", || focused(&heading)).await;
}

#[wasm_bindgen_test]
async fn a_refused_token_asks_for_another_above_the_page_which_stays_and_then_goes_on() {
    let server = one_run();
    let app = application("?", true);
    let row = appears(&app, "link", "Spring sale").await;
    server.answers("GET /beta/runs/", 401, r#"{"type":"https://x#jwt-expired"}"#);
    app.press("Refresh");
    appears(&app, "region", "Sign in to go on").await;
    assert!(app.says("Your token has expired."));
    assert_eq!(app.find("link", "Spring sale"), row, "what was shown stays, and is not drawn again");
    server.answers("GET /beta/runs/", 200, r#"[{"id":"r-1","name":"Spring sale"},{"id":"r-2","name":"Autumn"}]"#);
    app.write("Access token", &good_token("app-1"));
    app.press("Sign in");
    // What came meanwhile does not push what is being read.
    appears(&app, "button", "Show 1 new run").await.click();
    appears(&app, "link", "Autumn").await;
    assert!(!app.offers("region", "Sign in to go on"));
}

#[wasm_bindgen_test]
async fn a_link_shows_its_page_without_loading_the_document_anew() {
    let _server = one_run();
    let app = application("?", true);
    appears(&app, "link", "Spring sale").await.click();
    let heading = appears(&app, "heading", "Spring sale").await;
    assert_eq!(window().location().search().unwrap(), "?run=r-1");
    until("its heading has the focus", || focused(&heading)).await;
    assert!(document().title().starts_with("Spring sale · "));
    app.find("link", "Diagnostics").click();
    appears(&app, "heading", "Diagnostics").await;
    assert_eq!(window().location().search().unwrap(), "?diagnostics");
}

#[wasm_bindgen_test]
async fn the_skip_link_leads_to_the_content() {
    let _server = one_run();
    let app = application("?", true);
    app.find("link", "Skip to content").click();
    assert!(focused(&app.one("main")));
    assert_eq!(window().location().hash().unwrap(), "", "the address is not touched");
}

#[wasm_bindgen_test]
async fn a_stop_that_is_confirmed_twice_is_sent_once_and_asked_is_not_done() {
    let server = one_run();
    let app = application("?run=r-1", true);
    appears(&app, "button", "Stop run").await.click();
    appears(&app, "dialog", "Stop this run?").await;
    server.answers("POST /beta/runs/r-1/stop", 202, "");
    let confirm = app.find("button", "Stop run");
    until("the run was read again", || !confirm.has_attribute("disabled")).await;
    confirm.click();
    confirm.click();
    until("it is requested", || app.says("Stop requested 2026-05-02 14:05:10 UTC.")).await;
    confirm.click();
    settle().await;
    assert_eq!(posts(&server), ["POST /beta/runs/r-1/stop"]);
    assert!(app.find("button", "Stop run").has_attribute("disabled"));
    assert_eq!(app.text(".page-title .badge"), "Open");
}

#[wasm_bindgen_test]
async fn a_form_that_is_sent_twice_schedules_once_and_leads_to_the_run() {
    let server = one_run();
    let app = application("?new", true);
    appears(&app, "heading", "New run").await;
    for (field, text) in [("Job ID", "j-1"), ("Run name", "Spring sale"), ("Start", "+1h"), ("End", "+2h")] {
        app.write(field, text);
    }
    app.press("Schedule run");
    app.find("form", "New run").unchecked_into::<web_sys::HtmlFormElement>().request_submit().unwrap();
    let button = appears(&app, "button", "Scheduling…").await;
    button.click();
    settle().await;
    assert_eq!(posts(&server), ["POST /beta/jobs/runs"]);
    let sent: serde_json::Value = serde_json::from_str(&server.bodies().concat()).unwrap();
    // To the second; the milliseconds are its fingerprint.
    assert_eq!(sent["startAt"].as_str().unwrap()[..20], in_minutes(60).to_iso()[..20]);
    assert_eq!(sent["jobId"], "j-1");
}

#[wasm_bindgen_test]
async fn a_created_run_is_shown_on_its_own_page() {
    let server = one_run();
    let app = application("?new&job=j-1&name=Spring%20sale", true);
    appears(&app, "heading", "New run").await;
    assert_eq!(app.field("textbox", "Job ID").value(), "j-1");
    app.write("Start", "+1h");
    app.write("End", "+2h");
    server.answers("POST /beta/jobs/runs", 201, r#"{"id":"r-1","name":"Spring sale","status":"scheduled"}"#);
    app.press("Schedule run");
    appears(&app, "heading", "Spring sale").await;
    assert_eq!(window().location().search().unwrap(), "?run=r-1");
    assert_eq!(posts(&server).len(), 1);
}

#[wasm_bindgen_test]
async fn what_was_typed_outlives_a_look_at_another_page() {
    let _server = one_run();
    let app = application("?new", true);
    appears(&app, "heading", "New run").await;
    app.write("Run name", "Half a name");
    app.find("link", "Runs").click();
    appears(&app, "table", "Runs").await;
    app.find("link", "New run").click();
    appears(&app, "heading", "New run").await;
    assert_eq!(app.field("textbox", "Run name").value(), "Half a name");
}

#[wasm_bindgen_test]
async fn a_browser_that_keeps_nothing_is_told_of_and_can_be_used_all_the_same() {
    let _server = one_run();
    let app = application("?", false);
    appears(&app, "heading", "Sign in").await;
    let _full = Stub::method(&get(&session_storage(), "__proto__"), "setItem", "throw new DOMException('full');");
    app.write("Access token", &good_token("app-1"));
    app.press("Sign in");
    appears(&app, "link", "Spring sale").await;
    assert!(app.says("This browser does not let the console keep the sign-in for this tab"));
}
