//! The list of jobs while it is open: what is highlighted stays highlighted, and on screen.

use super::new_run_form::{FormFixture, complete_draft, form};
use super::support::{Screen, attribute, document, press_key, settle, text_of, wait_until};
use leptos::prelude::*;
use runboard_core::draft::{Draft, JobOptions};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement};

async fn picker(jobs: JobOptions) -> (Screen, FormFixture, HtmlElement) {
    let (screen, fixture) = form(Draft { job_id: String::new(), ..complete_draft() });
    fixture.jobs.set(jobs);
    settle().await;
    let field = screen.find("combobox", "Job ID");
    field.focus().unwrap();
    (screen, fixture, field)
}

fn jobs(recent: &[&str]) -> JobOptions {
    let configured = ["first", "second"].map(|id| (id.to_owned(), ["The ", id].concat()));
    JobOptions::new(recent.iter().map(|id| (*id).to_owned()), &configured)
}

fn active(field: &HtmlElement) -> Option<Element> {
    document().get_element_by_id(&attribute(field, "aria-activedescendant")?)
}

#[wasm_bindgen_test]
async fn highlighted_job_stays_highlighted_when_the_runs_have_been_read() {
    let (screen, fixture, field) = picker(jobs(&[])).await;
    press_key(&field, "ArrowDown", false);
    settle().await;
    assert_eq!(active(&field).map(|option| text_of(&option)).as_deref(), Some("The first first"));
    fixture.jobs.set(jobs(&["third", "second"]));
    settle().await;
    assert_eq!(active(&field).map(|option| text_of(&option)).as_deref(), Some("The first first"));
    press_key(&field, "Enter", false);
    settle().await;
    assert_eq!(screen.field("combobox", "Job ID").value(), "first");
}

#[wasm_bindgen_test]
async fn enter_takes_no_job_when_the_highlighted_one_has_gone() {
    let (screen, fixture, field) = picker(jobs(&["third"])).await;
    press_key(&field, "ArrowDown", false);
    fixture.jobs.set(jobs(&[]));
    settle().await;
    assert!(active(&field).is_none());
    press_key(&field, "Enter", false);
    settle().await;
    assert_eq!(screen.field("combobox", "Job ID").value(), "");
}

#[wasm_bindgen_test]
async fn arrow_keys_scroll_the_highlighted_job_into_view() {
    let ids: Vec<String> = (10..40).map(|number| number.to_string()).collect();
    let (screen, _, field) = picker(JobOptions::new(ids, &[])).await;
    let list: HtmlElement = screen.find("combobox", "Job ID").next_element_sibling().unwrap().unchecked_into();
    for (property, value) in [("max-height", "60px"), ("overflow", "auto")] {
        list.style().set_property(property, value).unwrap();
    }
    let is_in_view = || {
        let (place, list) = (active(&field).unwrap().get_bounding_client_rect(), list.get_bounding_client_rect());
        place.height() > 0.0 && place.top() >= list.top() - 1.0 && place.bottom() <= list.bottom() + 1.0
    };
    for (key, job) in [("ArrowUp", "39"), ("ArrowUp", "38"), ("ArrowDown", "39"), ("ArrowDown", "10")] {
        press_key(&field, key, false);
        settle().await;
        assert_eq!(text_of(&active(&field).unwrap()), job);
        wait_until(&["job ", job, " in view"].concat(), is_in_view).await;
    }
}
