//! The lanes with their bars, on bands of days and hours.

use super::bars::Bars;
use super::gestures;
use super::room::Rooms;
use super::scene::Scene;
use crate::text::timeline as words;
use leptos::prelude::*;
use runboard_core::run::RunId;
use runboard_core::run_state::RunState;
use runboard_core::time::Span;
use runboard_core::timeline::bands;
use runboard_core::timeline::shapes::{PER_PIXEL, shapes};
use std::fmt::Write;

/// The least space between two lines of hours.
pub(super) const MIN_SPACE: f64 = 56.0;
/// Days that would be narrower are not marked.
const NARROWEST_DAY: f64 = 6.0;
/// In milliseconds.
const DAY: f64 = 86_400_000.0;
/// Weekends are shaded in ranges of this length.
const WEEKENDS_FROM: Span = Span::from_hours(72);

/// The lanes.
#[component]
pub(super) fn Canvas(scene: Scene) -> impl IntoView {
    let height = Memo::new(move |_| scene.picture.with(|picture| picture.height.max(120.0)));
    let is_empty = Memo::new(move |_| {
        let range = scene.settled.get();
        scene.timeline.with(|timeline| timeline.in_range(range).is_empty())
    });
    let dragging = Memo::new(move |_| scene.plan.with(Option::is_some));
    view! {
        <div
            class="tl-canvas"
            class:planning=move || dragging.get()
            class:may-plan=move || scene.on_empty.get()
            role="group"
            aria-label=words::TITLE
            tabindex="0"
            node_ref=scene.canvas
            style:height=move || format!("{}px", height.get())
            on:pointerdown=move |event| gestures::on_pointer_down(scene, &event)
            on:pointermove=move |event| gestures::on_pointer_move(scene, &event)
            on:pointerup=move |event| gestures::on_pointer_up(scene, &event)
            on:pointercancel=move |event| gestures::on_cancel(scene, &event)
            on:lostpointercapture=move |event| gestures::on_lost_capture(scene, &event)
            on:focusin=move |event| gestures::on_focus_change(scene, &event)
            on:focusout=move |event| gestures::on_focus_change(scene, &event)
            on:pointerleave=move |_| gestures::on_leave(scene)
            on:click=move |event| gestures::on_click(scene, &event)
        >
            <svg
                class="tl-picture"
                width=move || scene.drawn_width()
                height=move || height.get()
                style:transform=move || scene.transform() style:transform-origin="0 0"
                focusable="false"
            >
                <Past scene=scene height=height />
                <Bands scene=scene height=height />
                <Stripes scene=scene />
                <Rooms scene=scene />
                <Shapes scene=scene />
                <Bars scene=scene />
                <Planned scene=scene />
                <NowLine scene=scene height=height />
            </svg>
            {move || is_empty.get().then(|| view! { <Empty scene=scene /> })}
        </div>
    }
}

#[component]
fn Empty(scene: Scene) -> impl IntoView {
    let nearest = move |_| {
        let range = scene.settled.get_untracked();
        let at = scene.timeline.with_untracked(|timeline| {
            let runs = timeline.runs().iter().map(|run| run.window);
            runs.min_by_key(|window| {
                if window.start >= range.to() { window.start.since(range.to()) } else { range.from().since(window.end) }
            })
        });
        if let Some(window) = at {
            scene.go(runboard_core::timeline::range::Range::around(window.start, range.length()));
        }
    };
    let has_runs = Memo::new(move |_| scene.timeline.with(|timeline| !timeline.runs().is_empty()));
    view! {
        <div class="tl-empty">
            <p>{words::NO_RUNS_IN_VIEW}</p>
            {move || has_runs.get().then(|| view! {
                <button type="button" class="button" on:click=nearest>{words::NEAREST}</button>
            })}
        </div>
    }
}

