//! A saved view keeps the columns, their order and the row height.

use super::run_list::{list, loaded, three};
use super::support::{Screen, attribute, local_storage, settle};
use leptos::prelude::*;
use runboard_core::query::SortKey;
use wasm_bindgen_test::wasm_bindgen_test;

async fn choose(screen: &Screen, view: &str) {
    screen.open_menu("Views").await;
    screen.click_button(view);
    settle().await;
}

#[wasm_bindgen_test]
async fn saved_view_brings_back_columns_their_order_and_the_row_height() {
    let (screen, _) = list(three(), loaded());
    let settings = screen.context.ui.settings;
    let heads = || screen.texts("columnheader");
    settings.change_columns(|columns| {
        columns.toggle(SortKey::Created);
        columns.move_to(SortKey::Job, 9);
    });
    screen.open_menu("Display").await;
    screen.find("radio", "Compact").click();
    settle().await;
    screen.open_menu("Views").await;
    screen.type_text("Save this view", "Mine");
    settle().await;
    screen.click_button("Save view");
    settle().await;
    let is_pressed = || attribute(&screen.find("button", "Mine"), "aria-pressed");
    assert_eq!(is_pressed().as_deref(), Some("true"));

    settings.change_columns(|columns| columns.toggle(SortKey::Created));
    settings.change_columns(|columns| columns.move_to(SortKey::Job, 0));
    screen.open_menu("Display").await;
    screen.find("radio", "Comfortable").click();
    settle().await;
    assert_eq!(heads(), ["Name", "Job", "Status", "Start", "End", "Created"]);
    screen.open_menu("Views").await;
    assert_eq!(is_pressed().as_deref(), Some("false"), "the list looks different from the view");

    screen.click_button("Mine");
    settle().await;
    assert_eq!(heads(), ["Name", "Status", "Start", "End", "Job"]);
    assert!(screen.has("table.compact"));
    assert_eq!(local_storage().get_item("runboard.rows").unwrap().as_deref(), Some("compact"));
    screen.open_menu("Views").await;
    assert_eq!(is_pressed().as_deref(), Some("true"));
}

#[wasm_bindgen_test]
async fn view_of_an_earlier_version_leaves_columns_and_row_height_as_they_are() {
    let (screen, fixture) = list(three(), loaded());
    screen.context.ui.settings.change_columns(|columns| columns.toggle(SortKey::Job));
    // Another tab, with the version before.
    local_storage().set_item("runboard.views", r#"[{"name":"Old","q":"spring","sort":"name"}]"#).unwrap();
    screen.open_menu("Views").await;
    screen.type_text("Save this view", "New");
    settle().await;
    screen.click_button("Save view");
    settle().await;
    choose(&screen, "Old").await;
    assert_eq!(fixture.queries.get_untracked(), ["spring"]);
    assert_eq!(screen.texts("columnheader"), ["Name", "Status", "Start", "End", "Created"]);
    let stored = local_storage().get_item("runboard.views").unwrap().unwrap_or_default();
    assert!(stored.contains(r#"{"name":"Old","q":"spring","sort":"name"}"#), "it stays as it was stored: {stored}");
}
