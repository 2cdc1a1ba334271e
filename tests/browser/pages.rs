//! Pages that load: a run that is not there, a console that cannot start, and what it tells of itself.

use super::support::{
    Server, Stage, all_in, attribute, good_token, in_minutes, problem, run_between, settle, stage_with, text_of, token,
    until,
};
use leptos::prelude::*;
use runboard::config::{AuthSource, Config, ConfigFault};
use runboard::pages::{DiagnosticsPage, FatalPage, RunPage};
use runboard::state::config_file::ConfigProblem;
use runboard_core::problem::ProblemKind;
use runboard_core::run::RunId;
use runboard_core::time::Span;
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

/// The page of a run, signed in.
fn run_page(id: &str) -> Stage {
    let token = good_token("app-1");
    let id = RunId::new(id);
    stage_with(Config::default(), move |console| {
        console.session.sign_in(&token).unwrap();
        ((), view! { <RunPage id=id /> }.into_any())
    })
    .0
}

async fn reads(stage: &Stage, words: &str) {
    until(words, || stage.says(words)).await;
}

const RUN: &str = r#"{"id":"r-1","name":"Spring sale","status":"scheduled"}"#;

#[wasm_bindgen_test]
async fn while_a_run_is_read_for_the_first_time_the_page_says_so() {
    let _server = Server::start();
    let stage = run_page("r-1");
    settle().await;
    assert_eq!(stage.texts("heading"), ["Run"]);
    assert_eq!(stage.texts("status"), ["Loading"]);
}

#[wasm_bindgen_test]
async fn a_run_that_is_not_there_is_said_so_with_its_id_as_text_and_the_ways_on() {
    let server = Server::start();
    server.answers("GET /beta/runs/%3Cb%3Er-1%3C%2Fb%3E", 404, "{}");
    let stage = run_page("<b>r-1</b>");
    reads(&stage, "Run not found").await;
    assert_eq!(stage.texts("heading"), ["Run not found"]);
    assert!(stage.says("<b>r-1</b>") && !stage.has("b"));
    assert_eq!(stage.link("Go to all runs"), "./");
    let asked = server.asked().len();
    stage.press("Try again");
    until("it is asked again", || server.asked().len() > asked).await;
}

#[wasm_bindgen_test]
async fn a_run_that_could_not_be_read_says_why_and_is_shown_when_it_can() {
    let server = Server::start();
    server.answers("GET /beta/runs/r-1", 503, "<html><b>gateway</b></html>");
    let stage = run_page("r-1");
    reads(&stage, "The run could not be loaded").await;
    let alert = stage.texts("alert").concat();
    assert!(alert.contains("The API failed (error 503).") && !alert.contains("gateway"), "{alert}");
    assert!(!stage.says("Run not found"));
    server.answers("GET /beta/runs/r-1", 200, RUN);
    stage.press("Try again");
    until("it is shown", || stage.texts("heading").first().is_some_and(|heading| heading == "Spring sale")).await;
    assert!(stage.texts("alert").is_empty());
}

#[wasm_bindgen_test]
async fn a_run_and_its_summary_fail_apart() {
    let server = Server::start();
    server.answers("GET /beta/runs/r-1", 200, RUN);
    server.answers("GET /beta/jobs/runs/r-1/summary", 500, "");
    let stage = run_page("r-1");
    reads(&stage, "The summary could not be loaded").await;
    reads(&stage, "Spring sale").await;
    assert!(stage.offers("button", "Stop run"), "the run can be worked with all the same");
    let summary = "{\"_embedded\":{\"recipient_response\":{\"recipients_count\":7}}}";
    server.answers("GET /beta/jobs/runs/r-1/summary", 200, summary);
    stage.press("Try again");
    until("the summary is shown", || stage.offers("group", "Responses")).await;
    assert!(text_of(&stage.find("group", "Responses")).contains("Recipients 7"));
    assert!(!stage.says("could not be loaded"));
}

#[wasm_bindgen_test]
async fn what_the_list_has_told_of_a_run_is_shown_at_once() {
    let _server = Server::start();
    let (stage, ()) = stage_with(Config::default(), move |console| {
        console.store.put(run_between(-60, 60, "running"));
        let id = RunId::new("r-1");
        ((), view! { <RunPage id=id /> }.into_any())
    });
    settle().await;
    assert_eq!(stage.texts("heading")[0], "Spring sale");
}

fn fatal(problem: ConfigProblem) -> Stage {
    stage_with(Config::default(), move |_| ((), view! { <FatalPage problem=problem /> }.into_any())).0
}

