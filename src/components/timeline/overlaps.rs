//! The windows of one job that overlap, as a list.

use super::names::{job_of, name_of};
use super::scene::Scene;
use crate::address::Address;
use crate::browser::number;
use crate::text::timeline as words;
use leptos::prelude::*;
use runboard_core::run::RunId;
use runboard_core::window::Window;

/// An element of strings alone would be written as HTML, which the page's policy forbids.
const HATCH_KEY: &str = "tl-hatch-key";

/// Two runs, by their ids: their places change with every run that comes or goes.
type Pair = (RunId, RunId);

/// How many overlaps are in view; opened, each with links to both of its runs. What a poll changes leaves the rest of it, and the
/// focus, where it is.
#[component]
pub(super) fn OverlapsInView(scene: Scene) -> impl IntoView {
    let found = Memo::new(move |_| {
        let (range, now) = (scene.settled.get(), scene.states_at.get());
        scene.timeline.with(|timeline| timeline.overlaps(range, now))
    });
    let total = Memo::new(move |_| found.with(|found| found.total));
    let more = Memo::new(move |_| found.with(|found| found.total.saturating_sub(found.listed.len())));
    let listed = Memo::new(move |_| {
        let id = |place| scene.run_at(place).map(|run| run.run.id.clone());
        found.with(|found| {
            let pairs = found.listed.iter();
            let pairs = pairs.filter_map(|one| Some(((id(one.places.0)?, id(one.places.1)?), one.shared)));
            pairs.collect::<Vec<(Pair, Window)>>()
        })
    });
    let pairs = move || listed.with(|listed| listed.iter().map(|(pair, _)| pair.clone()).collect::<Vec<_>>());
    let any = Memo::new(move |_| total.get() > 0);
    move || {
        any.get().then(|| {
            view! {
                <details class="tl-overlaps">
                    <summary><i class=HATCH_KEY></i>{move || words::overlaps(&number::count(total.get()))}</summary>
                    <ul>
                        <For each=pairs key=Pair::clone children=move |pair| view! { <Item scene=scene pair=pair listed=listed /> } />
                        {move || (more.get() > 0).then(|| view! { <li class="hint">{words::more_overlaps(&number::count(more.get()))}</li> })}
                    </ul>
                </details>
            }
        })
    }
}

#[component]
fn Item(scene: Scene, pair: Pair, listed: Memo<Vec<(Pair, Window)>>) -> impl IntoView {
    let link = |id: &RunId| {
        let href = Address::Run { id: id.clone() }.href();
        let id = id.clone();
        view! { <a href=href><bdi>{move || scene.run(&id).map(|run| name_of(&run))}</bdi></a> }
    };
    let links = (link(&pair.0), link(&pair.1));
    let job = {
        let id = pair.0.clone();
        move || scene.run(&id).map(|run| job_of(scene.ui, &run))
    };
    let shared = move || {
        let shared = listed.with(|listed| listed.iter().find(|(one, _)| *one == pair).map(|(_, shared)| *shared));
        shared.map(|shared| scene.window_words(shared))
    };
    view! {
        <li>
            <bdi class="hint">{job}</bdi>
            " "
            {links.0}
            " + "
            {links.1}
            " "
            <span class="hint">{shared}</span>
        </li>
    }
}
