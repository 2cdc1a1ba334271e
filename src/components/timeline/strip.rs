//! How many windows are open at each moment.

use super::scene::Scene;
use crate::browser::{number, viewport};
use crate::text::timeline as words;
use leptos::prelude::*;
use runboard_core::time::Span;
use runboard_core::timeline::concurrency::columns;
use runboard_core::timeline::range::Range;
use std::fmt::Write;
use web_sys::MouseEvent;

const HEIGHT: f64 = 40.0;
const COLUMN: f64 = 2.0;
/// A click shows this share of the range.
const CLOSER: f64 = 0.25;

/// What the top of the strip stands for.
#[component]
pub(super) fn StripScale(scene: Scene) -> impl IntoView {
    let most = Memo::new(move |_| scene.concurrency.with(|concurrency| concurrency.most(scene.settled.get())));
    move || match most.get() {
        0 => words::OPEN_AT_ONCE.to_owned(),
        most => words::open_at_once(&number::count(most)),
    }
}

/// The strip. A click zooms in there; for the keyboard, its peak is a button.
#[component]
pub(super) fn Strip(scene: Scene) -> impl IntoView {
    let path = Memo::new(move |_| {
        let drawn = scene.drawing.get().range();
        let width = scene.drawn_width();
        let concurrency = scene.concurrency.get();
        let counts = columns(&concurrency.steps(drawn), drawn, (width / COLUMN) as usize);
        // What is drawn beside the view may be higher, and is cut off until it comes into view.
        let most = concurrency.most(scene.settled.get()).max(1);
        let mut path = format!("M0 {HEIGHT}");
        let mut before = usize::MAX;
        for (index, count) in counts.iter().map(|count| (*count).min(most)).enumerate() {
            if count != before {
                let _ = write!(
                    path,
                    "H{:.0}V{:.1}",
                    index as f64 * COLUMN,
                    HEIGHT - 1.0 - count as f64 / most as f64 * (HEIGHT - 6.0)
                );
                before = count;
            }
        }
        let _ = write!(path, "H{width:.0}V{HEIGHT}z");
        path
    });
    let on_click = move |event: MouseEvent| {
        let Some(canvas) = scene.canvas.get_untracked() else { return };
        let x = f64::from(event.client_x()) - viewport::left_edge(&canvas);
        scene.go(scene.range.get_untracked().zoomed(CLOSER, scene.time_at(x)));
    };
    view! {
        <div class="tl-strip" aria-hidden="true" on:click=on_click>
            <svg class="tl-picture" width=move || scene.drawn_width() height=HEIGHT style:transform=move || scene.transform() style:transform-origin="0 0" focusable="false">
                <path class="tl-open" d=move || path.get()></path>
            </svg>
        </div>
    }
}

/// The peak in words. A click zooms to it.
#[component]
pub(super) fn Peak(scene: Scene) -> impl IntoView {
    let found = Memo::new(move |_| {
        let range = scene.settled.get();
        scene.concurrency.with(|concurrency| concurrency.peak(range))
    });
    move || match found.get() {
        Some(peak) => {
            let (from, to) = scene.range_words(peak.from, peak.to);
            let zoom = move |_| {
                let length = peak.to.since(peak.from).millis();
                let middle = peak.from.plus(Span::from_millis(length / 2));
                scene.go(Range::around(middle, Span::from_millis(length.saturating_mul(3))));
            };
            // A peak within one minute has no end of its own.
            let to = Some(to).filter(|to| !from.ends_with(to.as_str()));
            let text = words::peak(&number::count(peak.count), &from, to.as_deref());
            view! { <button type="button" class="button quiet tl-peak" on:click=zoom>{text}</button> }.into_any()
        }
        None => view! { <p class="hint">{words::NOTHING_OPEN}</p> }.into_any(),
    }
}
