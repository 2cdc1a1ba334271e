//! The time zone setting.

use crate::browser::zones::{self, Zone};
use crate::context::use_ui;
use crate::text::shell;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Chooses UTC, the browser's zone or any other. The long list of all zones is filled in after the first paint.
#[component]
pub fn ZoneSelect() -> impl IntoView {
    let settings = use_ui().settings;
    let browser_zone = Zone::local().name().to_owned();
    let chosen = Memo::new(move |_| settings.zone().name().to_owned());
    let all_zones = RwSignal::new(Vec::<String>::new());
    spawn_local(async move {
        TimeoutFuture::new(0).await;
        all_zones.try_set(zones::names());
    });
    let choose = move |event| {
        if let Some(zone) = Zone::named(&event_target_value(&event)) {
            settings.set_zone(zone);
        }
    };
    let option = move |value: String, label: String| {
        let zone = value.clone();
        let selected = move || chosen.with(|chosen| *chosen == zone);
        view! { <option value=value prop:selected=selected>{label}</option> }
    };
    let usual = {
        let browser_zone = browser_zone.clone();
        move || {
            let mut usual = vec![option("UTC".to_owned(), "UTC".to_owned())];
            if browser_zone != "UTC" {
                usual.push(option(browser_zone.clone(), shell::browser_zone(&browser_zone)));
            }
            let chosen = chosen.get();
            // Browsers accept zone names that they do not list; the chosen one has to be an option anyway.
            if chosen != "UTC" && chosen != browser_zone && !all_zones.with(|names| names.contains(&chosen)) {
                usual.push(option(chosen.clone(), chosen));
            }
            usual
        }
    };
    let all = move || {
        let others = all_zones.get().into_iter().filter(|name| *name != browser_zone);
        others.map(|name| option(name.clone(), name)).collect_view()
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
