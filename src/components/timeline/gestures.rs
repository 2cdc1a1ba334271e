//! Pointer and wheel: moving, zooming, starting a new run on an empty place, and moving an upcoming run.

use super::scene::{Plan, Pointed, Scene};
use crate::address::Address;
use crate::browser::viewport;
use leptos::prelude::*;
use runboard_core::run_state::has_not_started;
use runboard_core::time::{Span, Timestamp};
use runboard_core::timeline::range::Range;
use runboard_core::window::Window;
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent, PointerEvent, WheelEvent};

/// A pointer that has moved less has clicked.
const CLICK: f64 = 4.0;
/// One notch of the wheel.
const WHEEL: f64 = 1.0 / 500.0;
/// The wheel has come to rest after so long.
const REST: Duration = Duration::from_millis(250);

/// What the pressed pointer does.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Drag {
    Move(Range),
    /// A new run, from a time on, in a lane
    New(Timestamp, Option<usize>),
    /// An upcoming run
    Reschedule(usize, Window),
}

/// The pressed pointer: where it went down, what it does, and whether it has moved.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
struct Press {
    down: Option<(f64, Drag)>,
    has_moved: bool,
}

thread_local! {
    static PRESS: std::cell::Cell<Press> = const { std::cell::Cell::new(Press { down: None, has_moved: false }) };
}

/// Where the pointer is: in the view, and in the picture.
fn point(scene: Scene, event: &MouseEvent) -> Option<(f64, f64, f64)> {
    let canvas = scene.canvas.get_untracked()?;
    let place = canvas.get_bounding_client_rect();
    let (x, y) = (f64::from(event.client_x()) - place.left(), f64::from(event.client_y()) - place.top());
    Some((x, x + untrack(|| scene.x(scene.range.get().from())), y))
}

pub(super) fn time_at(scene: Scene, x: f64) -> Timestamp {
    scene.range.get_untracked().time_at(x, scene.width.get_untracked())
}

/// A time to the quarter of an hour, or finer where one looks closely.
pub(super) fn snapped(scene: Scene, at: Timestamp) -> Timestamp {
    let step = step(scene).millis();
    Timestamp::from_millis((at.millis() + step / 2).div_euclid(step) * step)
}

/// The step in which windows are chosen: about six pixels.
pub(super) fn step(scene: Scene) -> Span {
    let six_pixels = (6.0 / untrack(|| scene.scale())) as i64;
    let steps = [1, 5, 15, 30, 60, 180, 360, 720, 1440].map(Span::from_minutes);
    steps.into_iter().find(|step| step.millis() >= six_pixels).unwrap_or(Span::from_hours(24))
}

/// Where the pointer goes down on an empty place of the future it chooses a window for a new run; with Shift anywhere, or in the past,
/// it moves the range.
pub(super) fn on_pointer_down(scene: Scene, event: &PointerEvent) {
    let Some((x, in_picture, y)) = point(scene, event) else { return };
    if event.button() != 0 || is_control(event) {
        return;
    }
    let may_create = scene.ui.config.get().may_create;
    let now = scene.ui.clock.now();
    let moved = Drag::Move(scene.range.get_untracked());
    let is_mouse = event.pointer_type() == "mouse";
    let drag = match hit(scene, event, in_picture, y) {
        Some(Pointed::Run(place)) if is_mouse && may_create => match scene.run(place) {
            Some(run) if has_not_started(&run.run, now) => Drag::Reschedule(place, run.window),
            _ => moved,
        },
        None if is_mouse && may_create && !event.shift_key() => {
            let at = snapped(scene, time_at(scene, x));
            let lane = scene.picture.with_untracked(|picture| picture.lane_at(y).map(|lane| lane.lane));
            // The background of a lane is where runs are planned; below and above the lanes, and in the past, one moves.
            if at >= now && lane.is_some() && event.alt_key() { Drag::New(at, lane) } else { moved }
        }
        _ => moved,
    };
    PRESS.set(Press { down: Some((x, drag)), has_moved: false });
}

pub(super) fn on_pointer_move(scene: Scene, event: &PointerEvent) {
    let Some((x, in_picture, y)) = point(scene, event) else { return };
    let press = PRESS.get();
    let Some((from, drag)) = press.down else {
        if event.pointer_type() == "mouse" {
            let pointed = hit(scene, event, in_picture, y);
            if scene.pointed.get_untracked() != pointed {
                scene.pointed.set(pointed);
            }
        }
        return;
    };
    if !press.has_moved && (x - from).abs() < CLICK {
        return;
    }
    if !press.has_moved {
        PRESS.set(Press { has_moved: true, ..press });
        scene.pointed.set(None);
        if let Some(canvas) = scene.canvas.get_untracked() {
            let _ = canvas.set_pointer_capture(event.pointer_id());
        }
    }
    let by = Span::from_millis(((x - from) / untrack(|| scene.scale())) as i64);
    match drag {
        Drag::Move(range) => scene.show(range.moved(Span::from_millis(-by.millis()))),
        Drag::New(start, lane) => {
            let end = snapped(scene, time_at(scene, x));
            let window = Window::new(start.min(end), start.max(end));
            scene.plan.set(window.map(|window| Plan { moved: None, lane, window }));
        }
        Drag::Reschedule(place, window) => scene.plan.set(moved_window(scene, place, window, by)),
    }
}

