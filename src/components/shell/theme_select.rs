//! The theme setting.

use crate::config::Theme;
use crate::context::use_ui;
use crate::text::shell;
use leptos::prelude::*;

/// Chooses between the system's theme, light and dark.
#[component]
pub fn ThemeSelect() -> impl IntoView {
    let settings = use_ui().settings;
    let choose = move |event| {
        if let Some(theme) = Theme::from_word(&event_target_value(&event)) {
            settings.set_theme(theme);
        }
    };
    let options = Theme::ALL.map(|theme| {
        let selected = move || settings.theme() == theme;
        let name = match theme {
            Theme::System => shell::THEME_SYSTEM,
            Theme::Light => shell::THEME_LIGHT,
            Theme::Dark => shell::THEME_DARK,
        };
        view! { <option value=theme.word() prop:selected=selected>{name}</option> }
    });
    view! {
        <label class="choice">
            <span class="choice-label">{shell::THEME}</span>
            <select on:change=choose>{options}</select>
        </label>
    }
}
