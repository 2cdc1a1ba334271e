//! The range in words, and the buttons that change it.

use super::keyboard::{MOVE, ZOOM, shift, to_now, zoom};
use super::scene::Scene;
use crate::address::Address;
use crate::browser::toolbar;
use crate::components::shared::{Icon, IconName};
use crate::text::timeline as words;
use leptos::html;
use leptos::prelude::*;
use runboard_core::timeline::edges::Edges;
use runboard_core::timeline::lanes::Grouping;

const PRESETS: [(&str, Edges); 4] = [
    (words::TODAY, Edges::TODAY),
    (words::NEXT_DAY, Edges::NEXT_DAY),
    (words::THIS_WEEK, Edges::THIS_WEEK),
    (words::NEXT_WEEK, Edges::NEXT_WEEK),
];

/// The controls of the range: one stop of the Tab key, as the list's tools are.
#[component]
pub(super) fn Controls(scene: Scene) -> impl IntoView {
    let bar = NodeRef::<html::Div>::new();
    let on_keydown = move |event: web_sys::KeyboardEvent| {
        if bar.get_untracked().is_some_and(|bar| toolbar::handle_key(&bar, &event)) {
            event.prevent_default();
        }
    };
    let range = move || {
        let range = scene.range.get();
        let (from, to) = scene.range_words(range.from(), range.to());
        words::range(&from, &to)
    };
    let preset = move |(name, edges): (&'static str, Edges)| {
        let choose = move |_| scene.ui.navigation.choose(&scene.address(edges));
        let pressed = move || if scene.edges.get() == edges { "true" } else { "false" };
        view! { <button type="button" class="filter" tabindex="-1" aria-pressed=pressed on:click=choose>{name}</button> }
    };
    let lanes = move |grouping: Grouping, name: &'static str| {
        let choose = move |_| {
            let (q, edges) = (scene.q(), scene.edges.get_untracked());
            scene.ui.navigation.choose(&Address::Timeline { q, edges, grouping });
        };
        let pressed = move || if scene.grouping.get() == grouping { "true" } else { "false" };
        view! { <button type="button" tabindex="-1" aria-pressed=pressed on:click=choose>{name}</button> }
    };
    let step = move |name: &'static str, icon: IconName, class: &'static str, is_first: bool, go: fn(Scene)| {
        view! {
            <button type="button" class=["button tl-step ", class].concat() tabindex=(!is_first).then_some("-1") aria-label=name title=name on:click=move |_| go(scene)>
                <Icon name=icon />
            </button>
        }
    };
    view! {
        <div class="tl-controls" role="toolbar" aria-label=words::CONTROLS node_ref=bar on:keydown=on_keydown>
            <div class="tl-moves">
                {step(words::EARLIER, IconName::Up, "earlier", true, |scene| shift(scene, -MOVE))}
                <button type="button" class="button" tabindex="-1" on:click=move |_| to_now(scene)>{words::NOW}</button>
                {step(words::LATER, IconName::Up, "later", false, |scene| shift(scene, MOVE))}
            </div>
            <p class="tl-range">
                {range}
                // Where there is no corner for it.
                <span class="tl-range-zone hint">" " {move || scene.ui.settings.zone().name().to_owned()}</span>
            </p>
            <div class="tl-presets" role="group" aria-label=words::PRESETS>{PRESETS.map(preset)}</div>
            <div class="segments" role="group" aria-label=words::LANES>
                {lanes(Grouping::ByJob, words::BY_JOB)}
                {lanes(Grouping::ByRun, words::BY_RUN)}
            </div>
            <div class="tl-moves">
                {step(words::ZOOM_OUT, IconName::Minus, "", false, |scene| zoom(scene, 1.0 / ZOOM))}
                {step(words::ZOOM_IN, IconName::Plus, "", false, |scene| zoom(scene, ZOOM))}
            </div>
        </div>
    }
}
