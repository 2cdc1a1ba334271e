//! The bars that are links: runs that are wide and high enough to be pointed at.

use super::scene::{Pointed, Scene, job_of, name_of};
use crate::address::Address;
use crate::text::{status, timeline as words};
use leptos::prelude::*;
use runboard_core::run_state::RunState;
use runboard_core::timeline::TimelineRun;

/// How wide a letter is, about.
const LETTER: f64 = 6.9;
/// The space that the mark of the state takes up.
const MARK: f64 = 22.0;

/// What is drawn of a run.
#[derive(Clone, PartialEq, Debug)]
struct BarModel {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
    state: RunState,
    label: String,
    name: String,
    is_cut: bool,
}

/// All links, in time order, so that the Tab key and screen readers find them as they follow each other.
#[component]
pub(super) fn Bars(scene: Scene) -> impl IntoView {
    let places = Memo::new(move |_| {
        let cursor = scene.cursor.get();
        scene.picture.with(|picture| {
            let links = picture.lanes.iter().flat_map(|lane| {
                lane.bars.iter().filter(move |bar| picture.is_link(lane, bar) || cursor == Some(bar.place))
            });
            let mut places: Vec<usize> = links.map(|bar| bar.place).collect();
            places.sort_unstable();
            places
        })
    });
    // One stop of the Tab key: the run that was reached last, or else the first in view.
    let stop = Memo::new(move |_| {
        let from = scene.settled.get().from();
        places.with(|places| {
            scene.cursor.get().filter(|place| places.contains(place)).or_else(|| {
                let in_view = |place: &&usize| scene.run(**place).is_some_and(|run| run.window.end > from);
                places.iter().find(in_view).or(places.first()).copied()
            })
        })
    });
    let overlapping = Memo::new(move |_| {
        let drawn = scene.drawn.get();
        scene.timeline.with(|timeline| timeline.overlaps(drawn).marked().collect::<Vec<_>>())
    });
    let hatches = move || {
        let marked = overlapping.get();
        scene.picture.with(|picture| {
            let hatch = |(place, from, to): (usize, _, _)| {
                let (lane, bar) = picture.bar_of(place)?;
                let (top, height) = lane.place(bar);
                let (from, to) = (scene.x(from), scene.x(to));
                Some(view! { <rect class="tl-hatch" x=from y=top width=(to - from).max(1.0) height=height rx="3"></rect> })
            };
            marked.into_iter().filter_map(hatch).collect_view()
        })
    };
    view! {
        <g>
            <defs>
                <pattern id="tl-hatching" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                    // A number: an element of strings alone would be written as HTML, which the page's policy forbids.
                    <line x1=0 y1=0 x2=0 y2=6></line>
                </pattern>
            </defs>
            <For each=move || places.get() key=move |place| scene.timeline.with_untracked(|timeline| timeline.run(*place).map(|run| run.run.id.clone())) children=move |place| {
                view! { <BarLink scene=scene place=place stop=stop /> }
            } />
            <g class="tl-hatches">{hatches}</g>
        </g>
    }
}

