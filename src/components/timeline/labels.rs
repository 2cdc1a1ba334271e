//! What the lanes are called.

use super::names::{job_of, name_of};
use super::room::FirstFit;
use super::scene::Scene;
use crate::address::Address;
use crate::text::{list, timeline as words};
use leptos::prelude::*;
use runboard_core::query::{Sort, job_term};
use runboard_core::timeline::TimelineRun;
use runboard_core::timeline::lanes::Grouping;

/// A lane's label.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Label {
    name: String,
    /// Its run, or the list of its job
    href: Option<String>,
}

impl Label {
    fn of(scene: Scene, grouping: Grouping, run: &TimelineRun) -> Self {
        let (name, address) = match grouping {
            Grouping::ByRun => (name_of(run), Some(Address::Run { id: run.run.id.clone() })),
            Grouping::ByJob => {
                let runs = |job: &str| Address::Runs { q: job_term(job), sort: Sort::default() };
                (job_of(scene.ui, run), run.job().map(|job| runs(job.as_str())))
            }
        };
        Self { name, href: address.map(|address| address.href()) }
    }
}

/// The lane of a label, and where it stands.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
struct Place {
    lane: usize,
    top: f64,
    height: f64,
}

/// A label for each lane, beside it or, where space is short, above it.
#[component]
pub(super) fn Labels(scene: Scene) -> impl IntoView {
    let lanes = Memo::new(move |_| {
        let ((from, to), grouping) = (scene.in_sight.get(), scene.grouping.get());
        scene.picture.with(|picture| {
            let in_sight = picture.lanes.iter().filter(|lane| lane.top < to && lane.top + lane.height > from);
            let label = |lane: usize| {
                scene.timeline.with(|timeline| {
                    let first = timeline.lane(lane)?.places().first().copied()?;
                    Some(Label::of(scene, grouping, timeline.run(first)?))
                })
            };
            let labels = in_sight.filter_map(|lane| {
                Some((label(lane.lane)?, Place { lane: lane.lane, top: lane.top, height: lane.height }))
            });
            labels.collect::<Vec<_>>()
        })
    });
    let children = move |label: Label| {
        let place = {
            let label = label.clone();
            Memo::new(move |before: Option<&Place>| {
                let find =
                    |lanes: &Vec<(Label, Place)>| lanes.iter().find(|(one, _)| *one == label).map(|(_, place)| *place);
                lanes.with(find).or(before.copied()).unwrap_or_default()
            })
        };
        let Label { name, href } = label;
        let title = name.clone();
        let inner = match href {
            Some(href) => view! { <a href=href title=title><bdi>{name}</bdi></a> }.into_any(),
            None => view! { <span title=title><bdi>{name}</bdi></span> }.into_any(),
        };
        let fit = Memo::new(move |_| FirstFit::of(scene, place.get().lane));
        view! {
            <li class="tl-label" style:top=move || format!("{}px", place.get().top) style:height=move || format!("{}px", place.get().height)>
                {inner}
                {move || fit.get().map(FirstFit::view)}
            </li>
        }
    };
    let is_by_job = move || scene.grouping.get() == Grouping::ByJob;
    let labels = move || lanes.get().into_iter().map(|(label, _)| label).collect::<Vec<_>>();
    view! {
        <ul class="tl-labels" aria-label=move || if is_by_job() { list::JOB } else { words::LANES }>
            <For each=labels key=|label| (label.name.clone(), label.href.clone()) children=children />
        </ul>
    }
}
