//! The wheel, and two fingers.

use super::pointers::Finger;
use super::scene::Scene;
use crate::browser::viewport;
use leptos::prelude::*;
use runboard_core::time::Span;
use std::time::Duration;
use web_sys::WheelEvent;

/// One notch of the wheel.
const WHEEL: f64 = 1.0 / 500.0;
/// The wheel, or two fingers, have come to rest after so long.
const REST: Duration = Duration::from_millis(250);

/// A finger touches. Returns whether it is the second one, so that both zoom.
pub(super) fn finger_down(scene: Scene, pointer: i32, x: f64) -> bool {
    scene
        .with_pinch(|pinch| {
            pinch.fingers.retain(|finger| finger.pointer != pointer);
            pinch.fingers.push(Finger { pointer, start: x, now: x });
            let is_second = pinch.fingers.len() == 2;
            pinch.range = is_second.then(|| scene.range.get_untracked());
            for finger in &mut pinch.fingers {
                finger.start = finger.now;
            }
            is_second
        })
        .unwrap_or_default()
}

/// The pointers of the fingers that touch.
pub(super) fn fingers(scene: Scene) -> Vec<i32> {
    scene.with_pinch(|pinch| pinch.fingers.iter().map(|finger| finger.pointer).collect()).unwrap_or_default()
}

/// A finger moves. Returns whether two of them zoom.
pub(super) fn finger_moved(scene: Scene, pointer: i32, x: f64) -> bool {
    let pinched = scene.with_pinch(|pinch| {
        let finger = pinch.fingers.iter_mut().find(|finger| finger.pointer == pointer)?;
        finger.now = x;
        let [one, other] = pinch.fingers.as_slice() else { return None };
        let fingers = [(one.start, one.now), (other.start, other.now)];
        Some(pinch.range?.pinched(fingers, scene.width.get_untracked()))
    });
    let pinched = pinched.flatten();
    if let Some(range) = pinched {
        scene.show(range);
        settle_at_rest(scene);
    }
    pinched.is_some()
}

/// A finger is lifted. Returns whether it was one of two.
pub(super) fn finger_up(scene: Scene, pointer: i32) -> bool {
    let was_pinch = scene.with_pinch(|pinch| {
        pinch.fingers.retain(|finger| finger.pointer != pointer);
        pinch.range.take().is_some()
    });
    let was_pinch = was_pinch == Some(true);
    if was_pinch {
        scene.settle();
    }
    was_pinch
}

/// With Ctrl (which a pinch on a touchpad also sends), the wheel zooms around the pointer; turned sideways it moves.
pub(super) fn on_wheel(scene: Scene, event: &WheelEvent) {
    let Some(canvas) = scene.canvas.try_get_untracked().flatten() else { return };
    let range = scene.range.get_untracked();
    if event.ctrl_key() || event.meta_key() {
        let x = f64::from(event.client_x()) - viewport::left_edge(&canvas);
        scene.show(range.zoomed((event.delta_y() * WHEEL).clamp(-0.7, 0.7).exp(), scene.time_at(x)));
    } else if event.delta_x().abs() > event.delta_y().abs() {
        scene.show(range.moved(Span::from_millis((event.delta_x() / untrack(|| scene.scale())) as i64)));
    } else {
        return;
    }
    event.prevent_default();
    settle_at_rest(scene);
}

fn settle_at_rest(scene: Scene) {
    let turn = scene.count_wheel_turn();
    let settle = move || {
        if scene.is_last_wheel_turn(turn) {
            scene.settle();
        }
    };
    set_timeout(settle, REST);
}
