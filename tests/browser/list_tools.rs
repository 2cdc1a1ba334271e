//! Autocomplete, saved views, column settings, the job card, and the shortcut sheet.

use super::run_list::{ListFixture, list, list_with, loaded, three};
use super::support::{
    Screen, Stub, at, focused, local_storage, press_key, render, run_between, server_failed, settle, text_of,
    type_into, wait_until,
};
use leptos::prelude::*;
use runboard::components::ShortcutSheet;
use runboard::config::Config;
use runboard_core::job::JobFacts;
use runboard_core::run::{JobId, Run, RunId};
use runboard_core::summary::Summary;
use std::sync::Arc;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlInputElement, window};

async fn list_of_three() -> (Screen, ListFixture, HtmlInputElement) {
    let (screen, fixture) = list(three(), loaded());
    settle().await;
    let field = screen.field("searchbox", "Search runs");
    (screen, fixture, field)
}

#[wasm_bindgen_test]
async fn keys_and_values_are_completed_by_keyboard() {
    let (screen, fixture, field) = list_of_three().await;
    type_into(&field, "stat");
    wait_until("the suggestions", || screen.has("[role=listbox]:not([hidden])")).await;
    assert_eq!(screen.all("[role=option]").len(), 1);
    assert!(screen.shows("1 suggestion; arrow keys choose, Enter or Tab takes one"));
    // Before an arrow key is pressed no suggestion is active, and Enter and Tab do what they always do.
    assert!(press_key(&field, "Tab", false));
    assert!(!press_key(&field, "ArrowDown", false));
    settle().await;
    assert_eq!(field.get_attribute("aria-activedescendant"), Some("search-suggestions-0".to_owned()));
    assert!(!press_key(&field, "Enter", false));
    settle().await;
    assert_eq!(field.value(), "status:");
    // Known values, the most frequent first.
    let shown: Vec<String> = screen.all(".suggested").iter().map(text_of).collect();
    assert_eq!(shown, ["scheduled", "running"]);
    press_key(&field, "ArrowUp", false);
    settle().await;
    assert!(!press_key(&field, "Tab", false));
    settle().await;
    assert_eq!(field.value(), "status:running ");
    assert!(screen.has("[role=listbox][hidden]"));
    assert_eq!(fixture.queries.get_untracked().last().map(String::as_str), Some("status:running "));
}

#[wasm_bindgen_test]
async fn escape_closes_the_suggestions_and_keeps_the_text() {
    let (screen, _, field) = list_of_three().await;
    type_into(&field, "job:");
    wait_until("the suggestions", || screen.all("[role=option]").len() == 3).await;
    assert!(!press_key(&field, "Escape", false));
    settle().await;
    assert_eq!((field.value().as_str(), screen.has("[role=listbox][hidden]")), ("job:", true));
    // The next Escape is left to the browser.
    assert!(press_key(&field, "Escape", false));
}

#[wasm_bindgen_test]
async fn clicking_a_suggestion_accepts_it() {
    let (screen, _, field) = list_of_three().await;
    type_into(&field, "phase:up");
    wait_until("the suggestions", || screen.has_role("option", "upcoming 1")).await;
    screen.find("option", "upcoming 1").click();
    settle().await;
    assert_eq!(field.value(), "phase:upcoming ");
    assert!(focused(&field));
}

#[wasm_bindgen_test]
async fn outdated_suggestion_is_not_accepted() {
    let (screen, _, field) = list_of_three().await;
    type_into(&field, "phase:up");
    wait_until("the suggestions", || screen.has_role("option", "upcoming 1")).await;
    type_into(&field, "phase:o");
    // Before the next paint.
    screen.find("option", "upcoming 1").click();
    settle().await;
    assert_eq!(field.value(), "phase:o");
    wait_until("the matching suggestions", || {
        screen.has_role("option", "open 1") && !screen.has_role("option", "upcoming 1")
    })
    .await;
}

#[wasm_bindgen_test]
async fn run_id_in_the_search_opens_the_run() {
    let (screen, fixture, _) = list_of_three().await;
    fixture.q.set("b ".to_owned());
    settle().await;
    assert_eq!(screen.link("Open run b"), "./?run=b");
    fixture.q.set("https://runs.example/console/?run=b#top".to_owned());
    settle().await;
    assert_eq!(screen.link("Open run b"), "./?run=b");
    fixture.q.set("bb".to_owned());
    settle().await;
    assert!(!screen.has_role("link", "Open run b") && !screen.has_role("link", "Open run bb"));
}

fn saved(screen: &Screen) -> Vec<String> {
    screen.all("[aria-label='Saved views'] .menu-item").iter().map(text_of).collect()
}

async fn save(screen: &Screen, name: &str) {
    screen.type_text("Save this view", name);
    settle().await;
    screen.click_button("Save view");
    settle().await;
}

