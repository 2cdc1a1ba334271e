//! The pointer: moving, starting a new run on an empty place, moving an upcoming run, and opening one.

use super::plans::{first_ahead, keep_for, moved_window, open_plan, snapped};
use super::pointers::{Drag, Plan, Pointed, Press};
use super::scene::Scene;
use super::zooming::{finger_down, finger_moved, finger_up, fingers};
use crate::address::Address;
use leptos::prelude::*;
use runboard_core::run::RunId;
use runboard_core::run_state::has_not_started;
use runboard_core::time::Span;
use runboard_core::window::Window;
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusEvent, MouseEvent, PointerEvent};

/// A pointer that has moved less has clicked.
const CLICK: f64 = 4.0;

/// Where the pointer is: in the view, and in the picture.
fn point(scene: Scene, event: &MouseEvent) -> Option<(f64, f64, f64)> {
    let canvas = scene.canvas.get_untracked()?;
    let place = canvas.get_bounding_client_rect();
    let (x, y) = (f64::from(event.client_x()) - place.left(), f64::from(event.client_y()) - place.top());
    Some((x, scene.drawing.get_untracked().from_view(x, scene.range.get_untracked()), y))
}

/// What a drag would do that starts at a point of the view. On an empty place of the future, in a lane, it chooses the window of a new
/// run; on an upcoming run it reschedules that; anywhere else, or with Shift, or with a finger, it moves the range.
fn drag_from(scene: Scene, event: &PointerEvent, (x, in_picture, y): (f64, f64, f64)) -> Drag {
    let moved = Drag::Move(scene.range.get_untracked());
    if event.pointer_type() != "mouse" || event.shift_key() {
        return moved;
    }
    let now = scene.ui.clock.now();
    match hit(scene, event, in_picture, y) {
        Some(Pointed::Run(id)) => match untrack(|| scene.run(&id)) {
            Some(run) if scene.may_reschedule() && has_not_started(&run.run, now) => Drag::Reschedule(id, run.window),
            _ => moved,
        },
        Some(Pointed::Density { .. }) => moved,
        None => {
            let at = scene.time_at(x);
            let lane = scene.picture.with_untracked(|picture| picture.lane_at(y).map(|lane| lane.lane));
            match lane.filter(|_| at >= now && scene.may_create()) {
                Some(lane) => Drag::New(snapped(scene, at).max(first_ahead(scene)), first_of(scene, lane)),
                None => moved,
            }
        }
    }
}

fn first_of(scene: Scene, lane: usize) -> Option<RunId> {
    scene.timeline.with_untracked(|timeline| {
        let first = timeline.lane(lane)?.places().first().copied()?;
        Some(timeline.run(first)?.run.id.clone())
    })
}

pub(super) fn on_pointer_down(scene: Scene, event: &PointerEvent) {
    if !scene.is_there() {
        return;
    }
    let Some((x, ..)) = point(scene, event) else { return };
    if event.button() != 0 || is_control(event) {
        return;
    }
    if event.pointer_type() == "touch" && finger_down(scene, event.pointer_id(), x) {
        for finger in fingers(scene) {
            capture(scene, finger);
        }
        // The click that follows opens nothing.
        return scene.set_press(Press { down: None, has_moved: true });
    }
    // What the wheel has shown is kept, whatever becomes of this. The picture is drawn anew by that, so that the pointer is looked for
    // in it only now.
    scene.settle();
    let Some(at) = point(scene, event) else { return };
    scene.plan.set(None);
    scene.set_press(Press { down: Some((at.0, drag_from(scene, event, at))), has_moved: false });
}

fn capture(scene: Scene, pointer: i32) {
    if let Some(canvas) = scene.canvas.get_untracked() {
        let _ = canvas.set_pointer_capture(pointer);
    }
}

pub(super) fn on_pointer_move(scene: Scene, event: &PointerEvent) {
    if !scene.is_there() {
        return;
    }
    let Some(at @ (x, in_picture, y)) = point(scene, event) else { return };
    if event.pointer_type() == "touch" && finger_moved(scene, event.pointer_id(), x) {
        return;
    }
    let is_mouse = event.pointer_type() == "mouse";
    let is_released = is_mouse && event.buttons() == 0;
    if is_released && scene.press().down.is_some() {
        // It was let go outside, where nothing tells of it.
        end_gesture(scene);
        scene.set_press(Press::default());
    }
    let Press { down, has_moved } = scene.press();
    let Some((from, drag)) = down.clone() else {
        if is_released {
            let pointed = hit(scene, event, in_picture, y);
            let on_empty = pointed.is_none() && matches!(drag_from(scene, event, at), Drag::New(..));
            set_if_changed(scene.on_empty, on_empty);
            set_if_changed(scene.pointed, pointed);
        }
        return;
    };
    if !has_moved && (x - from).abs() < CLICK {
        return;
    }
    let by = Span::from_millis(((x - from) / untrack(|| scene.scale())) as i64);
    let (moved, plan) = match drag {
        Drag::Move(range) => (Some(range.moved(Span::from_millis(-by.millis()))), None),
        Drag::New(start, beside) => {
            let end = snapped(scene, scene.time_at(x)).max(first_ahead(scene));
            let window = Window::new(start.min(end), start.max(end));
            (None, window.map(|window| Plan { moved: None, beside, window }))
        }
        Drag::Reschedule(id, window) => (None, moved_window(scene, id, window, by)),
    };
    if !has_moved && moved.is_none() && plan.is_none() {
        // Less than half a step is a slip: a click as well.
        return;
    }
    if !has_moved {
        scene.set_press(Press { down, has_moved: true });
        scene.pointed.set(None);
        capture(scene, event.pointer_id());
    }
    if let Some(range) = moved {
        scene.show(range);
    } else {
        scene.plan.set(plan);
    }
}

