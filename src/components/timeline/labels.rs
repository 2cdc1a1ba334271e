//! What the lanes are called.

use super::scene::Scene;
use crate::address::Address;
use crate::text::{list, timeline as words};
use leptos::prelude::*;
use runboard_core::query::{Sort, job_term};
use runboard_core::timeline::lanes::Grouping;

/// A label for each lane, beside it or, where space is short, above it.
#[component]
pub(super) fn Labels(scene: Scene) -> impl IntoView {
    let lanes = Memo::new(move |_| {
        let (from, to) = scene.in_sight.get();
        scene.picture.with(|picture| {
            let in_sight = picture.lanes.iter().filter(|lane| lane.top < to && lane.top + lane.height > from);
            in_sight.map(|lane| (lane.lane, lane.top, lane.height)).collect::<Vec<_>>()
        })
    });
    let label = move |lane: usize, top: f64, height: f64| {
        let name = scene.lane_name(lane);
        let first = scene
            .timeline
            .with_untracked(|timeline| timeline.run(timeline.lane(lane)?.places().first().copied()?).cloned());
        let href = first.and_then(|run| match scene.grouping.get_untracked() {
            Grouping::ByRun => Some(Address::Run { id: run.run.id.clone() }),
            Grouping::ByJob => run.job().map(|job| Address::Runs { q: job_term(job.as_str()), sort: Sort::default() }),
        });
        let title = name.clone();
        let inner = match href {
            Some(href) => view! { <a href=href.href() title=title><bdi>{name}</bdi></a> }.into_any(),
            None => view! { <span title=title><bdi>{name}</bdi></span> }.into_any(),
        };
        view! {
            <li class="tl-label" style:top=format!("{top}px") style:height=format!("{height}px")>{inner}</li>
        }
    };
    let is_by_job = move || scene.grouping.get() == Grouping::ByJob;
    view! {
        <ul class="tl-labels" aria-label=move || if is_by_job() { list::JOB } else { words::LANES }>
            {move || lanes.get().into_iter().map(|(lane, top, height)| label(lane, top, height)).collect_view()}
        </ul>
    }
}
