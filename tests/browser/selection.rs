//! Selecting rows, and the actions on the selection.

use super::run_list::{ListFixture, list, list_with, loaded, three};
use super::support::{Screen, found_in, name_of, press_key, settle};
use leptos::prelude::*;
use runboard::config::Config;
use runboard_core::run::{Run, RunId};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlElement, HtmlInputElement, MouseEvent, MouseEventInit};

fn checkbox(screen: &Screen, name: &str) -> HtmlInputElement {
    screen.find("checkbox", &format!("Select {name}")).unchecked_into()
}

fn selected(screen: &Screen) -> Vec<String> {
    let names = ["Spring", "Mailing", "Autumn"];
    names.into_iter().filter(|name| checkbox(screen, name).checked()).map(str::to_owned).collect()
}

fn shift_click(field: &HtmlElement) {
    let init = MouseEventInit::new();
    init.set_bubbles(true);
    init.set_cancelable(true);
    init.set_shift_key(true);
    field.dispatch_event(&MouseEvent::new_with_mouse_event_init_dict("click", &init).unwrap()).unwrap();
}

async fn list_of_three() -> (Screen, ListFixture) {
    let staged = list(three(), loaded());
    settle().await;
    staged
}

#[wasm_bindgen_test]
async fn checkboxes_select_and_the_bar_counts() {
    let (screen, fixture) = list_of_three().await;
    assert!(!screen.has_role("button", "Clear selection"));
    checkbox(&screen, "Mailing").click();
    checkbox(&screen, "Autumn").click();
    settle().await;
    assert_eq!(selected(&screen), ["Mailing", "Autumn"]);
    assert_eq!(screen.text(".selection-count"), "2 selected");
    assert_eq!(screen.announced(), "2 selected");
    screen.click_button("Stop 2 runs");
    assert_eq!(fixture.stops.get_untracked(), [[RunId::new("b"), RunId::new("a")]]);
    screen.click_button("Clear selection");
    settle().await;
    assert_eq!(selected(&screen), Vec::<String>::new());
    assert!(!screen.has_role("button", "Stop 2 runs"));
}

#[wasm_bindgen_test]
async fn shift_click_selects_a_range() {
    let (screen, _) = list_of_three().await;
    checkbox(&screen, "Spring").click();
    settle().await;
    shift_click(&checkbox(&screen, "Autumn"));
    settle().await;
    assert_eq!(selected(&screen), ["Spring", "Mailing", "Autumn"]);
    shift_click(&checkbox(&screen, "Spring"));
    settle().await;
    assert_eq!(selected(&screen), Vec::<String>::new());
}

#[wasm_bindgen_test]
async fn hidden_runs_stay_selected_and_are_counted() {
    let (screen, fixture) = list_of_three().await;
    screen.find("checkbox", "Select all 3 runs listed").click();
    fixture.q.set("name:mailing".to_owned());
    settle().await;
    assert_eq!(screen.text(".selection-count"), "3 selected, 2 hidden by the search");
    assert!(screen.has_role("button", "Stop 2 of 3 runs"), "one of them is over");
    // Without a match there is nothing to add, and the selection is still counted.
    fixture.q.set("nothing".to_owned());
    settle().await;
    assert_eq!(screen.text(".selection-count"), "3 selected, 3 hidden by the search");
    assert!(!found_in(&screen.host, "checkbox").iter().any(|field| name_of(field).starts_with("Select all")));
}

#[wasm_bindgen_test]
async fn selection_never_grows_by_itself() {
    let (screen, fixture) = list_of_three().await;
    screen.find("checkbox", "Select all 3 runs listed").click();
    settle().await;
    fixture.store.put(Run { id: RunId::new("new"), ..three().remove(0) });
    settle().await;
    assert_eq!(screen.text(".selection-count"), "3 selected");
    fixture.store.remove(&RunId::new("a"));
    settle().await;
    assert_eq!(screen.text(".selection-count"), "2 selected");
}

#[wasm_bindgen_test]
async fn no_selection_when_stopping_is_off() {
    let (screen, _) = list_with(Config { may_stop: false, ..Config::default() }, three(), loaded());
    settle().await;
    assert!(screen.has_role("table", "Runs"));
    assert!(!screen.has(".select") && !screen.has(".selection"));
}

#[wasm_bindgen_test]
async fn space_key_reaches_the_checkbox() {
    let (screen, _) = list_of_three().await;
    assert!(press_key(&checkbox(&screen, "Spring"), " ", false));
}