#[wasm_bindgen_test]
async fn view_can_be_saved_applied_replaced_and_deleted() {
    let (screen, fixture, _) = list_of_three().await;
    let menu = screen.open_menu("Views").await;
    fixture.q.set("phase:open".to_owned());
    settle().await;
    save(&screen, " Mine ").await;
    assert_eq!(saved(&screen), ["Mine"]);
    assert!(screen.shows("“Mine” is saved in this browser."));
    fixture.q.set("job:other".to_owned());
    settle().await;
    screen.click_button("Mine");
    assert_eq!(fixture.queries.get_untracked(), ["phase:open"]);
    assert!(!menu.matches(":popover-open").unwrap(), "choosing a view closes the menu");
    assert!(focused(&screen.find("button", "Views")));
    screen.open_menu("Views").await;
    save(&screen, "mine").await;
    assert_eq!(saved(&screen), ["mine"]);
    screen.click_button("mine");
    assert_eq!(fixture.queries.get_untracked(), ["phase:open", "job:other"]);
    screen.open_menu("Views").await;
    save(&screen, "  ").await;
    assert!(screen.shows("Enter a name (limit: 50 views)."));
    screen.click_button("Delete view mine");
    settle().await;
    assert_eq!(saved(&screen), Vec::<String>::new());
    assert_eq!(local_storage().get_item("runboard.views").unwrap().as_deref(), Some("[]"));
}

#[wasm_bindgen_test]
async fn view_that_was_deleted_or_replaced_comes_back_where_it_was() {
    let (screen, fixture, _) = list_of_three().await;
    screen.open_menu("Views").await;
    for (name, q) in [("First", "phase:open"), ("Second", "job:other"), ("Third", "a")] {
        fixture.q.set(q.to_owned());
        settle().await;
        save(&screen, name).await;
    }
    assert!(!screen.has_role("button", "Undo"), "nothing was replaced");
    screen.click_button("Delete view Second");
    settle().await;
    assert!(screen.shows("“Second” was deleted."));
    save(&screen, " ").await;
    assert!(screen.shows("Enter a name"), "and what was deleted can still be brought back");
    screen.click_button("Undo");
    settle().await;
    assert_eq!(saved(&screen), ["First", "Second", "Third"]);
    assert!(screen.shows("“Second” is back as it was.") && !screen.has_role("button", "Undo"));

    save(&screen, "first").await;
    assert_eq!(saved(&screen), ["first", "Second", "Third"]);
    assert!(screen.shows("“first” was replaced."));
    screen.click_button("Undo");
    settle().await;
    assert_eq!(saved(&screen), ["First", "Second", "Third"]);
    screen.click_button("First");
    assert_eq!(fixture.queries.get_untracked(), ["phase:open"]);
    assert!(local_storage().get_item("runboard.views").unwrap().unwrap().contains("phase:open"));
}

