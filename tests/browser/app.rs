//! The application as a whole: signing in and out, navigation, and that each write is sent once.

use super::support::{
    FakeServer, Screen, Stub, document, focused, get, good_token, in_minutes, put_address, render_with,
    session_storage, settle, wait_until, window,
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

/// The mounted application. Dropping it removes the listeners that it adds to the document for good.
struct Application {
    screen: Screen,
    listening: Array,
}

impl Deref for Application {
    type Target = Screen;

    fn deref(&self) -> &Screen {
        &self.screen
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
    // The applications of earlier tests live on in this document, like other tabs. None is to read for another.
    let _no_locks = Stub::value(&get(&window(), "navigator"), "locks", &JsValue::UNDEFINED);
    let (screen, ()) = render_with(Config::default(), move |_| {
        put_address(address);
        if signed_in {
            session_storage().set_item("runboard.token", &good_token("app-1")).unwrap();
        }
        ((), view! { <App config=Config::default() unknown_keys=Vec::new() /> }.into_any())
    });
    Application { screen, listening }
}

/// An API with one open run.
fn one_run() -> FakeServer {
    let run = json!({
        "id": "r-1",
        "job_id": "j-1",
        "name": "Spring sale",
        "status": "running",
        "start_at": in_minutes(-60).to_iso(),
        "end_at": in_minutes(60).to_iso(),
    });
    let server = FakeServer::start();
    server.respond("GET /beta/runs/", 200, &json!([run]).to_string());
    server.respond("GET /beta/runs/r-1", 200, &run.to_string());
    server.respond("GET /beta/jobs/runs/r-1/summary", 200, "{}");
    server
}

/// Waits for an element.
async fn wait_for(screen: &Screen, role: &str, name: &str) -> HtmlElement {
    wait_until(&format!("{role} {name}"), || screen.has_role(role, name)).await;
    settle().await;
    screen.find(role, name)
}

fn posts(server: &FakeServer) -> Vec<String> {
    server.requests().into_iter().filter(|asked| asked.starts_with("POST")).collect()
}

#[wasm_bindgen_test]
async fn signed_out_console_sends_nothing_and_keeps_the_requested_page() {
    let server = one_run();
    let app = application("?run=r-1", false);
    wait_for(&app, "heading", "Sign in").await;
    app.click_button("Settings");
    settle().await;
    assert!(!app.shows("Spring sale") && !app.has_role("button", "Sign out"));
    assert!(app.has_role("combobox", "Time zone") && app.has_role("combobox", "Theme"));
    assert!(server.requests().is_empty());
    app.type_text("Access token", &good_token("app-1"));
    app.click_button("Sign in");
    let heading = wait_for(&app, "heading", "Spring sale").await;
    assert!(!app.has_role("heading", "Sign in"));
    assert!(window().location().search().unwrap() == "?run=r-1");
    wait_until("the focus on the page's heading", || focused(&heading)).await;
}

#[wasm_bindgen_test]
async fn signing_out_clears_all_data_and_shows_sign_in() {
    let _server = one_run();
    let app = application("?", true);
    wait_for(&app, "link", "Spring sale").await;
    app.click_button("Settings");
    wait_for(&app, "button", "Sign out").await.click();
    let heading = wait_for(&app, "heading", "Sign in").await;
    assert!(!app.shows("Spring sale"));
    assert!(session_storage().get_item("runboard.token").unwrap().is_none());
    wait_until("the focus on the heading", || focused(&heading)).await;
}

#[wasm_bindgen_test]
async fn refused_token_asks_for_a_new_one_and_keeps_the_page() {
    let server = one_run();
    let app = application("?", true);
    let row = wait_for(&app, "link", "Spring sale").await;
    server.respond("GET /beta/runs/", 401, r#"{"type":"https://x#jwt-expired"}"#);
    app.click_button("Refresh");
    wait_for(&app, "region", "Sign in to continue").await;
    assert!(app.shows("Your token has expired."));
    assert_eq!(app.find("link", "Spring sale"), row, "the row is still the same element");
    server.respond("GET /beta/runs/", 200, r#"[{"id":"r-1","name":"Spring sale"},{"id":"r-2","name":"Autumn"}]"#);
    app.type_text("Access token", &good_token("app-1"));
    app.click_button("Sign in");
    // New runs do not move the rows.
    wait_for(&app, "button", "Show 1 new run").await.click();
    wait_for(&app, "link", "Autumn").await;
    assert!(!app.has_role("region", "Sign in to continue"));
}

#[wasm_bindgen_test]
async fn link_navigates_without_a_page_load() {
    let _server = one_run();
    let app = application("?", true);
    wait_for(&app, "link", "Spring sale").await.click();
    let heading = wait_for(&app, "heading", "Spring sale").await;
    assert_eq!(window().location().search().unwrap(), "?run=r-1");
    wait_until("the focus on the heading", || focused(&heading)).await;
    assert!(document().title().starts_with("Spring sale · "));
    app.click_button("Settings");
    wait_for(&app, "link", "Diagnostics").await.click();
    wait_for(&app, "heading", "Diagnostics").await;
    assert_eq!(window().location().search().unwrap(), "?diagnostics");
}

#[wasm_bindgen_test]
async fn skip_link_focuses_the_content() {
    let _server = one_run();
    let app = application("?diagnostics", true);
    app.find("link", "Skip to content").click();
    assert!(focused(&app.one("main")));
    assert_eq!(window().location().hash().unwrap(), "", "the address does not change");
}

#[wasm_bindgen_test]
async fn double_click_sends_one_stop_that_is_requested_not_done() {
    let server = one_run();
    let app = application("?run=r-1", true);
    wait_for(&app, "button", "Stop run").await.click();
    wait_for(&app, "dialog", "Stop this run?").await;
    server.respond("POST /beta/runs/r-1/stop", 202, "");
    let confirm = app.find("button", "Stop run");
    wait_until("the run to be read again", || !confirm.has_attribute("disabled")).await;
    confirm.click();
    confirm.click();
    wait_until("the stop to be requested", || app.shows("Stop requested Sat 2 May 2026 14:05:10 UTC and accepted."))
        .await;
    confirm.click();
    settle().await;
    assert_eq!(posts(&server), ["POST /beta/runs/r-1/stop"]);
    assert!(app.find("button", "Stop run").has_attribute("disabled"));
    assert_eq!(app.text(".run-title .badge"), "Running");
}

#[wasm_bindgen_test]
async fn submitting_twice_sends_one_create() {
    let server = one_run();
    let app = application("?new", true);
    wait_for(&app, "heading", "New run").await;
    for (field, text) in [("Job ID", "j-1"), ("Run name", "Spring sale"), ("Start", "+1h"), ("End", "+2h")] {
        app.type_text(field, text);
    }
    app.click_button("Schedule run");
    app.find("form", "New run").unchecked_into::<web_sys::HtmlFormElement>().request_submit().unwrap();
    let button = wait_for(&app, "button", "Scheduling…").await;
    button.click();
    settle().await;
    assert_eq!(posts(&server), ["POST /beta/jobs/runs"]);
    wait_until("its body", || !server.request_bodies().concat().is_empty()).await;
    let sent: serde_json::Value = serde_json::from_str(&server.request_bodies().concat()).unwrap();
    // To the second, since the milliseconds are the fingerprint.
    assert_eq!(sent["startAt"].as_str().unwrap()[..20], in_minutes(60).to_iso()[..20]);
    assert_eq!(sent["jobId"], "j-1");
}

#[wasm_bindgen_test]
async fn created_run_opens_its_page() {
    let server = one_run();
    let app = application("?new&job=j-1&name=Spring%20sale", true);
    wait_for(&app, "heading", "New run").await;
    assert_eq!(app.field("textbox", "Job ID").value(), "j-1");
    app.type_text("Start", "+1h");
    app.type_text("End", "+2h");
    server.respond("POST /beta/jobs/runs", 201, r#"{"id":"r-1","name":"Spring sale","status":"scheduled"}"#);
    app.click_button("Schedule run");
    wait_for(&app, "heading", "Spring sale").await;
    assert_eq!(window().location().search().unwrap(), "?run=r-1");
    assert_eq!(posts(&server).len(), 1);
}

#[wasm_bindgen_test]
async fn draft_survives_navigation() {
    let _server = one_run();
    let app = application("?new", true);
    wait_for(&app, "heading", "New run").await;
    app.type_text("Run name", "Half a name");
    app.find("link", "Runs").click();
    wait_for(&app, "table", "Runs").await;
    app.find("link", "New run").click();
    wait_for(&app, "heading", "New run").await;
    assert_eq!(app.field("textbox", "Run name").value(), "Half a name");
}

#[wasm_bindgen_test]
async fn console_works_without_storage_and_says_so() {
    let _server = one_run();
    let app = application("?", false);
    wait_for(&app, "heading", "Sign in").await;
    let _full = Stub::method(&get(&session_storage(), "__proto__"), "setItem", "throw new DOMException('full');");
    app.type_text("Access token", &good_token("app-1"));
    app.click_button("Sign in");
    wait_for(&app, "link", "Spring sale").await;
    assert!(app.shows("This browser does not let the console keep the sign-in for this tab"));
}
