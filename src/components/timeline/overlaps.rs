//! The windows of one job that overlap, as a list.

use super::names::{job_of, name_of};
use super::scene::Scene;
use crate::address::Address;
use crate::browser::number;
use crate::text::timeline as words;
use leptos::prelude::*;
use runboard_core::timeline::TimelineRun;
use runboard_core::timeline::overlaps::Overlap;

/// An element of strings alone would be written as HTML, which the page's policy forbids.
const HATCH_KEY: &str = "tl-hatch-key";

/// How many overlaps are in view; opened, each with links to both of its runs.
#[component]
pub(super) fn OverlapsInView(scene: Scene) -> impl IntoView {
    let found = Memo::new(move |_| {
        let (range, now) = (scene.settled.get(), scene.states_at.get());
        scene.timeline.with(|timeline| timeline.overlaps(range, range, now))
    });
    let link = move |run: &TimelineRun| {
        view! { <a href=Address::Run { id: run.run.id.clone() }.href()><bdi>{name_of(run)}</bdi></a> }
    };
    let item = move |overlap: &Overlap| {
        let (one, other) = (scene.run_at(overlap.places.0)?, scene.run_at(overlap.places.1)?);
        Some(view! {
            <li>
                <bdi class="hint">{job_of(scene.ui, &one)}</bdi>
                " "
                {link(&one)}
                " + "
                {link(&other)}
                " "
                <span class="hint">{scene.window_words(overlap.shared)}</span>
            </li>
        })
    };
    move || {
        let found = found.get();
        let more = found.total.saturating_sub(found.listed.len());
        (found.total > 0).then(|| {
            view! {
                <details class="tl-overlaps">
                    <summary><i class=HATCH_KEY></i>{words::overlaps(&number::count(found.total))}</summary>
                    <ul>
                        {found.listed.iter().filter_map(item).collect_view()}
                        {(more > 0).then(|| view! { <li class="hint">{words::more_overlaps(&number::count(more))}</li> })}
                    </ul>
                </details>
            }
        })
    }
}
