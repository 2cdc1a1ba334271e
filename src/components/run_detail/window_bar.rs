//! The run's window and how much of it has elapsed. This is time, not work done: the API does not tell how many recipients are
//! left.

use crate::context::use_ui;
use crate::text::run as words;
use leptos::prelude::*;
use runboard_core::phase::Phase;
use runboard_core::run::Run;
use runboard_core::run_state::RunState;
use runboard_core::window::WindowProgress;
use std::sync::Arc;

/// A countdown, and a progress bar from the window's start to its end until it is over.
#[component]
pub fn WindowBar(
    /// The run
    run: Signal<Arc<Run>>,
    /// Its phase
    phase: Memo<Phase>,
) -> impl IntoView {
    let ui = use_ui();
    let clock = ui.clock;
    let progress = Memo::new(move |_| {
        let now = clock.tick();
        run.with(|run| run.window()).map(|window| WindowProgress::of(window, now))
    });
    let state = Memo::new(move |_| {
        let now = clock.tick();
        run.with(|run| RunState::of(run, now))
    });
    let has_window = Memo::new(move |_| progress.with(Option::is_some));
    let percent = Memo::new(move |_| progress.with(|progress| progress.as_ref().map_or(0, percent)));
    let length = Memo::new(move |_| run.with(|run| run.length()).map(|length| length.words()).unwrap_or_default());
    let changed = Memo::new(move |_| run.with(|run| run.updated_at));
    let print = move |at| ui.settings.print_readable(at, clock.now());
    let is_unopened = Memo::new(move |_| {
        let start = run.with(|run| run.window()).map(|window| window.start);
        state.get() == RunState::Stopped && changed.get().zip(start).is_some_and(|(changed, start)| changed < start)
    });
    let countdown = Memo::new(move |_| {
        progress.get().map(|progress| {
            let (start, end) = (progress.until_start, progress.until_end);
            match state.get() {
                RunState::Stopped if is_unopened.get() => words::STOPPED_BEFORE_START.to_owned(),
                RunState::Stopped => {
                    changed.get().map_or_else(|| words::STOPPED.to_owned(), |at| words::stopped(&print(at)))
                }
                RunState::Completed | RunState::Failed if end.millis() > 0 => words::window_ends_in(&end.words()),
                _ if start.millis() > 0 => words::opens_in(&start.words()),
                _ if end.millis() > 0 => words::ends_in(&end.words()),
                RunState::Failed => words::window_ended_ago(&end.words()),
                _ => words::ended_ago(&end.words()),
            }
        })
    });
    // The API does not say when a run was stopped or failed; the last change is as near as it gets.
    let when_changed = move || {
        let at = changed.get().filter(|_| is_unopened.get() || state.get() == RunState::Failed)?;
        Some(words::last_changed(&print(at)))
    };
    let bar = move || {
        if !has_window.get() {
            let why = move || run.with(|run| words::no_window(run.start_at.is_some(), run.end_at.is_some()));
            return view! { <p class="missing">{why}</p> }.into_any();
        }
        view! {
            <p class="countdown">
                <span>{move || countdown.get()}</span>
                <span class="hint">{when_changed}</span>
            </p>
            {move || matches!(phase.get(), Phase::Upcoming | Phase::Open).then(|| view! {
                <div
                    class="bar"
                    role="progressbar"
                    aria-label=words::ELAPSED
                    aria-valuemin="0"
                    aria-valuemax="100"
                    aria-valuenow=move || percent.get().to_string()
                    aria-valuetext=move || words::elapsed(percent.get(), &length.get())
                >
                    <div
                        class="bar-fill"
                        data-state=move || state.get().word()
                        style:width=move || format!("{}%", percent.get())
                    ></div>
                </div>
            })}
            {move || (phase.get() == Phase::Open).then(|| view! {
                <p class="hint">
                    {move || words::elapsed(percent.get(), &length.get())} ". " {words::ELAPSED_HINT}
                </p>
            })}
        }
        .into_any()
    };
    view! {
        <section class="window" aria-labelledby="window-title">
            <h2 id="window-title" class="unseen">{words::WINDOW}</h2>
            {bar}
        </section>
    }
}

/// Whole percent, rounded down, so that 100 means that the window is over.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the fraction lies in 0..=1")]
fn percent(progress: &WindowProgress) -> u32 {
    (progress.fraction * 100.0) as u32
}
