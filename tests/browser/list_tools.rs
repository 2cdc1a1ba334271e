//! What helps to find runs: completion, saved views, columns, and a job's card.

use super::run_list::{Parts, list, list_with, loaded, three};
use super::support::{
    Stage, Stub, at, focused, local_storage, press_key, run_between, server_failed, settle, stage, type_into, until,
};
use leptos::prelude::*;
use runboard::components::ShortcutSheet;
use runboard::config::Config;
use runboard_core::job::JobFacts;
use runboard_core::run::{JobId, Run, RunId};
use runboard_core::summary::Summary;
use std::sync::Arc;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;

async fn of_three() -> (Stage, Parts, HtmlInputElement) {
    let (stage, parts) = list(three(), loaded());
    settle().await;
    let field = stage.field("searchbox", "Search runs");
    (stage, parts, field)
}

#[wasm_bindgen_test]
async fn keys_and_then_values_are_completed_with_the_keyboard_alone() {
    let (stage, parts, field) = of_three().await;
    type_into(&field, "stat");
    until("it is offered", || stage.has("[role=listbox]:not([hidden])")).await;
    assert_eq!(stage.all("[role=option]").len(), 1);
    assert!(stage.says("1 suggestion; arrow keys choose, Enter or Tab takes one"));
    // Nothing is chosen before an arrow key is pressed: Enter and Tab keep their course.
    assert!(press_key(&field, "Tab", false));
    assert!(!press_key(&field, "ArrowDown", false));
    settle().await;
    assert_eq!(field.get_attribute("aria-activedescendant"), Some("search-suggestions-0".to_owned()));
    assert!(!press_key(&field, "Enter", false));
    settle().await;
    assert_eq!(field.value(), "status:");
    // The values that were seen, the most frequent first.
    let shown: Vec<String> = stage.all(".suggested").iter().map(super::support::text_of).collect();
    assert_eq!(shown, ["scheduled", "running"]);
    press_key(&field, "ArrowUp", false);
    settle().await;
    assert!(!press_key(&field, "Tab", false));
    settle().await;
    assert_eq!(field.value(), "status:running ");
    assert!(stage.has("[role=listbox][hidden]"));
    assert_eq!(parts.queries.get_untracked().last().map(String::as_str), Some("status:running "));
}

#[wasm_bindgen_test]
async fn escape_closes_the_suggestions_and_leaves_the_text() {
    let (stage, _, field) = of_three().await;
    type_into(&field, "job:");
    until("they are offered", || stage.all("[role=option]").len() == 3).await;
    assert!(!press_key(&field, "Escape", false));
    settle().await;
    assert_eq!((field.value().as_str(), stage.has("[role=listbox][hidden]")), ("job:", true));
    // The next one is the browser's again.
    assert!(press_key(&field, "Escape", false));
}

#[wasm_bindgen_test]
async fn a_suggestion_can_be_clicked() {
    let (stage, _, field) = of_three().await;
    type_into(&field, "phase:up");
    until("it is offered", || stage.offers("option", "upcoming 1")).await;
    stage.find("option", "upcoming 1").click();
    settle().await;
    assert_eq!(field.value(), "phase:upcoming ");
    assert!(focused(&field));
}

#[wasm_bindgen_test]
async fn what_was_offered_for_another_text_is_not_put_into_this_one() {
    let (stage, _, field) = of_three().await;
    type_into(&field, "phase:up");
    until("it is offered", || stage.offers("option", "upcoming 1")).await;
    type_into(&field, "phase:o");
    // Before anything was drawn.
    stage.find("option", "upcoming 1").click();
    settle().await;
    assert_eq!(field.value(), "phase:o");
    until("what fits is offered", || stage.offers("option", "open 1") && !stage.offers("option", "upcoming 1")).await;
}

#[wasm_bindgen_test]
async fn the_id_of_a_run_leads_to_it() {
    let (stage, parts, _) = of_three().await;
    parts.q.set("b ".to_owned());
    settle().await;
    assert_eq!(stage.link("Open run b"), "./?run=b");
    parts.q.set("bb".to_owned());
    settle().await;
    assert!(!stage.offers("link", "Open run b") && !stage.offers("link", "Open run bb"));
}

fn saved(stage: &Stage) -> Vec<String> {
    stage.all("[aria-label='Saved views'] button").iter().map(super::support::text_of).collect()
}

async fn unfold(stage: &Stage, title: &str) {
    let summary = stage.all("summary").into_iter().find(|found| super::support::text_of(found) == title).unwrap();
    summary.parent_element().unwrap().set_attribute("open", "").unwrap();
    settle().await;
}

async fn save(stage: &Stage, name: &str) {
    stage.write("View name", name);
    settle().await;
    stage.press("Save view");
    settle().await;
}

