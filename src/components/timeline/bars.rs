//! The bars that are links: runs that are wide and high enough to be pointed at.

use super::keyboard::focused;
use super::names::{job_of, name_of};
use super::pointers::Pointed;
use super::scene::Scene;
use crate::address::Address;
use crate::browser::focus;
use crate::text::{status, timeline as words};
use leptos::prelude::*;
use runboard_core::run::RunId;
use runboard_core::run_state::RunState;
use runboard_core::timeline::Timeline;
use runboard_core::timeline::bar_text::{BarText, MARK, Space};
use runboard_core::timeline::drawing::Drawing;
use runboard_core::timeline::overlaps::SharedTimes;
use runboard_core::timeline::picture::{Picture, PictureLane};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

/// The height of what marks an overlap, at the lower edge of a bar: its name stays readable.
const HATCH: f64 = 5.0;
/// At most this share of a bar's height, so that the colour of its state stays visible.
const LARGEST_HATCH: f64 = 0.4;

/// Rows lower than this are not hatched: nobody could see it.
const LOWEST_HATCHED: f64 = 4.0;

/// Where a run is drawn.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
struct Placed {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
    /// How much of its row is free after it
    after: f64,
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
        let width = scene.drawn_width();
        let lanes = picture.lanes.iter().filter(|lane| lane.has_links() || cursor.is_some()).flat_map(|lane| {
            let links = lane.bars.iter().zip(lane.spaces_after(width));
            links.filter(move |(bar, _)| picture.is_link(bar) || cursor == Some(bar.place)).map(move |(bar, after)| {
                let (y, height) = lane.place(bar);
                (bar.place, Placed { x: bar.x, y, width: bar.width, height, after })
            })
        });
        lanes.collect()
    });
    if found.is_empty() {
        // Something has to be reached by the Tab key, although all of it is thin.
        found.extend(first_bar(scene));
    }
    found.sort_unstable_by_key(|(place, _)| *place);
    scene.timeline.with(|timeline| {
        let id = |(place, placed): (usize, Placed)| Some((timeline.run(place)?.run.id.clone(), placed));
        let found: Vec<(RunId, Placed)> = found.into_iter().filter_map(id).collect();
        Links { ids: found.iter().map(|(id, _)| id.clone()).collect(), placed: found.into_iter().collect() }
    })
}

/// The first run in view that has a bar.
fn first_bar(scene: Scene) -> Option<(usize, Placed)> {
    let range = scene.settled.get();
    scene.timeline.with(|timeline| {
        scene.picture.with(|picture| {
            let bars = picture.lanes.iter().flat_map(|lane| lane.bars.iter().map(move |bar| (lane, bar)));
            let in_view = bars.filter(|(_, bar)| {
                let window = timeline.run(bar.place).map(|run| run.window);
                window.is_some_and(|window| window.end > range.from() && window.start < range.to())
            });
            let (lane, bar) = in_view.min_by_key(|(_, bar)| bar.place)?;
            let (y, height) = lane.place(bar);
            Some((bar.place, Placed { x: bar.x, y, width: bar.width, height, after: 0.0 }))
        })
    })
}

/// A bar that is about to go hands its focus to the lanes: it would be lost.
fn hand_over_focus(scene: Scene, staying: &[RunId]) {
    let goes = focused(scene).flatten().is_some_and(|id| !staying.contains(&id));
    if let Some(canvas) = scene.canvas.try_get_untracked().flatten().filter(|_| goes) {
        focus::without_scrolling(&canvas);
    }
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
    let each = move || {
        let ids = ids.get();
        untrack(|| hand_over_focus(scene, &ids));
        ids
    };
    let hatches = Memo::new(move |_| {
        let (drawing, now) = (scene.drawing.get(), scene.states_at.get());
        scene.picture.with(|picture| {
            if !picture.lanes.iter().any(is_hatched) {
                return String::new();
            }
            scene.timeline.with(|timeline| {
                let shared = timeline.shared_times(drawing.range(), now);
                hatches(picture, timeline, &shared, drawing)
            })
        })
    });
    view! {
        <g>
            <defs>
                <pattern id="tl-hatching" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                    // A number: an element of strings alone would be written as HTML, which the page's policy forbids.
                    <rect x=0 y=0 width=6 height=6></rect>
                    <line x1=0 y1=0 x2=0 y2=6></line>
                </pattern>
            </defs>
            <For each=each key=RunId::clone children=move |id| {
                view! { <BarLink scene=scene id=id links=links stop=stop /> }
            } />
            <path class="tl-hatch" d=move || hatches.get()></path>
        </g>
    }
}

