//! Pages: missing and failed runs, an invalid configuration, and diagnostics.

use super::support::{
    FakeServer, Screen, Stub, all_in, attribute, good_token, in_minutes, problem, render_with, run_between, settle,
    text_of, token, wait_until, window,
};
use js_sys::Function;
use leptos::prelude::*;
use runboard::config::{AuthSource, Config, ConfigFault};
use runboard::pages::{DiagnosticsPage, FatalPage, RunPage};
use runboard::state::config_file::ConfigProblem;
use runboard_core::problem::ProblemKind;
use runboard_core::run::RunId;
use runboard_core::time::Span;
use serde_json::json;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

/// The page of a run, with a user signed in.
fn run_page(id: &str) -> Screen {
    let token = good_token("app-1");
    let id = RunId::new(id);
    render_with(Config::default(), move |context| {
        context.session.sign_in(&token).unwrap();
        ((), view! { <RunPage id=id /> }.into_any())
    })
    .0
}

async fn wait_for_text(screen: &Screen, words: &str) {
    wait_until(words, || screen.shows(words)).await;
}

const RUN: &str = r#"{"id":"r-1","name":"Spring sale","status":"scheduled"}"#;

#[wasm_bindgen_test]
async fn first_load_of_a_run_shows_a_status() {
    let _server = FakeServer::start();
    let screen = run_page("r-1");
    settle().await;
    assert_eq!(screen.texts("heading"), ["Run"]);
    assert_eq!(screen.texts("status"), ["Loading"]);
}

#[wasm_bindgen_test]
async fn missing_run_shows_its_id_and_links() {
    let server = FakeServer::start();
    server.respond("GET /beta/runs/%3Cb%3Er-1%3C%2Fb%3E", 404, "{}");
    let screen = run_page("<b>r-1</b>");
    wait_for_text(&screen, "Run not found").await;
    assert_eq!(screen.texts("heading"), ["Run not found"]);
    assert!(screen.shows("<b>r-1</b>") && !screen.has("b"));
    assert_eq!(screen.link("All runs"), "./");
    let asked = server.requests().len();
    screen.click_button("Try again");
    wait_until("another request", || server.requests().len() > asked).await;
}

#[wasm_bindgen_test]
async fn failed_run_explains_why_and_can_be_retried() {
    let server = FakeServer::start();
    server.respond("GET /beta/runs/r-1", 503, "<html><b>gateway</b></html>");
    let screen = run_page("r-1");
    wait_for_text(&screen, "The run could not be loaded").await;
    let alert = screen.texts("alert").concat();
    assert!(alert.contains("Something in front of the API answered instead of it (error 503)"), "{alert}");
    assert!(!alert.contains("<b>"), "{alert}");
    assert!(!screen.shows("Run not found"));
    server.respond("GET /beta/runs/r-1", 200, RUN);
    screen.click_button("Try again");
    wait_until("the run", || screen.texts("heading").first().is_some_and(|heading| heading == "Spring sale")).await;
    assert!(screen.texts("alert").is_empty());
}

#[wasm_bindgen_test]
async fn run_and_summary_fail_independently() {
    let server = FakeServer::start();
    server.respond("GET /beta/runs/r-1", 200, RUN);
    server.respond("GET /beta/jobs/runs/r-1/summary", 500, "");
    let screen = run_page("r-1");
    wait_for_text(&screen, "The summary could not be loaded").await;
    wait_for_text(&screen, "Spring sale").await;
    assert!(screen.has_role("button", "Stop run"), "the run is usable without its summary");
    let summary = "{\"_embedded\":{\"recipient_response\":{\"recipients_count\":7}}}";
    server.respond("GET /beta/jobs/runs/r-1/summary", 200, summary);
    screen.click_button("Try again");
    wait_until("the summary", || screen.has_role("group", "Responses")).await;
    assert!(text_of(&screen.find("group", "Responses")).contains("Recipients 7"));
    assert!(!screen.shows("could not be loaded"));
}

#[wasm_bindgen_test]
async fn run_known_from_the_list_is_shown_at_once() {
    let _server = FakeServer::start();
    let (screen, ()) = render_with(Config::default(), move |context| {
        context.store.put(run_between(-60, 60, "running"));
        let id = RunId::new("r-1");
        ((), view! { <RunPage id=id /> }.into_any())
    });
    settle().await;
    assert_eq!(screen.texts("heading")[0], "Spring sale");
}

fn fatal(problem: ConfigProblem) -> Screen {
    render_with(Config::default(), move |_| ((), view! { <FatalPage problem=problem /> }.into_any())).0
}

