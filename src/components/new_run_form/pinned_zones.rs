//! The window as the clocks of other zones show it.

use crate::browser::focus;
use crate::browser::zones::{self, Zone};
use crate::components::shared::{CopyButton, Icon, IconName};
use crate::state::planning::{store_zones, stored_zones};
use crate::text::planning as words;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use runboard_core::time::Span;
use runboard_core::time::print::{clock_words, day_words};
use runboard_core::timeline::bands::ClockChange;
use runboard_core::timeline::zones::{MAX_PINNED, ZoneWindow, as_text, city, meant};
use runboard_core::window::Window;
use web_sys::KeyboardEvent;

const INPUT_ID: &str = "add-zone";
const LIST_ID: &str = "zone-names";
const NOTE_ID: &str = "add-zone-note";

/// Up to four zones with the window in their local time, the nights shaded, and a button that copies all of it as text.
#[component]
pub(super) fn PinnedZones(
    /// The window, in whole seconds; the last one while a time cannot be read
    window: Signal<Option<Window>>,
    /// Whether it is the last one
    is_old: Signal<bool>,
    /// The name of the run
    name: Signal<String>,
) -> impl IntoView {
    let pinned = RwSignal::new(stored_zones());
    let keep = move |change: &dyn Fn(&mut Vec<Zone>)| {
        pinned.update(change);
        pinned.with_untracked(|pinned| store_zones(pinned));
    };
    let text = Signal::derive(move || {
        let Some(window) = window.get().filter(|_| !is_old.get()) else { return String::new() };
        pinned.with(|pinned| {
            let offsets: Vec<_> = pinned.iter().map(|zone| (zone.name(), move |at| zone.offset(at))).collect();
            let zones: Vec<_> = offsets.iter().map(|(name, offset)| (*name, offset as _)).collect();
            as_text(&name.get(), window, &zones)
        })
    });
    let row = move |zone: Zone| {
        let (clocks, removed) = (zone.clone(), zone.clone());
        let place = city(zone.name());
        let remove = move |_| {
            keep(&|pinned| pinned.retain(|zone| *zone != removed));
            // The button that was pressed has gone.
            focus::first(&["#", INPUT_ID].concat());
        };
        view! {
            <li>
                <b class="zone-city" title=zone.name().to_owned()>{place.clone()}</b>
                <div class="zone-times" class:stale=move || is_old.get() inert=move || is_old.get()>{move || window.get().map(|window| zone_view(window, &clocks))}</div>
                <button
                    type="button"
                    class="button quiet small"
                    aria-label=words::remove_zone(&place)
                    title=words::remove_zone(&place)
                    on:click=remove
                >
                    <Icon name=IconName::Close />
                </button>
            </li>
        }
    };
    let any = Memo::new(move |_| pinned.with(|pinned| !pinned.is_empty()));
    let places = move || {
        pinned.with(|pinned| match &pinned[..] {
            [] => words::ZONES_NONE.to_owned(),
            pinned => pinned.iter().map(|zone| city(zone.name())).collect::<Vec<_>>().join(", "),
        })
    };
    // What was pinned is what somebody wants to see.
    let is_open = any.get_untracked();
    view! {
        <details class="pinned-zones" open=is_open>
            <summary>{words::ZONES} " " <span class="hint">{places}</span></summary>
            <ul class="zone-rows"><For each=move || pinned.get() key=|zone| zone.name().to_owned() children=row /></ul>
            <AddZone pinned=pinned on_add=move |zone: Zone| keep(&|pinned| pinned.push(zone.clone())) />
            {move || (any.get() && window.with(Option::is_some)).then(|| view! {
                <div class="zones-copy" class:stale=move || is_old.get() inert=move || is_old.get()><CopyButton what=words::ZONES_COPIED text=text with_label=true /></div>
            })}
        </details>
    }
}