fn is_hatched(lane: &PictureLane) -> bool {
    lane.row >= LOWEST_HATCHED
}

/// The parts of all bars that other runs of the same job share, along their lower edges.
fn hatches(picture: &Picture, timeline: &Timeline, shared: &SharedTimes, drawing: Drawing) -> String {
    let mut path = String::new();
    for lane in picture.lanes.iter().filter(|lane| is_hatched(lane)) {
        for bar in &lane.bars {
            let (top, height) = lane.place(bar);
            let hatch = HATCH.min(height * LARGEST_HATCH);
            let mut add = |(from, to): (f64, f64)| {
                let width = (to - from).max(2.0);
                let _ = write!(path, "M{from:.1} {:.1}h{width:.1}v{hatch:.1}h-{width:.1}z", top + height - hatch);
            };
            // Parts that are no pixel apart are one: there may be thousands.
            let mut last: Option<(f64, f64)> = None;
            for part in timeline.run(bar.place).into_iter().flat_map(|run| shared.of(run)) {
                let (from, to) = (drawing.x(part.start).max(bar.x), drawing.x(part.end).min(bar.x + bar.width));
                match &mut last {
                    Some((_, end)) if from - *end < 1.0 => *end = end.max(to),
                    _ => {
                        if let Some(done) = last.replace((from, to)) {
                            add(done);
                        }
                    }
                }
            }
            if let Some(done) = last {
                add(done);
            }
        }
    }
    path
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
    let text = Memo::new(move |_| {
        let Placed { x, width, after, .. } = placed.get();
        let space = Space { x, width, after, view: scene.edges_of_view() };
        said.with(|said| {
            said.as_ref().map(|said| BarText::new(space, &said.name, status::state(said.state))).unwrap_or_default()
        })
    });
    let word = move || text.with(|text| text.has_word).then(|| state().map(status::state)).flatten();
    let center = move || placed.with(|placed| placed.y + placed.height / 2.0);
    let shape = move || state().filter(|_| text.with(|text| text.has_mark)).map(mark);
    let tab_index = {
        let id = id.clone();
        move || if stop.with(|stop| stop.as_ref() == Some(&id)) { "0" } else { "-1" }
    };
    let on_focus = {
        let id = id.clone();
        move |_| {
            scene.cursor.try_set(Some(id.clone()));
            scene.pointed.try_set(Some(Pointed::Run(id.clone())));
        }
    };
    view! {
        <g>
            <a
                class="tl-bar"
                href=Address::Run { id: id.clone() }.href()
                data-run=id.as_str().to_owned()
                data-state=move || state().map(RunState::word)
                data-after=move || text.with(|text| text.is_after.then_some(""))
                tabindex=tab_index
                draggable="false"
                aria-label=move || said.with(|said| said.as_ref().map(|said| said.label.clone()))
                on:focus=on_focus
                on:blur=move |_| { scene.pointed.try_set(None); }
            >
                <rect x=number(|placed| placed.x) y=number(|placed| placed.y) width=number(|placed| placed.width) height=number(|placed| placed.height) rx="5"></rect>
                <path class="tl-mark" d=shape transform=move || format!("translate({:.1} {:.1})", text.with(|text| text.x) + 7.0, center() - 4.0)></path>
                <text x=move || text.with(|text| text.x) + MARK y=move || center() + 3.5>
                    {move || text.with(|text| text.name.clone())}
                    " "
                    <tspan class="tl-word" dx="2">{word}</tspan>
                </text>
            </a>
        </g>
    }
}

/// What a run is called, by screen readers too; not what depends on where it is drawn.
fn said(scene: Scene, id: &RunId) -> Option<Said> {
    scene.states_at.track();
    let run = scene.run(id)?;
    let state = run.state(scene.ui.clock.now());
    let (name, job) = (name_of(&run), job_of(scene.ui, &run));
    let length = run.window.end.since(run.window.start).words();
    let label = words::bar(&name, status::state(state), &job, &scene.window_words(run.window), &length);
    Some(Said { state, label, name })
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
