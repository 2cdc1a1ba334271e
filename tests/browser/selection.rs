//! Selecting rows, and what can be done with several of them.

use super::run_list::{Parts, list, list_with, loaded, three};
use super::support::{Stage, press_key, settle, text_of};
use leptos::prelude::*;
use runboard::config::Config;
use runboard_core::run::{Run, RunId};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlElement, HtmlInputElement, MouseEvent, MouseEventInit};

fn box_of(stage: &Stage, name: &str) -> HtmlInputElement {
    stage.find("checkbox", &format!("Select {name}")).unchecked_into()
}

fn selected(stage: &Stage) -> Vec<String> {
    let names = ["Spring", "Mailing", "Autumn"];
    names.into_iter().filter(|name| box_of(stage, name).checked()).map(str::to_owned).collect()
}

fn shift_click(field: &HtmlElement) {
    let init = MouseEventInit::new();
    init.set_bubbles(true);
    init.set_cancelable(true);
    init.set_shift_key(true);
    field.dispatch_event(&MouseEvent::new_with_mouse_event_init_dict("click", &init).unwrap()).unwrap();
}

async fn of_three() -> (Stage, Parts) {
    let staged = list(three(), loaded());
    settle().await;
    staged
}

#[wasm_bindgen_test]
async fn the_boxes_select_and_the_bar_counts() {
    let (stage, parts) = of_three().await;
    assert!(!stage.offers("button", "Clear selection"));
    box_of(&stage, "Mailing").click();
    box_of(&stage, "Autumn").click();
    settle().await;
    assert_eq!(selected(&stage), ["Mailing", "Autumn"]);
    assert_eq!(stage.text(".selection-count"), "2 selected");
    assert_eq!(stage.announced(), "2 selected");
    stage.press("Stop 2 runs");
    assert_eq!(parts.stops.get_untracked(), [[RunId::new("b"), RunId::new("a")]]);
    stage.press("Clear selection");
    settle().await;
    assert_eq!(selected(&stage), Vec::<String>::new());
    assert!(!stage.offers("button", "Stop 2 runs"));
}

#[wasm_bindgen_test]
async fn a_click_with_shift_takes_the_rows_between() {
    let (stage, _) = of_three().await;
    box_of(&stage, "Spring").click();
    settle().await;
    shift_click(&box_of(&stage, "Autumn"));
    settle().await;
    assert_eq!(selected(&stage), ["Spring", "Mailing", "Autumn"]);
    shift_click(&box_of(&stage, "Spring"));
    settle().await;
    assert_eq!(selected(&stage), Vec::<String>::new());
}

#[wasm_bindgen_test]
async fn what_the_filter_hides_stays_selected_and_is_said() {
    let (stage, parts) = of_three().await;
    stage.press("Select all listed (3)");
    parts.q.set("name:mailing".to_owned());
    settle().await;
    assert_eq!(stage.text(".selection-count"), "3 selected, 2 hidden by the filter");
    assert!(stage.offers("button", "Stop 3 runs"));
    // Where nothing is listed there is nothing more to select, and what is selected is still told.
    parts.q.set("nothing".to_owned());
    settle().await;
    assert_eq!(stage.text(".selection-count"), "3 selected, 3 hidden by the filter");
    assert!(!stage.all(".selection button").iter().any(|button| text_of(button).starts_with("Select all")));
}

#[wasm_bindgen_test]
async fn the_selection_never_grows_by_itself() {
    let (stage, parts) = of_three().await;
    stage.press("Select all listed (3)");
    settle().await;
    parts.store.put(Run { id: RunId::new("new"), ..three().remove(0) });
    settle().await;
    assert_eq!(stage.text(".selection-count"), "3 selected");
    parts.store.remove(&RunId::new("a"));
    settle().await;
    assert_eq!(stage.text(".selection-count"), "2 selected");
}

#[wasm_bindgen_test]
async fn without_the_right_to_stop_there_is_nothing_to_select() {
    let (stage, _) = list_with(Config { may_stop: false, ..Config::default() }, three(), loaded());
    settle().await;
    assert!(stage.offers("table", "Runs"));
    assert!(!stage.has(".select") && !stage.has(".selection"));
}

#[wasm_bindgen_test]
async fn the_space_bar_is_left_to_the_box() {
    let (stage, _) = of_three().await;
    assert!(press_key(&box_of(&stage, "Spring"), " ", false));
}
