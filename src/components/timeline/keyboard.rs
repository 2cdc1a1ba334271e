//! Keys: on the whole page those that zoom and move, on the lanes and bars the arrows.

use super::gestures::discard_gesture;
use super::plans::{first_ahead, moved_window, open_plan, snapped, step};
use super::pointers::Plan;
use super::scene::Scene;
use crate::browser::keys::PressedKey;
use crate::browser::table_rows::TIMELINE_BAR;
use crate::browser::{document, focus, viewport};
use leptos::ev;
use leptos::prelude::*;
use leptos::task::{spawn_local, tick};
use runboard_core::run::RunId;
use runboard_core::run_state::has_not_started;
use runboard_core::time::{Span, Timestamp};
use runboard_core::timeline::edges::Edges;
use runboard_core::timeline::range::Range;
use runboard_core::window::Window;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

/// How far a key or a button moves, as a share of the range.
pub(super) const MOVE: f64 = 0.25;
/// How much a key or a button zooms.
pub(super) const ZOOM: f64 = 0.5;

/// Listens for as long as the timeline is shown.
pub(super) fn follow_keys(scene: Scene) {
    let handle = window_event_listener(ev::keydown, move |event| {
        // Wherever the focus is: a card or a drag may be the pointer's.
        let is_dismissed = event.key() == "Escape" && dismiss(scene);
        let Some(pressed) = PressedKey::from_event(&event).filter(|pressed| !pressed.modified && !pressed.busy) else {
            return;
        };
        if is_dismissed
            || on_canvas_key(scene, &event)
            || (scene.ui.settings.shortcuts_untracked() && on_page_key(scene, &pressed.key))
        {
            event.prevent_default();
        }
    });
    on_cleanup(move || handle.remove());
}

/// Ends a drag, or else takes away the card and what the keys have chosen. Returns whether there was something.
fn dismiss(scene: Scene) -> bool {
    let is_shown = scene.pointed.with_untracked(Option::is_some) || scene.plan.with_untracked(Option::is_some);
    let is_dragged = discard_gesture(scene);
    scene.pointed.set(None);
    scene.plan.set(None);
    is_shown || is_dragged
}

fn on_page_key(scene: Scene, key: &str) -> bool {
    match key {
        "+" | "=" => zoom(scene, ZOOM),
        "-" => zoom(scene, 1.0 / ZOOM),
        "[" => shift(scene, -MOVE),
        "]" => shift(scene, MOVE),
        "t" => to_now(scene),
        "j" => step_by_key(scene, true),
        "k" => step_by_key(scene, false),
        _ => return false,
    }
    true
}

/// Zooms around the middle.
pub(super) fn zoom(scene: Scene, factor: f64) {
    let range = scene.range.get_untracked();
    scene.go(range.zoomed(factor, range.time_at(0.5, 1.0)));
}

/// Moves by a share of the range.
pub(super) fn shift(scene: Scene, share: f64) {
    let range = scene.range.get_untracked();
    scene.go(range.moved(Span::from_millis((range.length().millis() as f64 * share) as i64)));
}

/// The present, with the same length; it stays there as time passes if that is the range at first.
pub(super) fn to_now(scene: Scene) {
    let length = scene.range.get_untracked().length();
    let now = scene.ui.clock.now();
    if length == Edges::default().resolve(now, &|_| 0).length() {
        scene.ui.navigation.choose(&scene.address(Edges::default()));
    } else {
        let from = now.plus(Span::from_millis(-length.millis() / 6));
        scene.go(Range::new(from, from.plus(length)));
    }
}

/// The run whose bar has the focus, or `None` if the lanes themselves have it. Nothing if neither does.
pub(super) fn focused(scene: Scene) -> Option<Option<RunId>> {
    let active = document()?.active_element()?;
    scene.canvas.try_get_untracked().flatten().filter(|canvas| canvas.contains(Some(&active)))?;
    Some(active.get_attribute("data-run").map(|id| RunId::new(&id)))
}

/// As on the list: the next or the previous run, from nowhere the first in view.
fn step_by_key(scene: Scene, forward: bool) {
    match focused(scene).flatten() {
        Some(id) => {
            walk(scene, neighbor(scene, &id, forward));
        }
        None => {
            focus_bar(scene, None);
        }
    }
}

fn neighbor(scene: Scene, id: &RunId, forward: bool) -> Option<usize> {
    let place = untrack(|| scene.place(id))?;
    if forward { place.checked_add(1) } else { place.checked_sub(1) }
}