#[wasm_bindgen_test]
fn a_console_that_cannot_start_says_what_is_wrong_with_its_configuration() {
    let bad = ConfigFault::BadValue {
        key: "poll.seconds".to_owned(),
        expected: "a whole number from 5 to 300",
        found: "<b>often</b>".into(),
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
        let stage = fatal(problem);
        assert_eq!(stage.texts("heading"), ["This console is not set up correctly"]);
        assert!(stage.texts("alert").concat().starts_with(words), "{}", stage.said());
        assert!(stage.says("Nothing was sent.") && stage.offers("button", "Reload"));
        assert_eq!(stage.texts("main").len(), 1);
        assert!(!stage.has("b, i"));
    }
}

fn diagnostics(config: Config, claims: &serde_json::Value) -> Stage {
    let token = token(claims);
    stage_with(config, move |console| {
        console.session.sign_in(&token).unwrap();
        ((), view! { <DiagnosticsPage /> }.into_any())
    })
    .0
}

/// What stands beside a term.
fn fact(stage: &Stage, term: &str) -> String {
    let found = stage.all("dt").into_iter().find(|found| text_of(found) == term).unwrap();
    text_of(&found.next_element_sibling().unwrap())
}

#[wasm_bindgen_test]
fn diagnostics_name_every_operation_with_its_whole_address() {
    let config = Config { api_base: "https://api.example/v1".to_owned(), ..Config::default() };
    let stage = diagnostics(config, &json!({}));
    assert_eq!(stage.texts("heading")[0], "Diagnostics");
    for (term, address) in [
        ("Run a job", "POST https://api.example/v1/jobs/runs"),
        ("All runs", "GET https://api.example/v1/runs/"),
        ("One run", "GET https://api.example/v1/runs/{id}"),
        ("Stop", "POST https://api.example/v1/runs/{id}/stop"),
        ("Summary", "GET https://api.example/v1/jobs/runs/{id}/summary"),
    ] {
        assert_eq!(fact(&stage, term), address);
    }
    assert_eq!(stage.found("button", "Copy address").len(), 5);
}

#[wasm_bindgen_test]
fn diagnostics_say_what_the_token_says_of_itself_and_never_the_token() {
    let claims = json!({ "application_id": "<b>app</b>", "sub": "operator", "exp": in_minutes(60).millis() / 1000 });
    let stage = diagnostics(Config::default(), &claims);
    assert_eq!(fact(&stage, "Application"), "<b>app</b>");
    assert_eq!(fact(&stage, "Subject"), "operator");
    assert_eq!(fact(&stage, "Token expires"), "2026-05-02 15:05:10 UTC");
    assert_eq!(fact(&stage, "Token from"), "pasted by the person");
    assert_eq!(fact(&stage, "Token kept"), "for this tab");
    assert!(!stage.has("b"));
    let whole = stage.host.outer_html();
    assert!(!token(&claims).split('.').any(|part| whole.contains(part)), "a part of the token");
}

#[wasm_bindgen_test]
fn diagnostics_say_what_is_not_known() {
    let stage = diagnostics(Config::default(), &json!({}));
    assert_eq!(fact(&stage, "Application"), "not named");
    assert_eq!(fact(&stage, "Token expires"), "not given");
    assert_eq!(fact(&stage, "Keys without a meaning"), "none");
    assert!(fact(&stage, "API clock against this computer").starts_with("not known"));
    assert_eq!(fact(&stage, "Refresh"), "every 15 s while the page is seen");
}

#[wasm_bindgen_test]
async fn diagnostics_follow_the_clock_s_difference_once_it_is_known() {
    let stage = diagnostics(Config::default(), &json!({}));
    let now = runboard::browser::page::machine_clocks();
    stage.console.ui.clock.observe(now, now, now.wall.plus(Span::from_minutes(-10)), Span::from_seconds(1));
    stage.let_pass(Span::from_seconds(1));
    settle().await;
    let said = fact(&stage, "API clock against this computer");
    assert!(said.starts_with("9 min 59 s behind, give or take"), "{said}");
}

#[wasm_bindgen_test]
fn diagnostics_name_where_a_token_comes_from() {
    let endpoint = AuthSource::Endpoint { token_url: "/t".to_owned() };
    let cases = [(endpoint, "the portal’s token endpoint"), (AuthSource::Host, "the embedding page")];
    for (auth, words) in cases {
        let stage = diagnostics(Config { auth, ..Config::default() }, &json!({}));
        assert_eq!(fact(&stage, "Token from"), words);
    }
}

#[wasm_bindgen_test]
fn every_fact_of_diagnostics_has_a_term_and_a_value() {
    let stage = diagnostics(Config::default(), &json!({}));
    for list in stage.all("dl") {
        let (terms, values) = (all_in(&list, "dt"), all_in(&list, "dd"));
        assert!(!terms.is_empty() && terms.len() == values.len());
        assert!(terms.iter().chain(&values).all(|part| !text_of(part).is_empty()));
    }
    assert_eq!(attribute(&stage.one("h1"), "tabindex").as_deref(), Some("-1"));
}