#[wasm_bindgen_test]
async fn a_view_is_saved_under_a_name_used_replaced_and_deleted() {
    let (stage, parts, _) = of_three().await;
    unfold(&stage, "Save or delete views").await;
    parts.q.set("phase:open".to_owned());
    settle().await;
    save(&stage, " Mine ").await;
    assert_eq!(saved(&stage), ["Mine"]);
    assert!(stage.says("“Mine” is saved in this browser."));
    parts.q.set("job:other".to_owned());
    settle().await;
    stage.press("Mine");
    assert_eq!(parts.queries.get_untracked(), ["phase:open"]);
    save(&stage, "mine").await;
    assert_eq!(saved(&stage), ["mine"]);
    stage.press("mine");
    assert_eq!(parts.queries.get_untracked(), ["phase:open", "job:other"]);
    save(&stage, "  ").await;
    assert!(stage.says("A view needs a name"));
    stage.press("Delete view mine");
    settle().await;
    assert_eq!(saved(&stage), Vec::<String>::new());
    assert_eq!(local_storage().get_item("runboard.views").unwrap().as_deref(), Some("[]"));
}

#[wasm_bindgen_test]
async fn a_browser_that_keeps_nothing_is_said_to() {
    let (stage, _, _) = of_three().await;
    unfold(&stage, "Save or delete views").await;
    // Its methods are the prototype's: what is put into a storage itself is an item.
    let storage = js_sys::Object::get_prototype_of(&local_storage());
    let refused = Stub::method(&storage, "setItem", "throw new Error('refused')");
    save(&stage, "Mine").await;
    drop(refused);
    assert_eq!(saved(&stage), ["Mine"]);
    assert!(stage.says("This browser does not let the console keep views"));
}

#[wasm_bindgen_test]
async fn columns_and_the_distance_of_rows_are_chosen_and_kept() {
    let (stage, _, _) = of_three().await;
    unfold(&stage, "Columns and rows").await;
    assert_eq!(stage.texts("columnheader"), ["Name", "Status", "Job", "Start", "End", "Created"]);
    stage.find("checkbox", "Job").click();
    stage.find("checkbox", "Created").click();
    stage.find("radio", "Compact").click();
    settle().await;
    assert!(stage.one("table.runs").class_list().contains("no-job"));
    assert!(stage.has("table.compact.no-created:not(.no-start, .no-end)"));
    let kept = |key: &str| local_storage().get_item(key).unwrap().unwrap_or_default();
    assert_eq!((kept("runboard.hidden-columns").as_str(), kept("runboard.rows").as_str()), ("job,created", "compact"));
    stage.find("checkbox", "Job").click();
    settle().await;
    assert!(stage.has("table.no-created:not(.no-job)"));
}

fn finished(id: &str) -> Arc<Run> {
    Arc::new(Run { id: RunId::new(id), name: Arc::from(id), ..run_between(-120, -60, "completed") })
}

#[wasm_bindgen_test]
async fn a_job_tells_its_runs_and_the_rates_of_the_last_ones_side_by_side() {
    let jobs = std::iter::once(("j-1".to_owned(), "Spring mailing".to_owned())).collect();
    let (stage, parts) = list_with(Config { jobs, ..Config::default() }, three(), loaded());
    settle().await;
    assert!(!stage.offers("region", "Job Spring mailing"));
    let last = ["one", "two", "three", "four"].map(finished).to_vec();
    parts.job.set(Some(JobFacts { id: JobId::new("j-1"), runs: 12, last }));
    let body = r#"{"action_delivery_status": {"status_succeeded_count": 9, "status_failed_count": 2}}"#;
    let counted = Summary::read(body, &RunId::new("one")).unwrap();
    let rates = vec![
        (RunId::new("one"), Ok(counted)),
        (RunId::new("two"), Ok(Summary::default())),
        (RunId::new("three"), Err(server_failed())),
    ];
    parts.rates.set(rates);
    settle().await;
    let region = stage.find("region", "Job Spring mailing");
    assert!(super::support::text_of(&region).contains("12 runs"));
    let said: Vec<String> = stage.all(".job-rate").iter().map(super::support::text_of).collect();
    assert_eq!(
        said,
        ["9 of 11 (81.8 %)", "no data yet", "could not be read. The API failed (error 503).", "being read"]
    );
    assert_eq!(at("2026-05-02T13:05:10Z"), finished("one").end_at.unwrap());
    assert!(stage.says("2026-05-02 13:05 UTC"));
}

#[wasm_bindgen_test]
async fn a_job_id_in_a_row_leads_to_the_runs_of_that_job_alone() {
    let (stage, _, _) = of_three().await;
    assert_eq!(stage.link("job-b"), "./?q=job:job-b");
}

#[wasm_bindgen_test]
async fn the_sheet_names_every_key_and_has_the_switch() {
    let (stage, open) = stage(move |_| {
        let open = RwSignal::new(false);
        (open, view! { <ShortcutSheet open=open /> }.into_any())
    });
    settle().await;
    assert!(!stage.offers("dialog", "Keyboard shortcuts"));
    open.set(true);
    settle().await;
    assert!(stage.offers("dialog", "Keyboard shortcuts"));
    assert_eq!(stage.texts("term"), ["/", "j", "k", "Enter", "x", "n", "r", "?"]);
    let switch = stage.field("checkbox", "Single keys act");
    assert!(switch.checked());
    switch.click();
    settle().await;
    assert!(!stage.console.ui.settings.shortcuts_untracked());
    assert_eq!(local_storage().get_item("runboard.shortcuts").unwrap().as_deref(), Some("off"));
    stage.press("Close");
    settle().await;
    assert!(!stage.has("dialog[open]") && !open.get_untracked());
}
