//! The theme setting.

use super::support::{Screen, all_in, document, local_storage, render_keeping_storage, render_with, settle, text_of};
use leptos::prelude::*;
use runboard::components::ThemeSelect;
use runboard::config::{Config, Theme};
use wasm_bindgen_test::wasm_bindgen_test;

const NAME: &str = "Theme";

fn select(config: Config) -> Screen {
    render_with(config, move |_| ((), view! { <ThemeSelect /> }.into_any())).0
}

/// The attribute that the style sheets use.
fn applied_theme() -> Option<String> {
    document().document_element().unwrap().get_attribute("data-theme")
}

#[wasm_bindgen_test]
async fn chosen_theme_is_applied_at_once() {
    let screen = select(Config::default());
    let options: Vec<String> = all_in(&screen.find("combobox", NAME), "option").iter().map(text_of).collect();
    assert_eq!(options, ["System", "Light", "Dark"]);
    assert_eq!(applied_theme().as_deref(), Some("system"));
    for (option, word) in [("Dark", "dark"), ("Light", "light"), ("System", "system")] {
        screen.select_option(NAME, option);
        settle().await;
        assert_eq!(screen.selected_option(NAME), option);
        assert_eq!(applied_theme().as_deref(), Some(word));
    }
}

#[wasm_bindgen_test]
fn configured_theme_applies_until_one_is_chosen() {
    let config = Config { theme: Theme::Dark, ..Config::default() };
    let screen = select(config.clone());
    assert_eq!(screen.selected_option(NAME), "Dark");
    screen.select_option(NAME, "Light");
    let (again, ()) = render_keeping_storage(config, move |_| ((), view! { <ThemeSelect /> }.into_any()));
    assert_eq!(again.selected_option(NAME), "Light");
    assert_eq!(applied_theme().as_deref(), Some("light"));
}

#[wasm_bindgen_test]
fn invalid_stored_theme_is_ignored() {
    local_storage().set_item("runboard.theme", "neon").unwrap();
    let (screen, ()) = render_keeping_storage(Config::default(), move |_| ((), view! { <ThemeSelect /> }.into_any()));
    assert_eq!(screen.selected_option(NAME), "System");
    assert_eq!(applied_theme().as_deref(), Some("system"));
}
