//! The choice of quiet hours, under the times of the form.

use super::new_run_form::complete_draft;
use super::planning::{form, form_of};
use super::support::{Screen, dispatch, focused, local_storage, press_key, settle, text_of};
use runboard::browser::zones::Zone;
use runboard::components::KnownRuns;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;

fn field(screen: &Screen, label: &str) -> HtmlInputElement {
    let label = screen.all("label.choice").into_iter().find(|choice| text_of(choice) == label).unwrap();
    label.query_selector("input").unwrap().unwrap().unchecked_into()
}

async fn enter(screen: &Screen, label: &str, clock: &str) {
    let field = field(screen, label);
    field.set_value(clock);
    dispatch(&field, "change");
    settle().await;
}

fn stored() -> Option<String> {
    local_storage().get_item("runboard.quiet-hours").unwrap()
}

/// The form of somebody who chose quiet hours by the clock of Berlin, and now sees UTC.
fn form_of_berlin() -> Screen {
    let (screen, _) = form_of(KnownRuns::All, complete_draft(), |_| {
        local_storage().set_item("runboard.quiet-hours", "22:00-07:00 Europe/Berlin").unwrap();
    });
    screen
}

#[wasm_bindgen_test]
async fn quiet_hours_are_stored_shaded_and_avoided() {
    let (screen, _) = form(KnownRuns::All);
    settle().await;
    enter(&screen, "Quiet from", "22:00").await;
    assert!(screen.shows("Enter both times."));
    enter(&screen, "Quiet until", "07:00").await;
    assert_eq!(stored().as_deref(), Some("22:00-07:00 UTC"));
    assert!(screen.has(".strip-quiet"));
    let first = text_of(&screen.all(".slot")[0]);
    assert!(first.starts_with("Mon 4 May 07:00 – 15:00"), "{first}");
}

#[wasm_bindgen_test]
async fn enter_in_a_quiet_field_does_not_send_the_form() {
    let (screen, _) = form(KnownRuns::All);
    settle().await;
    for label in ["Quiet from", "Quiet until"] {
        assert!(!press_key(&field(&screen, label), "Enter", false), "{label}: Enter would send the form");
        assert!(press_key(&field(&screen, label), "Tab", false), "{label}: Tab moves on");
    }
}

#[wasm_bindgen_test]
async fn one_field_keeps_the_zone_of_the_other() {
    let screen = form_of_berlin();
    settle().await;
    assert_eq!(screen.text(".quiet-zone"), "Europe/Berlin");
    screen.context.ui.settings.set_zone(Zone::named("Asia/Tokyo").unwrap());
    settle().await;
    assert_eq!(screen.text(".quiet-zone"), "Europe/Berlin");
    enter(&screen, "Quiet until", "").await;
    assert_eq!(stored(), None);
    enter(&screen, "Quiet until", "08:00").await;
    assert_eq!(stored().as_deref(), Some("22:00-08:00 Europe/Berlin"));
}

#[wasm_bindgen_test]
async fn equal_times_are_off_and_say_so() {
    let screen = form_of_berlin();
    settle().await;
    assert!(!screen.shows("Both times are the same"));
    enter(&screen, "Quiet until", "22:00").await;
    assert!(screen.shows("Both times are the same, so quiet hours are off."));
    assert_eq!(stored(), None);
    assert_eq!(screen.text(".quiet-hours summary"), "Quiet hours none");
}

#[wasm_bindgen_test]
async fn turning_them_off_moves_the_focus_to_the_summary() {
    let screen = form_of_berlin();
    settle().await;
    screen.one(".quiet-hours").set_attribute("open", "").unwrap();
    screen.click_button("Turn off quiet hours");
    settle().await;
    assert_eq!(stored(), None);
    assert!(focused(&screen.one(".quiet-hours summary")));
    assert_eq!(screen.text(".quiet-zone"), "UTC");
}
