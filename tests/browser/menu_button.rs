//! A button that opens a menu.

use super::support::{Screen, attribute, focused, render, settle, wait_until};
use leptos::prelude::*;
use runboard::components::IconName;
use runboard::components::shared::MenuButton;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

/// A menu with a button that closes it, and how often it was loaded.
fn menu_button() -> (Screen, (RwSignal<String>, RwSignal<u32>)) {
    render(move |_| {
        let (label, loads) = (RwSignal::new("Colours".to_owned()), RwSignal::new(0));
        let node = view! {
            <MenuButton
                id="colours"
                icon=IconName::Display
                label=label
                load=move |menu| async move {
                    loads.update(|loads| *loads += 1);
                    Ok(view! { <button type="button" on:click=move |_| menu.close()>"Red"</button> }.into_any())
                }
            />
        };
        ((label, loads), node.into_any())
    })
}

fn menu(screen: &Screen) -> HtmlElement {
    screen.one("#colours").unchecked_into()
}

fn is_open(screen: &Screen) -> bool {
    menu(screen).matches(":popover-open").unwrap()
}

#[wasm_bindgen_test]
async fn button_opens_and_closes_its_menu() {
    let (screen, _) = menu_button();
    assert!(!is_open(&screen) && !screen.has_role("group", "Colours"));
    let button = screen.find("button", "Colours");
    button.click();
    wait_until("the content", || screen.has_role("button", "Red")).await;
    assert!(is_open(&screen) && screen.has_role("group", "Colours"));
    button.click();
    settle().await;
    assert!(!is_open(&screen) && !screen.has_role("button", "Red"));
}

#[wasm_bindgen_test]
async fn content_is_loaded_when_it_is_first_opened_and_kept() {
    let (screen, (_, loads)) = menu_button();
    settle().await;
    assert_eq!((loads.get_untracked(), menu(&screen).child_element_count()), (0, 0));
    screen.open_menu("Colours").await;
    let red = screen.find("button", "Red");
    menu(&screen).hide_popover().unwrap();
    screen.open_menu("Colours").await;
    settle().await;
    assert_eq!((loads.get_untracked(), screen.find("button", "Red")), (1, red));
}

#[wasm_bindgen_test]
async fn content_can_close_the_menu_and_the_focus_returns_to_the_button() {
    let (screen, _) = menu_button();
    screen.open_menu("Colours").await;
    let red = screen.find("button", "Red");
    red.focus().unwrap();
    red.click();
    settle().await;
    assert!(!is_open(&screen));
    assert!(focused(&screen.find("button", "Colours")));
}

#[wasm_bindgen_test]
async fn menu_is_one_that_the_browser_closes() {
    // On Escape and on a press elsewhere; only keys and presses of a person do, which `menus.spec.ts` has.
    let (screen, _) = menu_button();
    assert_eq!(attribute(&menu(&screen), "popover").as_deref(), Some("auto"));
    assert_eq!(attribute(&screen.find("button", "Colours"), "popovertarget").as_deref(), Some("colours"));
}

#[wasm_bindgen_test]
async fn menu_hangs_below_its_button() {
    let (screen, _) = menu_button();
    let button = screen.find("button", "Colours");
    screen.open_menu("Colours").await;
    let bottom = button.get_bounding_client_rect().bottom().round();
    assert_eq!(menu(&screen).style().get_property_value("--menu-top").unwrap(), format!("{bottom}px"));
}

#[wasm_bindgen_test]
async fn name_of_button_and_menu_can_change() {
    let (screen, (label, _)) = menu_button();
    screen.open_menu("Colours").await;
    label.set("Sizes".to_owned());
    settle().await;
    assert!(screen.has_role("button", "Sizes") && screen.has_role("group", "Sizes"));
}
