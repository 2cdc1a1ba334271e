//! The setting for how often data is refreshed.

use crate::context::use_ui;
use crate::state::settings::Updates;
use crate::text::shell;
use leptos::prelude::*;
use runboard_core::time::Span;

/// Chooses the refresh interval or pauses updates. The configured interval is always offered.
#[component]
pub fn UpdatesSelect() -> impl IntoView {
    let settings = use_ui().settings;
    let choose = move |event| {
        if let Some(updates) = Updates::from_word(&event_target_value(&event)) {
            settings.set_updates(updates);
        }
    };
    let mut seconds = vec![5, 15, 30, 60, 300];
    for more in [settings.configured_seconds(), settings.interval_seconds()] {
        if let Err(at) = seconds.binary_search(&more) {
            seconds.insert(at, more);
        }
    }
    let intervals = seconds.into_iter().map(Updates::Every).chain([Updates::Paused]);
    let option = |updates: Updates| {
        let selected = move || settings.updates() == updates;
        let name = match updates {
            Updates::Every(seconds) => shell::every(&Span::from_seconds(i64::from(seconds)).words()),
            Updates::Paused => shell::PAUSED.to_owned(),
        };
        view! { <option value=updates.word() prop:selected=selected>{name}</option> }
    };
    view! {
        <label class="choice">
            <span class="choice-label">{shell::UPDATES}</span>
            <select on:change=choose>{intervals.map(option).collect_view()}</select>
        </label>
    }
}
