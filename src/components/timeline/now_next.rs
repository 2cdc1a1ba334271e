//! What runs now and what starts next, in words.

use super::names::name_of;
use super::scene::Scene;
use crate::address::Address;
use crate::browser::number;
use crate::text::timeline as words;
use leptos::prelude::*;
use runboard_core::run_state::RunState;
use runboard_core::timeline::TimelineRun;

/// How many runs are running, and the next one to start, wherever the range is.
#[component]
pub(super) fn NowAndNext(scene: Scene) -> impl IntoView {
    let running = Memo::new(move |_| {
        let now = scene.states_at.get();
        scene.timeline.with(|timeline| {
            let is_running = |run: &&TimelineRun| run.state(now) == RunState::Running;
            timeline.runs().iter().filter(is_running).count()
        })
    });
    let next = Memo::new(move |_| {
        let now = scene.states_at.get();
        let run = scene.timeline.with(|timeline| timeline.next_after(now).cloned())?;
        let (_, start) = scene.range_words(now, run.window.start);
        Some((Address::Run { id: run.run.id.clone() }.href(), name_of(&run), start))
    });
    let is_filtered = Memo::new(move |_| !scene.lists_all());
    let next_words = move || {
        let (href, name, start) = next.get()?;
        Some(view! { <span class="tl-next">{words::NEXT} " " <a href=href><bdi>{name}</bdi></a> " " {start}</span> })
    };
    view! {
        <p class="tl-now-next">
            <span class="tl-running" class:none=move || running.get() == 0>{move || words::running(&number::count(running.get()))}</span>
            " "
            {next_words}
            {move || is_filtered.get().then(|| view! { " " <span class="hint">{words::OF_LISTED}</span> })}
        </p>
    }
}
