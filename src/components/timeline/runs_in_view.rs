//! The same as a table, for those who do not see the picture.

use super::names::{job_of, name_of};
use super::scene::Scene;
use crate::address::Address;
use crate::browser::number;
use crate::text::{status, timeline as words};
use leptos::prelude::*;
use runboard_core::run::RunId;
use runboard_core::run_state::RunState;

/// Of more runs than this, the others are built once somebody asks for them: a hundred thousand rows would hold up the page.
const AT_FIRST: usize = 500;

/// All runs whose windows meet the range, in time order. Built while it is open.
#[component]
pub(super) fn RunsInView(scene: Scene) -> impl IntoView {
    let (open, all) = (RwSignal::new(false), RwSignal::new(false));
    let places = Memo::new(move |_| {
        let range = scene.settled.get();
        scene.timeline.with(|timeline| timeline.in_range(range))
    });
    let count = Memo::new(move |_| places.with(Vec::len));
    let shown = Memo::new(move |_| {
        let most = if all.get() { usize::MAX } else { AT_FIRST };
        scene.timeline.with(|timeline| {
            places.with(|places| {
                let runs = places.iter().take(most).filter_map(|place| timeline.run(*place));
                runs.map(|run| run.run.id.clone()).collect::<Vec<_>>()
            })
        })
    });
    let without = Memo::new(move |_| scene.timeline.with(|timeline| timeline.without_window()));
    let more = move || {
        (open.get() && count.get() > AT_FIRST && !all.get()).then(|| {
            view! { <button type="button" class="button" on:click=move |_| all.set(true)>{words::SHOW_ALL}</button> }
        })
    };
    let table = move || {
        open.get().then(|| {
            view! {
                <div class="table-frame" tabindex="0" role="group" aria-label=words::TABLE>
                    <table class="requests tl-table" aria-label=words::TABLE aria-rowcount=move || (count.get() + 1).to_string()>
                        <thead><tr>{words::COLUMNS.map(|name| view! { <th scope="col">{name}</th> })}</tr></thead>
                        <tbody>
                            <For each=move || shown.get() key=RunId::clone children=move |id| view! { <Row scene=scene id=id /> } />
                        </tbody>
                    </table>
                </div>
            }
        })
    };
    let on_toggle = move |event: web_sys::Event| {
        let details = event_target::<web_sys::Element>(&event);
        open.set(details.has_attribute("open"));
        all.set(false);
    };
    view! {
        <details class="tl-runs" on:toggle=on_toggle>
            <summary>{move || words::in_view(&number::count(count.get()))}</summary>
            {table}
            {more}
        </details>
        {move || (without.get() > 0).then(|| view! { <p class="hint">{words::without_window(&number::count(without.get()))}</p> })}
    }
}

/// What the cells of a row say.
#[derive(Clone, PartialEq, Debug)]
struct Cells {
    name: String,
    state: RunState,
    job: String,
    start: String,
    end: String,
    length: String,
}

fn cells(scene: Scene, id: &RunId) -> Option<Cells> {
    scene.states_at.track();
    let run = scene.run(id)?;
    let (settings, now) = (scene.ui.settings, scene.ui.clock.now());
    Some(Cells {
        name: name_of(&run),
        state: run.state(now),
        job: job_of(scene.ui, &run),
        start: settings.print_readable(run.window.start, now),
        end: settings.print_readable(run.window.end, now),
        length: run.window.end.since(run.window.start).words(),
    })
}

/// A row. A run that changes touches its own row only, so that nobody who reads the table loses the focus.
#[component]
fn Row(scene: Scene, id: RunId) -> impl IntoView {
    let href = Address::Run { id: id.clone() }.href();
    let cells =
        Memo::new(move |before: Option<&Option<Cells>>| cells(scene, &id).or_else(|| before.cloned().flatten()));
    let text =
        move |part: fn(&Cells) -> &str| move || cells.with(|cells| cells.as_ref().map(|cells| part(cells).to_owned()));
    let state = move || cells.with(|cells| cells.as_ref().map(|cells| cells.state));
    view! {
        <tr>
            <th scope="row"><a href=href><bdi>{text(|cells| &cells.name)}</bdi></a></th>
            <td><span class="badge" data-state=move || state().map(RunState::word)>{move || state().map(status::state)}</span></td>
            <td><bdi>{text(|cells| &cells.job)}</bdi></td>
            <td class="number">{text(|cells| &cells.start)}</td>
            <td class="number">{text(|cells| &cells.end)}</td>
            <td class="number">{text(|cells| &cells.length)}</td>
        </tr>
    }
}
