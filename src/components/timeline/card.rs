//! What is pointed at or has the focus, in words.

use super::names::{job_of, name_of};
use super::pointers::Pointed;
use super::scene::Scene;
use crate::browser::number;
use crate::text::{status, timeline as words};
use leptos::prelude::*;
use runboard_core::run_state::{RunState, StateNote};
use runboard_core::timeline::marks::{DENSITY_WIDTH, density_states};

/// The width of the card, and its distance from what it is about.
const WIDTH: f64 = 280.0;

/// A card beside a bar or a density mark. It is hidden from screen readers: what it says of a bar is in the bar's own name, and the runs of
/// a density mark are in the table "Runs in view".
#[component]
pub(super) fn Card(scene: Scene) -> impl IntoView {
    let place_of = move |pointed: &Pointed| {
        scene.picture.with(|picture| match pointed {
            Pointed::Run(id) => scene.place(id).and_then(|place| picture.bar_of(place)).map(|(lane, bar)| {
                let (y, height) = lane.place(bar);
                (bar.x, bar.width, y + height)
            }),
            Pointed::Density { x, y, .. } => Some((*x, DENSITY_WIDTH, *y + 20.0)),
        })
    };
    // A density mark is one of the picture that is drawn.
    Effect::watch(
        move || scene.picture.track(),
        move |(), _, _| {
            if scene.pointed.with_untracked(|pointed| matches!(pointed, Some(Pointed::Density { .. }))) {
                scene.pointed.set(None);
            }
        },
        false,
    );
    let states = Memo::new(move |_| {
        let Some(Pointed::Density { lane, x, .. }) = scene.pointed.get() else { return Vec::new() };
        let (drawing, now) = (scene.drawing.get(), scene.states_at.get());
        scene.timeline.with(|timeline| density_states(timeline, lane, drawing.range(), drawing.width(), now, x))
    });
    move || {
        if scene.plan.with(Option::is_some) {
            return None;
        }
        let pointed = scene.pointed.get()?;
        let (x, width, y) = place_of(&pointed)?;
        let canvas = scene.canvas.get()?;
        let (drawing, range, view) = (scene.drawing.get(), scene.range.get(), scene.width.get());
        let (left, right) = (drawing.to_view(x, range), drawing.to_view(x + width, range));
        if right < 0.0 || left > view {
            // It was moved out of view.
            return None;
        }
        let left = left.clamp(0.0, (view - WIDTH).max(0.0));
        let (left, top) = (left + f64::from(canvas.offset_left()), y + f64::from(canvas.offset_top()) + 4.0);
        let content = match pointed {
            Pointed::Density { .. } => {
                let states = states.get();
                if states.is_empty() {
                    return None;
                }
                let count: usize = states.iter().map(|(_, count)| count).sum();
                let state = |(state, count): (RunState, usize)| {
                    view! { <li><span class="badge" data-state=state.word()>{status::state(state)}</span> " " {number::count(count)}</li> }
                };
                view! {
                    <p class="tl-card-name">{words::density(&number::count(count))}</p>
                    <ul class="tl-card-states">{states.into_iter().map(state).collect_view()}</ul>
                }
                .into_any()
            }
            Pointed::Run(id) => {
                let run = scene.run(&id)?;
                let now = scene.ui.clock.now();
                let state = run.state(now);
                let note = StateNote::of(&run.run, now).map(|note| status::note(&note));
                view! {
                    <p class="tl-card-name"><bdi>{name_of(&run)}</bdi></p>
                    <p>
                        <span class="badge" data-state=state.word()>{status::state(state)}</span>
                        " "
                        <span class="state-note">{note}</span>
                    </p>
                    <p class="tl-card-time">{scene.window_words(run.window)}</p>
                    <p class="hint">{run.window.end.since(run.window.start).words()} " · " <bdi>{job_of(scene.ui, &run)}</bdi></p>
                }
                .into_any()
            }
        };
        Some(view! {
            <div class="tl-card" aria-hidden="true" style:left=format!("{left:.0}px") style:top=format!("{top:.0}px")>{content}</div>
        })
    }
}
