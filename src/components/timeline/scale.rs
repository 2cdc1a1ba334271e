//! Days and hours above the lanes.

use super::canvas::MIN_SPACE;
use super::gestures;
use super::scene::Scene;
use crate::text::timeline as words;
use leptos::prelude::*;
use runboard_core::time::print;
use runboard_core::timeline::bands;

/// Where the names of days stand, and those of hours.
const DAY_Y: &str = "16";
const HOUR_Y: &str = "34";
/// A day's name needs so much space; below that, its number, and below that every so manyth.
const DAY_NAME: f64 = 92.0;
/// Half the width of an hour's name, and of the flag at the present.
const HOUR_NAME: f64 = 17.0;
const NOW_FLAG: f64 = 18.0;

/// The scale.
#[component]
pub(super) fn Scale(scene: Scene) -> impl IntoView {
    let now = Memo::new(move |_| scene.x(scene.now.get()));
    let marks = move || {
        let (drawn, offset) = (scene.drawing.get().range(), scene.offsets());
        let width = scene.drawn_width();
        let days = bands::days(drawn, &offset);
        let day_width = width / days.len().max(1) as f64;
        let every = (DAY_NAME / day_width.max(0.1)).ceil().max(1.0) as usize;
        let (first, last) = scene.edges_of_view();
        let names = days.iter().enumerate().filter(|(index, _)| index % every == 0).map(|(_, day)| {
            let (from, to) = (scene.x(day.from), scene.x(day.to));
            let x = if every == 1 { first.clamp(from, (to - DAY_NAME).max(from)) } else { from };
            let words = print::day_words(day.from, offset(day.from));
            let class = if day.is_weekend() { "tl-day-name weekend" } else { "tl-day-name" };
            // Half a name at the edge would be no name.
            let is_cut = (x < first && x + DAY_NAME > first) || (x < last && x + DAY_NAME > last);
            view! {
                <line class="tl-midnight" x1=from x2=from y1="0" y2="42"></line>
                <text class=class class:covered=is_cut x=x + 6.0 y=DAY_Y>{words.rsplit_once(' ').map(|(day, _)| day.to_owned())}</text>
            }
        });
        let hours = bands::ticks(drawn, width, MIN_SPACE, &offset).into_iter().map(|tick| {
            let x = scene.x(tick.at);
            let is_cut = (x - first).abs() < HOUR_NAME || (x - last).abs() < HOUR_NAME;
            let is_covered = move || is_cut || (x - now.get()).abs() < NOW_FLAG + HOUR_NAME;
            view! { <text class="tl-hour-name" class:covered=is_covered x=x y=HOUR_Y>{format!("{:02}:{:02}", tick.hour, tick.minute)}</text> }
        });
        let changes = bands::clock_changes(drawn, &offset).into_iter().map(|change| {
            view! { <g class="tl-change"><line x1=scene.x(change.at) x2=scene.x(change.at) y1="20" y2="42"></line><title>{words::clock_change(&change.by.words(), change.by.millis() > 0)}</title></g> }
        });
        view! { <g>{names.collect_view()}{hours.collect_view()}{changes.collect_view()}</g> }
    };
    view! {
        <div
            class="tl-scale"
            aria-hidden="true"
            on:pointerdown=move |event| gestures::on_pointer_down(scene, &event)
            on:pointermove=move |event| gestures::on_pointer_move(scene, &event)
            on:pointerup=move |event| gestures::on_pointer_up(scene, &event)
            on:pointercancel=move |event| gestures::on_cancel(scene, &event)
        >
            <svg class="tl-picture" width=move || scene.drawn_width() height="42" style:transform=move || scene.transform() style:transform-origin="0 0" focusable="false">
                {marks}
                <g class="tl-now-flag" transform=move || format!("translate({:.1} 24)", now.get())>
                    // Numbers: an element of strings alone would be written as HTML, which the page's policy forbids.
                    <rect x=-17 y=0 width=34 height=16 rx=8></rect>
                    <text y="12">{words::NOW}</text>
                </g>
            </svg>
        </div>
    }
}
