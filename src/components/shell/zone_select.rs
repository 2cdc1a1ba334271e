//! The choice of the time zone.

use crate::browser::zones::{self, Zone};
use crate::context::use_ui;
use crate::text::shell;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// UTC, this browser's zone, or any other. The many others are filled in once the page is drawn.
#[component]
pub fn ZoneSelect() -> impl IntoView {
    let settings = use_ui().settings;
    let own = Zone::local();
    let chosen = Memo::new(move |_| settings.zone().name().to_owned());
    let others = RwSignal::new(Vec::<String>::new());
    spawn_local(async move {
        TimeoutFuture::new(0).await;
        others.try_set(zones::names());
    });
    let choose = move |event| {
        if let Some(zone) = Zone::named(&event_target_value(&event)) {
            settings.set_zone(zone);
        }
    };
    let option = move |value: String, words: String| {
        let selected = value.clone();
        view! { <option value=value prop:selected={move || chosen.get() == selected}>{words}</option> }
    };
    let own_name = own.name().to_owned();
    let usual = {
        let own_name = own_name.clone();
        move || {
            let mut usual = vec![option("UTC".to_owned(), "UTC".to_owned())];
            if own_name != "UTC" {
                usual.push(option(own_name.clone(), shell::browser_zone(&own_name)));
            }
            let now = settings.zone().name().to_owned();
            // A chosen zone that the browser takes but does not list stays choosable.
            if now != "UTC" && now != own_name && !others.with(|others| others.contains(&now)) {
                usual.push(option(now.clone(), now));
            }
            usual
        }
    };
    let all = move || {
        let names = others.get();
        names.into_iter().filter(|name| *name != own_name).map(|name| option(name.clone(), name)).collect::<Vec<_>>()
    };
    view! {
        <label class="choice">
            <span class="choice-label">{shell::ZONE}</span>
            <select on:change=choose>
                <optgroup label=shell::ZONES_COMMON>{usual}</optgroup>
                <optgroup label=shell::ZONES_ALL>{all}</optgroup>
            </select>
        </label>
    }
}
