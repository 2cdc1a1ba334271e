//! The switch between the list and the timeline.

use crate::context::use_ui;
use crate::text::timeline as words;
use leptos::prelude::*;

/// Shows the same runs as a list or as a timeline: the query and its filters stay.
#[component]
pub(super) fn ViewSwitch(
    /// Which of the two is shown
    is_timeline: Memo<bool>,
) -> impl IntoView {
    let navigation = use_ui().navigation;
    let button = move |timeline: bool, name: &'static str| {
        let pressed = move || if is_timeline.get() == timeline { "true" } else { "false" };
        let switch = move |_| navigation.choose(&navigation.switched(timeline));
        view! { <button type="button" tabindex="-1" aria-pressed=pressed on:click=switch>{name}</button> }
    };
    view! {
        <div class="segments" role="group" aria-label=words::VIEW>
            {button(false, words::AS_LIST)}
            {button(true, words::AS_TIMELINE)}
        </div>
    }
}