fn set_if_changed<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.with_untracked(|before| *before != value) {
        signal.set(value);
    }
}

pub(super) fn on_leave(scene: Scene) {
    if !scene.is_there() {
        return;
    }
    set_if_changed(scene.pointed, None);
    set_if_changed(scene.on_empty, false);
}

pub(super) fn on_pointer_up(scene: Scene, event: &PointerEvent) {
    if !scene.is_there() {
        return;
    }
    if event.pointer_type() == "touch" && finger_up(scene, event.pointer_id()) {
        return;
    }
    let Press { down: Some((_, drag)), has_moved } = scene.press() else { return };
    scene.set_press(Press { down: None, has_moved });
    if let Some(canvas) = scene.canvas.get_untracked() {
        let _ = canvas.release_pointer_capture(event.pointer_id());
    }
    match drag {
        Drag::Move(_) => scene.settle(),
        Drag::New(..) | Drag::Reschedule(..) if has_moved => open_plan(scene),
        _ => scene.plan.set(None),
    }
}

/// Ends what the pressed pointer does, which leaves what is in view where it is.
fn end_gesture(scene: Scene) {
    scene.plan.set(None);
    scene.settle();
}

/// Ends what the pressed pointer does as if it had not begun, until it is pressed again. Returns whether one was pressed.
pub(super) fn discard_gesture(scene: Scene) -> bool {
    let is_pressed = scene.press().down.is_some();
    if is_pressed {
        scene.set_press(Press { down: None, has_moved: true });
        scene.plan.set(None);
        scene.restore();
    }
    is_pressed
}

/// The browser has given the pointer to something else. A finger is first given to what it touches, and from there to the lanes.
pub(super) fn on_lost_capture(scene: Scene, event: &PointerEvent) {
    let is_ours = scene.canvas.get_untracked().is_some_and(|canvas| canvas.has_pointer_capture(event.pointer_id()));
    let Press { down, has_moved } = scene.press();
    if !is_ours && has_moved && down.is_some() {
        end_gesture(scene);
        scene.set_press(Press::default());
    }
}

/// Something has the focus, or has lost it to something else or to nothing.
pub(super) fn on_focus_change(scene: Scene, event: &FocusEvent) {
    if !scene.is_there() {
        return;
    }
    let now = if event.type_() == "focusin" { event.target() } else { event.related_target() };
    let now = now.and_then(|now| now.dyn_into::<Element>().ok());
    let canvas = scene.canvas.get_untracked();
    let inside = now.filter(|now| canvas.is_some_and(|canvas| canvas.contains(Some(now))));
    let run = inside.as_ref().and_then(|inside| inside.get_attribute("data-run")).map(|id| RunId::new(&id));
    keep_for(scene, inside.is_some().then_some(run.as_ref()));
}

pub(super) fn on_cancel(scene: Scene, event: &PointerEvent) {
    if !scene.is_there() {
        return;
    }
    finger_up(scene, event.pointer_id());
    scene.set_press(Press::default());
    end_gesture(scene);
}

/// Opens the run that was clicked, or zooms to a density mark.
pub(super) fn on_click(scene: Scene, event: &MouseEvent) {
    // No pointer clicks so: a key or an assistive technology does, which ends no drag.
    let has_moved = scene.press().has_moved && event.detail() != 0;
    scene.set_press(Press::default());
    if has_moved {
        event.prevent_default();
        return;
    }
    let modified = event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key();
    if modified || event.button() != 0 || is_control(event) {
        return;
    }
    // A click by the keyboard has no position.
    let pressed = run_of(event).map(Pointed::Run);
    let at_point = || point(scene, event).and_then(|(_, x, y)| hit(scene, event, x, y));
    match pressed.or_else(at_point) {
        Some(Pointed::Run(id)) => {
            event.prevent_default();
            scene.ui.navigation.go(&Address::Run { id });
        }
        Some(Pointed::Density { x, .. }) => {
            let drawing = scene.drawing.get_untracked();
            let at = drawing.range().time_at(x, drawing.width());
            scene.go(scene.range.get_untracked().zoomed(0.25, at));
        }
        None => {}
    }
}

/// The run or the density mark at a point of the picture.
fn hit(scene: Scene, event: &MouseEvent, x: f64, y: f64) -> Option<Pointed> {
    if let Some(id) = run_of(event) {
        return Some(Pointed::Run(id));
    }
    scene.picture.with_untracked(|picture| {
        let lane = picture.lane_at(y)?;
        let density = || {
            lane.density_at(x, y).map(|density| Pointed::Density { lane: lane.lane, x: density.x, y: lane.density_top })
        };
        let run = |place| scene.timeline.with_untracked(|timeline| Some(timeline.run(place)?.run.id.clone()));
        lane.bar_at(x, y).and_then(|bar| run(bar.place)).map(Pointed::Run).or_else(density)
    })
}

/// The run whose link an event is about.
fn run_of(event: &MouseEvent) -> Option<RunId> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let link = target.closest("[data-run]").ok().flatten()?;
    link.get_attribute("data-run").map(|id| RunId::new(&id))
}

fn is_control(event: &MouseEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.closest("button").is_ok_and(|button| button.is_some()))
}
