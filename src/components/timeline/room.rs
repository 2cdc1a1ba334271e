//! When there is room for another run of a job.

use super::scene::Scene;
use crate::address::Address;
use crate::text::timeline as words;
use leptos::prelude::*;
use runboard_core::time::Span;
use runboard_core::timeline::lanes::Grouping;
use runboard_core::timeline::picture::LANE_PADDING;
use runboard_core::timeline::room;
use std::fmt::Write;

/// The lengths to choose from, in hours.
const LENGTHS: [i64; 6] = [1, 2, 4, 8, 12, 24];

/// Chooses the length that room is shown for.
#[component]
pub(super) fn RoomChoice(scene: Scene) -> impl IntoView {
    let is_offered = Memo::new(move |_| scene.grouping.get() == Grouping::ByJob && scene.lists_all());
    let choose = move |event: web_sys::Event| {
        let hours = event_target_value(&event).parse::<i64>().ok();
        scene.room.set(hours.map(Span::from_hours));
    };
    let option = move |hours: i64| {
        let length = Span::from_hours(hours);
        view! { <option value=hours.to_string() prop:selected=move || scene.room.get() == Some(length)>{length.words()}</option> }
    };
    move || {
        is_offered.get().then(|| {
            view! {
                <label class="tl-room-choice">
                    {words::ROOM_FOR}
                    " "
                    <select on:change=choose>
                        {LENGTHS.map(option).collect_view()}
                        <option value="" prop:selected=move || scene.room.get().is_none()>{words::ROOM_OFF}</option>
                    </select>
                </label>
            }
        })
    }
}

/// Marks the times ahead in each lane in which the length fits.
#[component]
pub(super) fn Rooms(scene: Scene) -> impl IntoView {
    let path = Memo::new(move |_| {
        let mut path = String::new();
        let Some(length) = scene.room_length() else { return path };
        let (drawing, now) = (scene.drawing.get(), scene.now.get());
        let to = drawing.range().to();
        scene.picture.with(|picture| {
            scene.timeline.with(|timeline| {
                for lane in &picture.lanes {
                    let (top, height) = (lane.top + LANE_PADDING, lane.height - 2.0 * LANE_PADDING);
                    for room in room::rooms(timeline, lane.lane, now, length).take_while(|room| room.from < to) {
                        let (left, right) = (drawing.x(room.from).max(0.0), drawing.x(room.to.min(to)));
                        if right > left {
                            let width = right - left;
                            let _ = write!(path, "M{left:.1} {top:.1}h{width:.1}v{height:.1}h-{width:.1}z");
                        }
                    }
                }
            });
        });
        path
    });
    view! { <path class="tl-room" d=move || path.get()></path> }
}

/// The first window in which the length fits: in words, and the form with it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct FirstFit {
    text: String,
    href: Option<String>,
}

impl FirstFit {
    /// Of a lane; tracked. `None` where room is not shown, and for the lane of runs without a job.
    pub(super) fn of(scene: Scene, lane: usize) -> Option<Self> {
        let length = scene.room_length()?;
        let (after, zone) = (scene.next_minute.get(), scene.ui.settings.zone());
        let (job, window) = scene.timeline.with(|timeline| {
            let first = timeline.lane(lane)?.places().first().copied()?;
            let job = timeline.run(first)?.job()?.as_str().to_owned();
            Some((job, room::first_fit(timeline, lane, after, length, &|at| zone.offset(at))?))
        })?;
        let (_, start) = scene.range_words(after, window.start);
        let address = Address::Planned { job: Some(job), replaces: None, window };
        Some(Self { text: words::room_from(&start), href: scene.may_create().then(|| address.href()) })
    }

    pub(super) fn view(self) -> AnyView {
        match self.href {
            Some(href) => view! { <a class="tl-fit" href=href title=words::ROOM_LINK>{self.text}</a> }.into_any(),
            None => view! { <span class="tl-fit">{self.text}</span> }.into_any(),
        }
    }
}