#[wasm_bindgen_test]
async fn view_that_another_tab_has_replaced_is_the_one_that_is_deleted_and_comes_back() {
    let (screen, fixture, _) = list_of_three().await;
    screen.open_menu("Views").await;
    fixture.q.set("phase:open".to_owned());
    settle().await;
    save(&screen, "Mine").await;
    let store = |text: &str| local_storage().set_item("runboard.views", text).unwrap();
    // This tab has not heard of it yet.
    store(r#"[{"name": "mine", "q": "job:other"}]"#);
    screen.click_button("Delete view Mine");
    settle().await;
    assert_eq!(saved(&screen), Vec::<String>::new());
    screen.click_button("Undo");
    settle().await;
    assert_eq!(saved(&screen), ["mine"]);
    assert!(local_storage().get_item("runboard.views").unwrap().unwrap().contains("job:other"));

    store(r#"[{"name": "Theirs", "q": "a"}, {"name": "mine", "q": "b"}]"#);
    let heard = web_sys::Event::new("storage").unwrap();
    js_sys::Reflect::set(&heard, &"key".into(), &"runboard.views".into()).unwrap();
    window().unwrap().dispatch_event(&heard).unwrap();
    settle().await;
    assert_eq!(saved(&screen), ["Theirs", "mine"]);
    // Whoever is about to delete one does not delete another.
    let theirs = screen.find("button", "Delete view Theirs");
    store(r#"[{"name": "mine", "q": "b"}, {"name": "Theirs", "q": "a"}]"#);
    window().unwrap().dispatch_event(&heard).unwrap();
    settle().await;
    assert_eq!(saved(&screen), ["mine", "Theirs"]);
    assert!(theirs.is_connected() && screen.find("button", "Delete view Theirs") == theirs);
}

#[wasm_bindgen_test]
async fn view_that_cannot_be_stored_is_reported() {
    let (screen, _, _) = list_of_three().await;
    screen.open_menu("Views").await;
    // Stubbed in the prototype: a property set on the storage itself would become an item.
    let storage = js_sys::Object::get_prototype_of(&local_storage());
    let refused = Stub::method(&storage, "setItem", "throw new Error('refused')");
    save(&screen, "Mine").await;
    assert_eq!(saved(&screen), ["Mine"]);
    assert!(screen.shows("This browser does not let the console keep views"));
    screen.click_button("Delete view Mine");
    settle().await;
    assert!(screen.shows("“Mine” was deleted."), "it was never stored");
    drop(refused);

    save(&screen, "Mine").await;
    let refused = Stub::method(&storage, "setItem", "throw new Error('refused')");
    screen.click_button("Delete view Mine");
    settle().await;
    assert!(screen.shows("the view is back after a reload"));
    screen.click_button("Undo");
    settle().await;
    assert!(screen.shows("“Mine” is back as it was."));
    drop(refused);
}

#[wasm_bindgen_test]
async fn column_and_row_settings_are_applied_and_stored() {
    let (screen, _, _) = list_of_three().await;
    screen.open_menu("Display").await;
    assert_eq!(screen.texts("columnheader"), ["Name", "Status", "Job", "Start", "End", "Created"]);
    screen.find("checkbox", "Job").click();
    screen.find("checkbox", "Created").click();
    screen.find("radio", "Compact").click();
    settle().await;
    assert_eq!(screen.texts("columnheader"), ["Name", "Status", "Start", "End"]);
    assert!(screen.has("table.compact"));
    let kept = |key: &str| local_storage().get_item(key).unwrap().unwrap_or_default();
    assert_eq!(kept("runboard.rows"), "compact");
    assert!(kept("runboard.columns").starts_with("status,-job,start,end,-created"), "{}", kept("runboard.columns"));
    screen.find("checkbox", "Job").click();
    settle().await;
    assert_eq!(screen.texts("columnheader"), ["Name", "Status", "Job", "Start", "End"]);
}

fn finished(id: &str) -> Arc<Run> {
    Arc::new(Run { id: RunId::new(id), name: Arc::from(id), ..run_between(-120, -60, "completed") })
}

#[wasm_bindgen_test]
async fn job_card_shows_run_count_and_latest_success_rates() {
    let jobs = std::iter::once(("j-1".to_owned(), "Spring mailing".to_owned())).collect();
    let (screen, fixture) = list_with(Config { jobs, ..Config::default() }, three(), loaded());
    settle().await;
    assert!(!screen.has_role("region", "Job Spring mailing"));
    let last = ["one", "two", "three", "four"].map(finished).to_vec();
    fixture.job.set(Some(JobFacts { id: JobId::new("j-1"), runs: 12, last }));
    let body = r#"{"action_delivery_status": {"status_succeeded_count": 9, "status_failed_count": 2}}"#;
    let counted = Summary::read(body, &RunId::new("one")).unwrap();
    let rates = vec![
        (RunId::new("one"), Ok(counted)),
        (RunId::new("two"), Ok(Summary::default())),
        (RunId::new("three"), Err(server_failed())),
    ];
    fixture.rates.set(rates);
    settle().await;
    let region = screen.find("region", "Job Spring mailing");
    assert!(text_of(&region).contains("12 runs"));
    let rates: Vec<String> = screen.all(".job-rate").iter().map(text_of).collect();
    assert_eq!(
        rates,
        ["9 of 11 (81.8 %)", "no data yet", "couldn’t be loaded. The API failed (error 503).", "loading"]
    );
    assert_eq!(at("2026-05-02T13:05:10Z"), finished("one").end_at.unwrap());
    assert!(screen.shows("Sat 2 May 13:05"));
}

#[wasm_bindgen_test]
async fn job_link_lists_only_that_job() {
    let (screen, _, _) = list_of_three().await;
    assert_eq!(screen.link("job-b"), "./?q=job:%22job-b%22");
}

#[wasm_bindgen_test]
async fn shortcut_sheet_lists_every_key_and_has_a_switch() {
    let (screen, open) = render(move |_| {
        let open = RwSignal::new(false);
        (open, view! { <ShortcutSheet open=open /> }.into_any())
    });
    settle().await;
    assert!(!screen.has_role("dialog", "Keyboard shortcuts"));
    open.set(true);
    settle().await;
    assert!(screen.has_role("dialog", "Keyboard shortcuts"));
    let keys = ["/", "j", "k", "Enter", "x", "n", "r", "a", "h", "?"];
    let on_timeline = ["+ -", "[ ]", "t", "← →", "Enter", "Shift ← →", "Esc", "Drag", "Shift drag"];
    assert_eq!(screen.texts("term"), [&keys[..], &on_timeline].concat());
    let switch = screen.field("checkbox", "Enable single-key shortcuts");
    assert!(switch.checked());
    switch.click();
    settle().await;
    assert!(!screen.context.ui.settings.shortcuts_untracked());
    assert_eq!(local_storage().get_item("runboard.shortcuts").unwrap().as_deref(), Some("off"));
    screen.click_button("Close");
    settle().await;
    assert!(!screen.has("dialog[open]") && !open.get_untracked());
}
