//! The choice of quiet hours.

use crate::browser::focus;
use crate::browser::zones::Zone;
use crate::context::use_ui;
use crate::state::planning::{Quiet, store_quiet};
use crate::text::planning as words;
use leptos::prelude::*;
use runboard_core::timeline::quiet_hours::QuietHours;
use web_sys::KeyboardEvent;

/// The quiet hours, folded away; they count by the clock of the zone that was chosen when they were entered.
#[component]
pub(super) fn QuietHoursChoice(
    /// The quiet hours
    quiet: RwSignal<Quiet>,
) -> impl IntoView {
    let settings = use_ui().settings;
    let shown = move || {
        quiet.with(|quiet| {
            quiet.as_ref().map_or_else(
                || words::QUIET_NONE.to_owned(),
                |(hours, zone)| {
                    let [from, to] = hours.clocks();
                    words::quiet(&from, &to, zone.name())
                },
            )
        })
    };
    let entered = RwSignal::new(
        quiet.with_untracked(|quiet| quiet.as_ref().map_or_else(Default::default, |(hours, _)| hours.clocks())),
    );
    // A clock that stays in its field means what it meant before, whatever zone the page shows now.
    let own_zone = RwSignal::new(quiet.with_untracked(|quiet| quiet.as_ref().map(|(_, zone)| zone.clone())));
    let zone = move || own_zone.get().unwrap_or_else(|| settings.zone());
    let keep = move |new: Quiet| {
        store_quiet(&new);
        quiet.set(new);
    };
    let enter = move |at: usize| {
        move |event| {
            let text = event_target_value(&event);
            entered.update(|entered: &mut [String; 2]| {
                if let Some(entered) = entered.get_mut(at) {
                    *entered = text;
                }
            });
            let [from, to] = entered.get_untracked();
            let zone: Zone = own_zone.get_untracked().unwrap_or_else(|| settings.zone_untracked());
            own_zone.set((!from.is_empty() || !to.is_empty()).then(|| zone.clone()));
            keep(QuietHours::parse(&[&*from, "-", &*to].concat()).map(|hours| (hours, zone)));
        }
    };
    let summary = NodeRef::<leptos::html::Summary>::new();
    let turn_off = move |_| {
        // The button that was pressed goes.
        if let Some(summary) = summary.get_untracked() {
            focus::without_scrolling(&summary);
        }
        keep(None);
        own_zone.set(None);
        entered.set(Default::default());
    };
    let on_keydown = |key: KeyboardEvent| {
        if key.key() == "Enter" {
            // It would send the form.
            key.prevent_default();
        }
    };
    let note = move || {
        entered.with(|[from, to]| match (from.is_empty(), to.is_empty()) {
            (false, false) if from == to => words::QUIET_EQUAL,
            (true, false) | (false, true) => words::QUIET_HALF,
            _ => "",
        })
    };
    let field = move |label: &'static str, at: usize| {
        let value = move || entered.with(|entered| entered.get(at).cloned().unwrap_or_default());
        view! {
            <label class="choice">
                <span class="choice-label">{label}</span>
                <input type="time" prop:value=value on:change=enter(at) on:keydown=on_keydown />
            </label>
        }
    };
    view! {
        <details class="quiet-hours">
            <summary node_ref=summary>{words::QUIET_HOURS} " " <span class="hint">{shown}</span></summary>
            <div class="actions">
                {field(words::QUIET_FROM, 0)} {field(words::QUIET_TO, 1)}
                <span class="hint quiet-zone">{move || zone().name().to_owned()}</span>
                {move || quiet.with(Option::is_some).then(|| view! {
                    <button type="button" class="button quiet" on:click=turn_off>{words::QUIET_OFF}</button>
                })}
                <span class="hint" role="status">{note}</span>
            </div>
        </details>
    }
}