#[component]
fn BarLink(scene: Scene, place: usize, stop: Memo<Option<usize>>) -> impl IntoView {
    let id = scene.timeline.with_untracked(|timeline| timeline.run(place).map(|run| run.run.id.clone()));
    let Some(id) = id else { return ().into_any() };
    let href = Address::Run { id }.href();
    let model =
        Memo::new(move |before: Option<&Option<BarModel>>| model(scene, place).or_else(|| before.cloned().flatten()));
    let number = move |part: fn(&BarModel) -> f64| move || model.with(|model| model.as_ref().map_or(0.0, part));
    // What is cut off at the left has its name where it comes into view.
    let text_x = Memo::new(move |_| {
        model
            .with(|model| {
                let model = model.as_ref()?;
                let end = model.x + model.width;
                Some(scene.first_visible_x().clamp(model.x, (end - 40.0).max(model.x)))
            })
            .unwrap_or_default()
    });
    let text = Memo::new(move |_| {
        let from = text_x.get();
        model.with(|model| {
            model.as_ref().map(|model| fit(&model.name, model.x + model.width - from - MARK - 6.0)).unwrap_or_default()
        })
    });
    let word = Memo::new(move |_| {
        let (from, name) = (text_x.get(), text.get());
        model.with(|model| {
            let model = model.as_ref()?;
            let word = status::state(model.state);
            let used = (name.chars().count() + word.len() + 2) as f64 * LETTER;
            (name == model.name && model.x + model.width - from - MARK - 6.0 > used).then_some(word)
        })
    });
    let center = move || model.with(|model| model.as_ref().map_or(0.0, |model| model.y + model.height / 2.0));
    view! {
        <g>
            <a
                class="tl-bar"
                href=href
                data-place=place.to_string()
                data-state=move || model.with(|model| model.as_ref().map(|model| model.state.word()))
                data-cut=move || model.with(|model| model.as_ref().is_some_and(|model| model.is_cut).then_some(""))
                tabindex=move || if stop.get() == Some(place) { "0" } else { "-1" }
                draggable="false"
                aria-label=move || model.with(|model| model.as_ref().map(|model| model.label.clone()))
                on:focus=move |_| { scene.cursor.set(Some(place)); scene.pointed.set(Some(Pointed::Run(place))); }
                on:blur=move |_| scene.pointed.set(None)
            >
                <rect x=number(|model| model.x) y=number(|model| model.y) width=number(|model| model.width) height=number(|model| model.height) rx="5"></rect>
                <path class="tl-mark" d=move || model.with(|model| model.as_ref().filter(|model| model.width >= 16.0).map(|model| mark(model.state))) transform=move || format!("translate({:.1} {:.1})", text_x.get() + 7.0, center() - 4.0)></path>
                <text x=move || text_x.get() + MARK y=move || center() + 4.0>
                    {move || text.get()}
                    <tspan class="tl-word" dx="6">{move || word.get()}</tspan>
                </text>
            </a>
        </g>
    }
    .into_any()
}

fn model(scene: Scene, place: usize) -> Option<BarModel> {
    let run = scene.run(place)?;
    let (x, y, width, height, is_cut) = scene.picture.with(|picture| {
        let (lane, bar) = picture.bar_of(place)?;
        let (y, height) = lane.place(bar);
        Some((bar.x, y, bar.width, height, bar.cut_left))
    })?;
    let state = RunState::of(&run.run, scene.ui.clock.now());
    Some(BarModel { x, y, width, height, state, label: label(scene, &run, state), name: name_of(&run), is_cut })
}

/// What a run is called by screen readers.
pub(super) fn label(scene: Scene, run: &TimelineRun, state: RunState) -> String {
    let length = run.window.end.since(run.window.start).words();
    words::bar(&name_of(run), status::state(state), &job_of(scene.ui, run), &scene.window_words(run.window), &length)
}

/// As much of a name as there is room for; nothing rather than a few letters.
fn fit(name: &str, space: f64) -> String {
    let room = (space / LETTER).floor().max(0.0) as usize;
    let length = name.chars().count();
    if length <= room {
        return name.to_owned();
    }
    if room < 5 {
        return String::new();
    }
    let mut short: String = name.chars().take(room - 1).collect();
    short.push('…');
    short
}

/// The shape of a state, eight pixels wide: as in its badge.
const fn mark(state: RunState) -> &'static str {
    match state {
        RunState::Running => "M4 0a4 4 0 1 0 0 8a4 4 0 1 0 0-8z",
        RunState::Scheduled | RunState::Open => {
            "M4 0a4 4 0 1 0 0 8a4 4 0 1 0 0-8zM4 1.6a2.4 2.4 0 1 1 0 4.8a2.4 2.4 0 1 1 0-4.8z"
        }
        RunState::Completed => "M0 4.4L1.1 3.300L2.900 5L6.900.8L8 2L2.900 7.300z",
        RunState::Failed => "M0 1.2L1.2 0L4 2.800L6.800 0L8 1.2L5.200 4L8 6.800L6.800 8L4 5.200L1.2 8L0 6.800L2.800 4z",
        RunState::Stopped => "M.5.5h7v7h-7z",
        RunState::Ended => "M0 3h8v2h-8z",
        RunState::Unknown => "M3.2 6.200h1.600v1.600h-1.600zM3.200 0h1.600v5h-1.600z",
    }
}
