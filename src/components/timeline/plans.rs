//! The window that a drag or the keys choose: of a new run, or of an upcoming one that is to be moved.

use super::pointers::Plan;
use super::scene::Scene;
use crate::address::Address;
use leptos::prelude::*;
use runboard_core::run::RunId;
use runboard_core::time::{Span, Timestamp};
use runboard_core::timeline::lanes::Grouping;
use runboard_core::timeline::snapping;
use runboard_core::window::Window;

/// A time to the quarter of an hour of the zone, or finer where one looks closely.
pub(super) fn snapped(scene: Scene, at: Timestamp) -> Timestamp {
    let zone = scene.ui.settings.zone_untracked();
    snapping::nearest(at, step(scene), &|at| zone.offset(at))
}

/// The first step that is not over.
pub(super) fn first_ahead(scene: Scene) -> Timestamp {
    let zone = scene.ui.settings.zone_untracked();
    snapping::next(scene.ui.clock.now(), step(scene), &|at| zone.offset(at))
}

/// The step in which windows are chosen: about six pixels.
pub(super) fn step(scene: Scene) -> Span {
    let six_pixels = (6.0 / untrack(|| scene.scale())) as i64;
    let steps = [1, 5, 15, 30, 60, 180, 360, 720, 1440].map(Span::from_minutes);
    steps.into_iter().find(|step| step.millis() >= six_pixels).unwrap_or(Span::from_hours(24))
}

/// The window of an upcoming run later by a span, as long as before. Nothing if that is less than half a step, or over.
pub(super) fn moved_window(scene: Scene, id: RunId, window: Window, by: Span) -> Option<Plan> {
    let zone = scene.ui.settings.zone_untracked();
    let chosen = snapping::moved(window.start, by, step(scene), &|at| zone.offset(at));
    let start = if chosen < scene.ui.clock.now() { first_ahead(scene) } else { chosen };
    // Only a run that starts before the next step cannot be moved back to it.
    if chosen == window.start || (chosen < window.start && start >= window.start) {
        return None;
    }
    let end = start.plus(window.end.since(window.start));
    Window::new(start, end).map(|window| Plan { moved: Some(id), beside: None, window })
}

/// The plan is that of the bar or the lanes that have the focus: with another bar, or outside, it is dropped. `focused`: the run of that
/// bar; `None` outside.
pub(super) fn keep_for(scene: Scene, focused: Option<Option<&RunId>>) {
    let is_kept = |plan: &Plan| focused == Some(plan.moved.as_ref());
    let is_dragged = scene.press().down.is_some();
    if !is_dragged && scene.plan.with_untracked(|plan| plan.as_ref().is_some_and(|plan| !is_kept(plan))) {
        scene.plan.set(None);
    }
}

/// Opens the form with what was chosen. Nothing is sent before it is confirmed there.
pub(super) fn open_plan(scene: Scene) {
    let Some(plan) = scene.plan.try_update(Option::take).flatten() else { return };
    let job = plan.beside.and_then(|id| untrack(|| scene.run(&id))).and_then(|run| run.job().cloned());
    let job = job.filter(|_| scene.grouping.get_untracked() == Grouping::ByJob);
    scene.ui.navigation.go(&Address::Planned {
        job: job.map(|job| job.as_str().to_owned()),
        replaces: plan.moved,
        window: plan.window,
    });
}
