//! The bars that are links: runs that are wide and high enough to be pointed at.

use super::scene::{Pointed, Scene, job_of, name_of};
use crate::address::Address;
use crate::text::{status, timeline as words};
use leptos::prelude::*;
use runboard_core::run::RunId;
use runboard_core::run_state::RunState;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How wide a letter is, about.
const LETTER: f64 = 6.9;
/// The space that the mark of the state takes up.
const MARK: f64 = 22.0;

/// Where a run is drawn.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
struct Placed {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
    is_cut: bool,
}

/// What is said of a run.
#[derive(Clone, PartialEq, Debug)]
struct Said {
    state: RunState,
    label: String,
    name: String,
}

/// The links in time order, and where each is drawn. A run is known by its id: its place in the timeline changes with every run that
/// comes or goes.
#[derive(Clone, PartialEq, Debug, Default)]
struct Links {
    ids: Vec<RunId>,
    placed: BTreeMap<RunId, Placed>,
}

fn links(scene: Scene) -> Links {
    let cursor = scene.cursor.get().and_then(|id| scene.place(&id));
    let mut found: Vec<(usize, Placed)> = scene.picture.with(|picture| {
        let placed = picture.links(cursor).map(|(lane, bar)| {
            let (y, height) = lane.place(bar);
            (bar.place, Placed { x: bar.x, y, width: bar.width, height, is_cut: bar.cut_left })
        });
        placed.collect()
    });
    found.sort_unstable_by_key(|(place, _)| *place);
    scene.timeline.with(|timeline| {
        let id = |(place, placed): (usize, Placed)| Some((timeline.run(place)?.run.id.clone(), placed));
        let found: Vec<(RunId, Placed)> = found.into_iter().filter_map(id).collect();
        Links { ids: found.iter().map(|(id, _)| id.clone()).collect(), placed: found.into_iter().collect() }
    })
}

/// All links, in time order, so that the Tab key and screen readers find them as they follow each other.
#[component]
pub(super) fn Bars(scene: Scene) -> impl IntoView {
    let links = Memo::new(move |_| Arc::new(links(scene)));
    let ids = Memo::new(move |_| links.with(|links| links.ids.clone()));
    // One stop of the Tab key: the run that was reached last, or else the first in view.
    let stop = Memo::new(move |_| {
        let from = scene.settled.get().from();
        ids.with(|ids| {
            scene.cursor.get().filter(|id| ids.contains(id)).or_else(|| {
                let in_view = |id: &&RunId| scene.run(id).is_some_and(|run| run.window.end > from);
                ids.iter().find(in_view).or(ids.first()).cloned()
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
            <For each=move || ids.get() key=RunId::clone children=move |id| {
                view! { <BarLink scene=scene id=id links=links stop=stop /> }
            } />
            <g class="tl-hatches">{hatches}</g>
        </g>
    }
}

#[component]
fn BarLink(scene: Scene, id: RunId, links: Memo<Arc<Links>>, stop: Memo<Option<RunId>>) -> impl IntoView {
    let placed = {
        let id = id.clone();
        Memo::new(move |before: Option<&Placed>| {
            links.with(|links| links.placed.get(&id).copied()).or(before.copied()).unwrap_or_default()
        })
    };
    let said = {
        let id = id.clone();
        Memo::new(move |before: Option<&Option<Said>>| said(scene, &id).or_else(|| before.cloned().flatten()))
    };
    let state = move || said.with(|said| said.as_ref().map(|said| said.state));
    let number = move |part: fn(&Placed) -> f64| move || placed.with(part);
    // What is cut off at the left has its name where it comes into view.
    let text_x = Memo::new(move |_| {
        let placed = placed.get();
        scene.first_visible_x().clamp(placed.x, (placed.x + placed.width - MARK).max(placed.x))
    });
    let room = move || placed.with(|placed| placed.x + placed.width) - text_x.get() - MARK - 6.0;
    let text = Memo::new(move |_| {
        let room = room();
        said.with(|said| said.as_ref().map(|said| fit(&said.name, room)).unwrap_or_default())
    });
    let word = Memo::new(move |_| {
        let (room, text) = (room(), text.get());
        said.with(|said| {
            let said = said.as_ref()?;
            let word = status::state(said.state);
            let used = (text.chars().count() + word.len() + 2) as f64 * LETTER;
            (text == said.name && room > used).then_some(word)
        })
    });
    let center = move || placed.with(|placed| placed.y + placed.height / 2.0);
    let shape = move || state().filter(|_| placed.with(|placed| placed.width >= 16.0)).map(mark);
    let tab_index = {
        let id = id.clone();
        move || if stop.with(|stop| stop.as_ref() == Some(&id)) { "0" } else { "-1" }
    };
    let on_focus = {
        let id = id.clone();
        move |_| {
            scene.cursor.set(Some(id.clone()));
            scene.pointed.set(Some(Pointed::Run(id.clone())));
        }
    };
    view! {
        <g>
            <a
                class="tl-bar"
                href=Address::Run { id: id.clone() }.href()
                data-run=id.as_str().to_owned()
                data-state=move || state().map(RunState::word)
                data-cut=move || placed.with(|placed| placed.is_cut.then_some(""))
                tabindex=tab_index
                draggable="false"
                aria-label=move || said.with(|said| said.as_ref().map(|said| said.label.clone()))
                on:focus=on_focus
                on:blur=move |_| scene.pointed.set(None)
            >
                <rect x=number(|placed| placed.x) y=number(|placed| placed.y) width=number(|placed| placed.width) height=number(|placed| placed.height) rx="5"></rect>
                <path class="tl-mark" d=shape transform=move || format!("translate({:.1} {:.1})", text_x.get() + 7.0, center() - 4.0)></path>
                <text x=move || text_x.get() + MARK y=move || center() + 4.0>
                    {move || text.get()}
                    " "
                    <tspan class="tl-word" dx="2">{move || word.get()}</tspan>
                </text>
            </a>
        </g>
    }
}

/// What a run is called, by screen readers too; not what depends on where it is drawn.
fn said(scene: Scene, id: &RunId) -> Option<Said> {
    scene.states_at.track();
    let run = scene.run(id)?;
    let state = RunState::of(&run.run, scene.ui.clock.now());
    let (name, job) = (name_of(&run), job_of(scene.ui, &run));
    let length = run.window.end.since(run.window.start).words();
    let label = words::bar(&name, status::state(state), &job, &scene.window_words(run.window), &length);
    Some(Said { state, label, name })
}

/// As much of a name as there is room for; nothing rather than a few letters.
fn fit(name: &str, space: f64) -> String {
    let room = (space / LETTER).floor().max(0.0) as usize;
    let length = name.chars().count();
    if length <= room {
        return name.to_owned();
    }
    if room < 4 {
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