#[wasm_bindgen_test]
fn invalid_configuration_is_explained() {
    let bad = ConfigFault::BadValue {
        key: "poll.seconds".to_owned(),
        expected: "a whole number from 5 to 300",
        found: "\"<b>often</b>\"".into(),
    };
    let cases = [
        (
            ConfigProblem::NotRead(problem(ProblemKind::Server { status: 500 })),
            "The file config.json could not be read. The API failed (error 500).",
        ),
        (
            ConfigProblem::Fault(ConfigFault::NotJson("line <i>1</i>".to_owned())),
            "The file config.json is not a JSON object: line <i>1</i>.",
        ),
        (
            ConfigProblem::Fault(bad),
            "In config.json, “poll.seconds” has to be a whole number from 5 to 300, but is \"<b>often</b>\".",
        ),
    ];
    for (problem, words) in cases {
        let screen = fatal(problem);
        assert_eq!(screen.texts("heading"), ["This console is not set up correctly"]);
        assert!(screen.texts("alert").concat().starts_with(words), "{}", screen.full_text());
        assert!(screen.shows("Nothing was sent.") && screen.has_role("button", "Reload"));
        assert_eq!(screen.texts("main").len(), 1);
        assert!(!screen.has("b, i"));
    }
}

fn diagnostics(config: Config, claims: &serde_json::Value) -> Screen {
    let token = token(claims);
    render_with(config, move |context| {
        context.session.sign_in(&token).unwrap();
        ((), view! { <DiagnosticsPage /> }.into_any())
    })
    .0
}

/// The value beside a term.
fn value_of(screen: &Screen, term: &str) -> String {
    let found = screen.all("dt").into_iter().find(|found| text_of(found) == term).unwrap();
    text_of(&found.next_element_sibling().unwrap())
}

#[wasm_bindgen_test]
fn diagnostics_list_every_operation_with_its_url() {
    let config = Config { api_base: "https://api.example/v1".to_owned(), ..Config::default() };
    let screen = diagnostics(config, &json!({}));
    assert_eq!(screen.texts("heading")[0], "Diagnostics");
    for (term, address) in [
        ("Run a job", "POST https://api.example/v1/jobs/runs"),
        ("All runs", "GET https://api.example/v1/runs/"),
        ("One run", "GET https://api.example/v1/runs/{id}"),
        ("Stop", "POST https://api.example/v1/runs/{id}/stop"),
        ("Summary", "GET https://api.example/v1/jobs/runs/{id}/summary"),
    ] {
        assert_eq!(value_of(&screen, term), address);
    }
    assert_eq!(screen.find_all("button", "Copy address").len(), 5);
}

#[wasm_bindgen_test]
fn diagnostics_show_claims_but_never_the_token() {
    let claims = json!({ "application_id": "<b>app</b>", "sub": "operator", "exp": in_minutes(60).millis() / 1000 });
    let screen = diagnostics(Config::default(), &claims);
    assert_eq!(value_of(&screen, "Application"), "<b>app</b>");
    assert_eq!(value_of(&screen, "Subject"), "operator");
    assert_eq!(value_of(&screen, "Token expires"), "Sat 2 May 2026 15:05:10 UTC");
    assert_eq!(value_of(&screen, "Token from"), "pasted by the person");
    assert_eq!(value_of(&screen, "Token kept"), "for this tab");
    assert!(!screen.has("b"));
    let whole = screen.host.outer_html();
    assert!(!token(&claims).split('.').any(|part| whole.contains(part)), "a part of the token");
}

#[wasm_bindgen_test]
fn diagnostics_mark_unknown_values() {
    let screen = diagnostics(Config::default(), &json!({}));
    assert_eq!(value_of(&screen, "Application"), "not named");
    assert_eq!(value_of(&screen, "Token expires"), "not given");
    assert_eq!(value_of(&screen, "Unknown settings"), "none");
    assert!(value_of(&screen, "API clock against this computer").starts_with("not known"));
    assert_eq!(value_of(&screen, "Refresh"), "every 15 s while visible");
}

#[wasm_bindgen_test]
async fn diagnostics_show_the_clock_difference_once_known() {
    let screen = diagnostics(Config::default(), &json!({}));
    // Real milliseconds would count as well.
    let stopped = Function::new_no_args("return 1000").unchecked_into();
    let _stopped = Stub::value(&window().performance().unwrap(), "now", &stopped);
    let now = runboard::browser::page::machine_clocks();
    screen.context.ui.clock.observe(now, now, now.wall.plus(Span::from_minutes(-10)), Span::from_seconds(1));
    screen.advance_clock(Span::from_seconds(1));
    settle().await;
    let said = value_of(&screen, "API clock against this computer");
    assert_eq!(said, "10 min behind, within 1 s");
}

#[wasm_bindgen_test]
fn diagnostics_name_the_token_source() {
    let endpoint = AuthSource::Endpoint { token_url: "/t".to_owned() };
    let cases = [(endpoint, "the portal’s token endpoint"), (AuthSource::Host, "the embedding page")];
    for (auth, words) in cases {
        let screen = diagnostics(Config { auth, ..Config::default() }, &json!({}));
        assert_eq!(value_of(&screen, "Token from"), words);
    }
}

#[wasm_bindgen_test]
fn every_diagnostics_entry_has_a_term_and_a_value() {
    let screen = diagnostics(Config::default(), &json!({}));
    for list in screen.all("dl") {
        let (terms, values) = (all_in(&list, "dt"), all_in(&list, "dd"));
        assert!(!terms.is_empty() && terms.len() == values.len());
        assert!(terms.iter().chain(&values).all(|part| !text_of(part).is_empty()));
    }
    assert_eq!(attribute(&screen.one("h1"), "tabindex").as_deref(), Some("-1"));
}