/// The window of an upcoming run later by a span, as long as before.
pub(super) fn moved_window(scene: Scene, place: usize, window: Window, by: Span) -> Option<Plan> {
    let start = snapped(scene, window.start.plus(by));
    let end = start.plus(window.end.since(window.start));
    Window::new(start, end).map(|window| Plan { moved: Some(place), lane: None, window })
}

pub(super) fn on_pointer_up(scene: Scene, event: &PointerEvent) {
    let press = PRESS.get();
    let Some((_, drag)) = press.down else { return };
    // The click that follows a drag opens nothing.
    PRESS.set(Press { down: None, has_moved: press.has_moved });
    if let Some(canvas) = scene.canvas.get_untracked() {
        let _ = canvas.release_pointer_capture(event.pointer_id());
    }
    match drag {
        Drag::Move(_) => scene.settle(),
        Drag::New(..) | Drag::Reschedule(..) if press.has_moved => open_plan(scene),
        _ => scene.plan.set(None),
    }
}

pub(super) fn on_cancel(scene: Scene) {
    PRESS.set(Press::default());
    scene.plan.set(None);
    scene.settle();
}

/// Opens the form with what was chosen. Nothing is sent before it is confirmed there.
pub(super) fn open_plan(scene: Scene) {
    let Some(plan) = scene.plan.try_update(Option::take).flatten() else { return };
    let replaces = plan.moved.and_then(|place| scene.run(place)).map(|run| run.run.id.clone());
    let job = plan.lane.and_then(|lane| {
        scene.timeline.with_untracked(|timeline| {
            let first = timeline.lane(lane)?.places().first().copied()?;
            timeline.run(first)?.job().map(|job| job.as_str().to_owned())
        })
    });
    scene.ui.navigation.go(&Address::Planned {
        job: job.filter(|_| replaces.is_none()),
        replaces,
        window: plan.window,
    });
}

/// Opens the run that was clicked, or zooms to a density mark.
pub(super) fn on_click(scene: Scene, event: &MouseEvent) {
    if PRESS.replace(Press::default()).has_moved {
        event.prevent_default();
        return;
    }
    let modified = event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key();
    if modified || event.button() != 0 || is_control(event) {
        return;
    }
    // A click by the keyboard has no position.
    let pressed = link(event).and_then(|link| link.get_attribute("data-place")?.parse().ok()).map(Pointed::Run);
    let at_point = || point(scene, event).and_then(|(_, x, y)| hit(scene, event, x, y));
    match pressed.or_else(at_point) {
        Some(Pointed::Run(place)) => {
            if let Some(run) = scene.run(place) {
                event.prevent_default();
                scene.ui.navigation.go(&Address::Run { id: run.run.id.clone() });
            }
        }
        Some(Pointed::Density(_, x, _)) => {
            let at = scene.drawn.get_untracked().time_at(x, untrack(|| scene.drawn_width()));
            scene.go(scene.range.get_untracked().zoomed(0.25, at));
        }
        None => {}
    }
}

/// With Ctrl (which a pinch on a touchpad also sends), the wheel zooms around the pointer; turned sideways it moves.
pub(super) fn on_wheel(scene: Scene, event: &WheelEvent) {
    let Some(canvas) = scene.canvas.get_untracked() else { return };
    let range = scene.range.get_untracked();
    if event.ctrl_key() || event.meta_key() {
        let x = f64::from(event.client_x()) - viewport::left_edge(&canvas);
        scene.show(range.zoomed((event.delta_y() * WHEEL).clamp(-0.7, 0.7).exp(), time_at(scene, x)));
    } else if event.delta_x().abs() > event.delta_y().abs() {
        scene.show(range.moved(Span::from_millis((event.delta_x() / untrack(|| scene.scale())) as i64)));
    } else {
        return;
    }
    event.prevent_default();
    settle_at_rest(scene);
}

thread_local! {
    static WHEEL_TURNS: std::cell::Cell<u32> = const { std::cell::Cell::new(0) };
}

fn settle_at_rest(scene: Scene) {
    let turn = WHEEL_TURNS.get().wrapping_add(1);
    WHEEL_TURNS.set(turn);
    let settle = move || {
        if WHEEL_TURNS.get() == turn {
            scene.settle();
        }
    };
    set_timeout(settle, REST);
}

/// The run or the density mark at a point of the picture.
fn hit(scene: Scene, event: &MouseEvent, x: f64, y: f64) -> Option<Pointed> {
    if let Some(place) = link(event).and_then(|link| link.get_attribute("data-place")?.parse().ok()) {
        return Some(Pointed::Run(place));
    }
    scene.picture.with_untracked(|picture| {
        let lane = picture.lane_at(y)?;
        let density = || lane.density_at(x).map(|density| Pointed::Density(density.count, density.x, lane.rows_top));
        lane.bar_at(x, y).map(|bar| Pointed::Run(bar.place)).or_else(density)
    })
}

fn link(event: &MouseEvent) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok()?.closest("[data-place]").ok().flatten()
}

fn is_control(event: &MouseEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.closest("button").is_ok_and(|button| button.is_some()))
}
