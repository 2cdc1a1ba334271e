//! The field that a job is chosen in.

use super::new_run_form::{FormFixture, complete_draft, form};
use super::support::{Screen, attribute, blur, description_of, found_in, press_key, settle, text_of};
use js_sys::Reflect;
use leptos::prelude::*;
use runboard_core::draft::{Draft, JobOptions};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlElement, KeyboardEvent, KeyboardEventInit};

async fn picker() -> (Screen, FormFixture, HtmlElement) {
    let (screen, fixture) = form(Draft { job_id: String::new(), ..complete_draft() });
    let configured = [("7", "Weekly survey"), ("8", "Monthly survey")];
    let configured = configured.map(|(id, label)| (id.to_owned(), label.to_owned()));
    fixture.jobs.set(JobOptions::new(["<i>pizza</i>".to_owned(), "8".to_owned()], &configured));
    settle().await;
    let field = screen.find("combobox", "Job ID");
    (screen, fixture, field)
}

fn options(screen: &Screen) -> Vec<String> {
    found_in(&screen.host, "option")
        .iter()
        .filter(|option| option.has_attribute("id"))
        .map(|option| text_of(option))
        .collect()
}

/// The text of the option that the arrow keys have reached.
fn active(field: &HtmlElement) -> Option<String> {
    let id = attribute(field, "aria-activedescendant")?;
    let option = super::support::document().get_element_by_id(&id).unwrap();
    assert_eq!(attribute(&option, "aria-selected").as_deref(), Some("true"));
    Some(text_of(&option))
}

#[wasm_bindgen_test]
async fn jobs_are_offered_by_label_with_those_of_runs_first() {
    let (screen, _, field) = picker().await;
    assert_eq!((attribute(&field, "aria-expanded").as_deref(), options(&screen).len()), (Some("false"), 0));
    field.click();
    settle().await;
    assert_eq!(attribute(&field, "aria-expanded").as_deref(), Some("true"));
    assert_eq!(options(&screen), ["<i>pizza</i>", "Monthly survey 8", "Weekly survey 7"]);
    screen.type_text("Job ID", "week");
    settle().await;
    assert_eq!(options(&screen), ["Weekly survey 7"]);
    found_in(&screen.host, "option").into_iter().find(|option| option.has_attribute("id")).unwrap().click();
    settle().await;
    assert_eq!(screen.field("textbox", "Job ID").value(), "7");
    assert!(description_of(&field).contains("Weekly survey"));
    assert!(options(&screen).is_empty());
}

#[wasm_bindgen_test]
async fn arrows_reach_the_options_enter_takes_one_and_escape_closes() {
    let (screen, fixture, field) = picker().await;
    field.focus().unwrap();
    for (key, expected) in [
        ("ArrowDown", Some("<i>pizza</i>")),
        ("ArrowDown", Some("Monthly survey 8")),
        ("ArrowUp", Some("<i>pizza</i>")),
        ("ArrowUp", Some("Weekly survey 7")),
        ("Home", None),
        ("ArrowDown", Some("<i>pizza</i>")),
    ] {
        press_key(&field, key, false);
        settle().await;
        assert_eq!(active(&field).as_deref(), expected, "{key}");
    }
    assert!(!press_key(&field, "Enter", false), "the form is not submitted");
    settle().await;
    assert_eq!(screen.field("textbox", "Job ID").value(), "<i>pizza</i>");
    assert!(options(&screen).is_empty());
    field.click();
    settle().await;
    press_key(&field, "Escape", false);
    settle().await;
    assert!(options(&screen).is_empty());
    assert!(press_key(&field, "Enter", false), "a closed list leaves Enter to the form");
    assert!(fixture.sent.get_untracked().is_empty());
}

#[wasm_bindgen_test]
async fn keys_of_an_input_method_choose_nothing() {
    let (_screen, _, field) = picker().await;
    field.focus().unwrap();
    let init = KeyboardEventInit::new();
    init.set_key("ArrowDown");
    init.set_is_composing(true);
    let key = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
    assert!(Reflect::get(&key, &JsValue::from_str("isComposing")).unwrap().is_truthy());
    field.dispatch_event(&key).unwrap();
    settle().await;
    assert_eq!(active(&field), None);
}

#[wasm_bindgen_test]
async fn typed_label_becomes_the_id_of_its_job() {
    let (screen, fixture, field) = picker().await;
    screen.type_text("Job ID", "weekly SURVEY ");
    settle().await;
    assert!(description_of(&field).contains("Its ID will be sent: 7"), "{}", description_of(&field));
    screen.click_button("Schedule run");
    settle().await;
    assert_eq!(fixture.sent.get_untracked()[0].job_id.as_str(), "7");
    assert_eq!(screen.field("textbox", "Job ID").value(), "7");
    screen.type_text("Job ID", "Monthly survey");
    blur(&field, None);
    settle().await;
    assert_eq!(screen.field("textbox", "Job ID").value(), "8");
}

#[wasm_bindgen_test]
async fn unknown_job_is_questioned_and_can_be_scheduled() {
    const QUESTION: &str = "No run has used this job ID, and it isn’t configured. Check it before you schedule.";
    const HINT: &str = "No run has used this job ID yet. Check it.";
    let (screen, fixture, _) = picker().await;
    for (job, questioned) in [("7", false), ("<i>pizza</i>", false), ("Weekly survey", false), ("77", true)] {
        screen.type_text("Job ID", job);
        settle().await;
        assert_eq!(screen.shows(QUESTION), questioned, "{job}");
        assert!(!screen.shows(HINT), "not before the ID has been typed");
    }
    blur(&screen.field("textbox", "Job ID").into(), None);
    settle().await;
    assert!(screen.shows(HINT));
    screen.click_button("Schedule run");
    assert_eq!(fixture.sent.get_untracked()[0].job_id.as_str(), "77");
}
