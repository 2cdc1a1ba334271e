//! The choice of quiet hours.

use crate::browser::zones::Zone;
use crate::context::use_ui;
use crate::state::planning::{Quiet, store_quiet};
use crate::text::planning as words;
use leptos::prelude::*;
use runboard_core::timeline::quiet_hours::QuietHours;

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
    let enter = move |at: usize| {
        move |event| {
            let text = event_target_value(&event);
            entered.update(|entered| {
                if let Some(entered) = entered.get_mut(at) {
                    *entered = text;
                }
            });
            let [from, to] = entered.get_untracked();
            if let Some(hours) = QuietHours::parse(&[&*from, "-", &*to].concat()) {
                let zone: Zone = settings.zone_untracked();
                quiet.set(Some((hours, zone)));
                quiet.with_untracked(store_quiet);
            }
        }
    };
    let turn_off = move |_| {
        quiet.set(None);
        entered.set(Default::default());
        store_quiet(&None);
    };
    let field = move |label: &'static str, at: usize| {
        let value = move || entered.with(|entered| entered.get(at).cloned().unwrap_or_default());
        view! { <label class="choice"><span class="choice-label">{label}</span><input type="time" prop:value=value on:change=enter(at) /></label> }
    };
    view! {
        <details class="quiet-hours">
            <summary>{words::QUIET_HOURS} " " <span class="hint">{shown}</span></summary>
            <div class="actions">
                {field(words::QUIET_FROM, 0)} {field(words::QUIET_TO, 1)}
                <span class="hint">{move || settings.zone().name().to_owned()}</span>
                {move || quiet.with(Option::is_some).then(|| view! {
                    <button type="button" class="button quiet" on:click=turn_off>{words::QUIET_OFF}</button>
                })}
            </div>
        </details>
    }
}