fn on_canvas_key(scene: Scene, event: &KeyboardEvent) -> bool {
    let Some(bar) = focused(scene) else { return false };
    let (key, shift_held) = (event.key(), event.shift_key());
    match (&*key, bar) {
        ("Enter", bar) if scene.plan.with_untracked(|plan| plan.as_ref().is_some_and(|plan| plan.moved == bar)) => {
            open_plan(scene);
        }
        ("ArrowLeft" | "ArrowRight", bar) if shift_held => return plan_by_key(scene, bar, key == "ArrowRight"),
        ("ArrowLeft", None) => shift(scene, -MOVE),
        ("ArrowRight", None) => shift(scene, MOVE),
        ("ArrowUp" | "ArrowDown", None) => return false,
        ("ArrowRight" | "ArrowDown", Some(id)) => return walk(scene, neighbor(scene, &id, true)),
        ("ArrowLeft" | "ArrowUp", Some(id)) => return walk(scene, neighbor(scene, &id, false)),
        ("Home", Some(_)) => return walk(scene, Some(0)),
        ("End", Some(_)) => {
            return walk(scene, scene.timeline.with_untracked(|timeline| timeline.runs().len().checked_sub(1)));
        }
        _ => return false,
    }
    true
}

/// Moves the focus to a run, which is moved into view.
fn walk(scene: Scene, place: Option<usize>) -> bool {
    let Some(run) = place.and_then(|place| untrack(|| scene.run_at(place))) else { return true };
    let range = scene.range.get_untracked();
    let (start, end) = (run.window.start, run.window.end);
    if end <= range.from() || start >= range.to() {
        let from = start.plus(Span::from_millis(-range.length().millis() / 4));
        scene.go(Range::new(from, from.plus(range.length())));
    }
    let id = run.run.id.clone();
    scene.plan.set(None);
    scene.cursor.set(Some(id.clone()));
    // Once the bar is drawn.
    spawn_local(async move {
        tick().await;
        if scene.is_there() && !focus_bar(scene, Some(&id)) {
            // Too short to be drawn as a bar: one looks closer.
            scene.go(Range::around(start, Span::from_millis(end.since(start).millis().saturating_mul(20))));
            tick().await;
            focus_bar(scene, Some(&id));
        }
    });
    true
}

/// Focuses the bar that the Tab key stops at; not if it is that of another run than `wanted`.
fn focus_bar(scene: Scene, wanted: Option<&RunId>) -> bool {
    let canvas = scene.canvas.try_get_untracked().flatten();
    let bar = canvas.and_then(|canvas| canvas.query_selector(TIMELINE_BAR).ok().flatten());
    let is_wanted =
        |bar: &Element| wanted.is_none_or(|id| bar.get_attribute("data-run").as_deref() == Some(id.as_str()));
    let Some(bar) = bar.filter(is_wanted) else { return false };
    // A bar is an element of SVG, which has `focus` as well.
    focus::without_scrolling(bar.unchecked_ref::<web_sys::HtmlElement>());
    viewport::reveal(TIMELINE_BAR);
    true
}

/// With Shift, the arrows move an upcoming run, or choose a window for a new one. Enter opens the form.
fn plan_by_key(scene: Scene, bar: Option<RunId>, later: bool) -> bool {
    let is_allowed = if bar.is_some() { scene.may_reschedule() } else { scene.may_create() };
    if !is_allowed {
        return false;
    }
    let by = Span::from_millis(step(scene).millis() * if later { 1 } else { -1 });
    let plan = match (bar, scene.plan.get_untracked()) {
        (Some(id), before) => {
            let Some(run) = untrack(|| scene.run(&id)).filter(|run| has_not_started(&run.run, scene.ui.clock.now()))
            else {
                return false;
            };
            let before = before.filter(|plan| plan.moved.as_ref() == Some(&id));
            moved_window(scene, id, before.map_or(run.window, |plan| plan.window), by)
        }
        (None, Some(plan)) if plan.moved.is_none() => {
            Window::new(plan.window.start, plan.window.end.plus(by)).map(|window| Plan { window, ..plan })
        }
        (None, _) => {
            let start = first_step(scene);
            Window::new(start, start.plus(Span::from_hours(1))).map(|window| Plan { moved: None, beside: None, window })
        }
    };
    if let Some(plan) = plan {
        scene.ui.announcer.say(&untrack(|| scene.window_words(plan.window)));
        scene.plan.set(Some(plan));
    }
    true
}

/// The first time in view that is ahead.
fn first_step(scene: Scene) -> Timestamp {
    snapped(scene, scene.range.get_untracked().from()).max(first_ahead(scene))
}
