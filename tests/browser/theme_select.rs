//! The choice of colours.

use super::support::{Stage, all_in, document, local_storage, settle, stage_as_left, stage_with, text_of};
use leptos::prelude::*;
use runboard::components::ThemeSelect;
use runboard::config::{Config, Theme};
use wasm_bindgen_test::wasm_bindgen_test;

const NAME: &str = "Theme";

fn select(config: Config) -> Stage {
    stage_with(config, move |_| ((), view! { <ThemeSelect /> }.into_any())).0
}

/// What the style sheets go by.
fn applied() -> Option<String> {
    document().document_element().unwrap().get_attribute("data-theme")
}

#[wasm_bindgen_test]
async fn each_theme_can_be_chosen_and_is_applied_at_once() {
    let stage = select(Config::default());
    let options: Vec<String> = all_in(&stage.find("combobox", NAME), "option").iter().map(text_of).collect();
    assert_eq!(options, ["System", "Light", "Dark"]);
    assert_eq!(applied().as_deref(), Some("system"));
    for (option, word) in [("Dark", "dark"), ("Light", "light"), ("System", "system")] {
        stage.choose(NAME, option);
        settle().await;
        assert_eq!(stage.chosen(NAME), option);
        assert_eq!(applied().as_deref(), Some(word));
    }
}

#[wasm_bindgen_test]
fn the_configured_theme_holds_until_the_person_chose_one() {
    let config = Config { theme: Theme::Dark, ..Config::default() };
    let stage = select(config.clone());
    assert_eq!(stage.chosen(NAME), "Dark");
    stage.choose(NAME, "Light");
    let (again, ()) = stage_as_left(config, move |_| ((), view! { <ThemeSelect /> }.into_any()));
    assert_eq!(again.chosen(NAME), "Light");
    assert_eq!(applied().as_deref(), Some("light"));
}

#[wasm_bindgen_test]
fn a_kept_word_that_is_no_theme_is_passed_over() {
    local_storage().set_item("runboard.theme", "neon").unwrap();
    let (stage, ()) = stage_as_left(Config::default(), move |_| ((), view! { <ThemeSelect /> }.into_any()));
    assert_eq!(stage.chosen(NAME), "System");
    assert_eq!(applied().as_deref(), Some("system"));
}