/// The day and the times in a zone, over a picture of the window in which the nights are shaded.
fn zone_view(window: Window, zone: &Zone) -> impl IntoView + use<> {
    let shown = ZoneWindow::new(window, &|at| zone.offset(at));
    let change = |ClockChange { at, by }: &ClockChange| {
        let before = zone.offset(at.plus(Span::from_seconds(-1)));
        let size = Span::from_millis(by.millis().abs()).exact_words();
        let clocks = [clock_words(*at, before), clock_words(*at, zone.offset(*at))];
        let [from, to] = clocks;
        view! { <span class="zone-change">{words::clock_change(by.millis() > 0, &size, &day_words(*at, before), &from, &to)}</span> }
    };
    let night = |night: &runboard_core::timeline::stretch::Placed| {
        view! { <rect class="zone-night" x=format!("{:.3}%", night.x) width=format!("{:.3}%", night.width) height="6"></rect> }
    };
    let at_night = (shown.night.millis() > 0).then(|| words::night(&shown.night.exact_words()));
    view! {
        <span class="zone-window">{shown.words()}</span>
        " "
        <span class="hint">{shown.offset.clone()} {at_night.map(|words| [", ", &words].concat())}</span>
        <svg class="zone-track" width="100%" height="6" aria-hidden="true" focusable="false">
            // A number: an element of strings alone would be written as HTML, which the page's policy forbids.
            <rect class="zone-day" width="100%" height=6></rect>
            {shown.nights.iter().map(night).collect_view()}
        </svg>
        {shown.changes.iter().map(change).collect_view()}
    }
}

/// A field with suggestions (the browser's own combobox), which takes a zone's name or its city.
#[component]
fn AddZone(
    /// The zones that are pinned
    pinned: RwSignal<Vec<Zone>>,
    /// Called with another one
    #[prop(into)]
    on_add: Callback<Zone>,
) -> impl IntoView {
    let all = RwSignal::new(Vec::<String>::new());
    spawn_local(async move {
        TimeoutFuture::new(0).await;
        let mut names = zones::names();
        names.insert(0, "UTC".to_owned());
        all.try_set(names);
    });
    let typed = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<&'static str>);
    let add = move || {
        let text = typed.get_untracked();
        if text.trim().is_empty() {
            return;
        }
        let name = all.with_untracked(|names| meant(&text, names).map(ToOwned::to_owned));
        // Browsers accept names that they do not list.
        let Some(zone) = Zone::named(&name.unwrap_or(text)) else { return problem.set(Some(words::ZONE_UNKNOWN)) };
        let refused = pinned.with_untracked(|pinned| match pinned {
            pinned if pinned.contains(&zone) => Some(words::ZONE_PINNED),
            pinned if pinned.len() >= MAX_PINNED => Some(words::ZONES_FULL),
            _ => None,
        });
        problem.set(refused);
        if refused.is_none() {
            typed.set(String::new());
            on_add.run(zone);
        }
    };
    let on_keydown = move |key: KeyboardEvent| {
        if key.key() == "Enter" && !key.is_composing() {
            // It would send the form.
            key.prevent_default();
            add();
        }
    };
    let options = move || all.get().into_iter().map(|name| view! { <option value=name></option> }).collect_view();
    let note = move || problem.get().unwrap_or(words::ZONES_HINT);
    view! {
        <div class="add-zone">
            <label for=INPUT_ID class="choice-label">{words::ADD_ZONE}</label>
            <input
                id=INPUT_ID
                type="text"
                list=LIST_ID
                autocomplete="off"
                spellcheck="false"
                aria-describedby=NOTE_ID
                aria-invalid=move || problem.get().is_some().then_some("true")
                prop:value=move || typed.get()
                on:input=move |event| {
                    typed.set(event_target_value(&event));
                    problem.set(None);
                }
                on:keydown=on_keydown
            />
            <button type="button" class="button quiet" on:click=move |_| add()>{words::ADD}</button>
            <datalist id=LIST_ID>{options}</datalist>
        </div>
        <p id=NOTE_ID class="hint" role="status" class:error=move || problem.get().is_some()>{note}</p>
    }
}
