//! The same as a table, for those who do not see the picture.

use super::scene::{Scene, job_of, name_of};
use crate::address::Address;
use crate::browser::number;
use crate::text::{status, timeline as words};
use leptos::prelude::*;
use runboard_core::run_state::RunState;

/// All runs whose windows meet the range, in time order. Built while it is open.
#[component]
pub(super) fn RunsInView(scene: Scene) -> impl IntoView {
    let open = RwSignal::new(false);
    let places = Memo::new(move |_| {
        let range = scene.settled.get();
        scene.timeline.with(|timeline| timeline.in_range(range))
    });
    let without = Memo::new(move |_| scene.timeline.with(|timeline| timeline.without_window()));
    let row = move |place: usize| {
        let run = scene.run(place)?;
        let (settings, now) = (scene.ui.settings, scene.ui.clock.now());
        let state = RunState::of(&run.run, now);
        let time = move |at| settings.print_readable(at, now);
        Some(view! {
            <tr>
                <th scope="row"><a href=Address::Run { id: run.run.id.clone() }.href()><bdi>{name_of(&run)}</bdi></a></th>
                <td><span class="badge" data-state=state.word()>{status::state(state)}</span></td>
                <td><bdi>{job_of(scene.ui, &run)}</bdi></td>
                <td class="number">{time(run.window.start)}</td>
                <td class="number">{time(run.window.end)}</td>
                <td class="number">{run.window.end.since(run.window.start).words()}</td>
            </tr>
        })
    };
    let table = move || {
        open.get().then(|| {
            view! {
                <div class="table-frame" tabindex="0" role="group" aria-label=words::TABLE>
                    <table class="requests tl-table" aria-label=words::TABLE>
                        <thead><tr>{words::COLUMNS.map(|name| view! { <th scope="col">{name}</th> })}</tr></thead>
                        <tbody>{move || places.get().into_iter().filter_map(row).collect_view()}</tbody>
                    </table>
                </div>
            }
        })
    };
    let on_toggle = move |event: web_sys::Event| {
        let details = event_target::<web_sys::Element>(&event);
        open.set(details.has_attribute("open"));
    };
    view! {
        <details class="tl-runs" on:toggle=on_toggle>
            <summary>{move || words::in_view(&number::count(places.with(Vec::len)))}</summary>
            {table}
        </details>
        {move || (without.get() > 0).then(|| view! { <p class="hint">{words::without_window(&number::count(without.get()))}</p> })}
    }
}