#[component]
fn Bands(scene: Scene, height: Memo<f64>) -> impl IntoView {
    move || {
        let (drawing, offset) = (scene.drawing.get(), scene.offsets());
        let (drawn, height) = (drawing.range(), height.get());
        if drawing.width() / (drawn.length().millis() as f64) * DAY < NARROWEST_DAY {
            return None;
        }
        // Of a day or two, a weekend would be most of the picture.
        let marks_weekends = drawing.length_in_view() >= WEEKENDS_FROM;
        let days = bands::days(drawn, &offset).into_iter().map(|day| {
            let (from, to) = (scene.x(day.from.max(drawn.from())), scene.x(day.to.min(drawn.to())));
            let class = if marks_weekends && day.is_weekend() { "tl-day weekend" } else { "tl-day" };
            view! {
                <rect class=class x=from y="0" width=(to - from).max(0.0) height=height></rect>
                <line class="tl-midnight" x1=from x2=from y1="0" y2=height></line>
            }
        });
        let ticks = bands::ticks(drawn, scene.drawn_width(), MIN_SPACE, &offset).into_iter().map(|tick| {
            let x = scene.x(tick.at);
            view! { <line class="tl-hour" x1=x x2=x y1="0" y2=height></line> }
        });
        Some(view! { <g>{days.collect_view()}{ticks.collect_view()}</g> })
    }
}

/// A line below each lane.
#[component]
fn Stripes(scene: Scene) -> impl IntoView {
    let path = Memo::new(move |_| {
        let width = scene.drawn_width();
        scene.picture.with(|picture| {
            picture.lanes.iter().fold(String::new(), |mut path, lane| {
                let _ = write!(path, "M0 {:.1}H{width:.0}", lane.top + lane.height - 0.5);
                path
            })
        })
    });
    view! { <path class="tl-lanes" d=move || path.get()></path> }
}

/// What is too small to be a link of its own: one shape for each state.
#[component]
fn Shapes(scene: Scene) -> impl IntoView {
    let at = Memo::new(move |_| {
        scene.picture.track();
        scene.ui.clock.now()
    });
    let paths = Memo::new(move |_| {
        let now = at.get();
        scene.picture.with(|picture| scene.timeline.with_untracked(|timeline| shapes(picture, timeline, now)))
    });
    let shape = |state: RunState| {
        let path = move || paths.with(|paths| paths.iter().find(|(of, _)| *of == state).map(|(_, path)| path.clone()));
        view! { <path class="tl-shape" data-state=state.word() d=path></path> }
    };
    view! {
        <g transform=format!("scale({})", 1.0 / PER_PIXEL)>{RunState::ALL.into_iter().map(shape).collect_view()}</g>
    }
}

/// What a drag or the keys have chosen.
#[component]
fn Planned(scene: Scene) -> impl IntoView {
    move || {
        let plan = scene.plan.get()?;
        let (from, to) = (scene.x(plan.window.start), scene.x(plan.window.end));
        let (y, height) = scene.picture.with(|picture| {
            let bar = |id: &RunId| scene.place(id).and_then(|place| picture.bar_of(place));
            let place = plan.moved.as_ref().and_then(bar).map(|(lane, bar)| lane.place(bar));
            let lane = plan.beside.as_ref().and_then(|id| scene.lane_of(id));
            let lane = lane.and_then(|lane| picture.lanes.iter().find(|one| one.lane == lane));
            place.or_else(|| lane.map(|lane| (lane.rows_top, lane.height - 10.0))).unwrap_or((2.0, 30.0))
        });
        let (window, length) = (scene.window_words(plan.window), plan.window.end.since(plan.window.start).words());
        let text = words::planned(plan.moved.is_some(), &window, &length);
        Some(view! {
            <g class="tl-plan">
                <rect x=from y=y width=(to - from).max(2.0) height=height rx="4"></rect>
                <text x=from.max(scene.first_visible_x()) + 6.0 y=y + height.min(24.0) / 2.0 + 4.0>{text}</text>
            </g>
        })
    }
}

/// What is over is shaded.
#[component]
fn Past(scene: Scene, height: Memo<f64>) -> impl IntoView {
    let width = Memo::new(move |_| scene.x(scene.now.get()).clamp(0.0, scene.drawn_width()));
    view! { <rect class="tl-past" x="0" y="0" width=move || width.get() height=move || height.get()></rect> }
}

#[component]
fn NowLine(scene: Scene, height: Memo<f64>) -> impl IntoView {
    let x = Memo::new(move |_| scene.x(scene.now.get()));
    view! { <line class="tl-now" x1=move || x.get() x2=move || x.get() y1="0" y2=move || height.get()></line> }
}
