//! The run's window and how much of it has elapsed. This is time, not work done: the API does not tell how many recipients are
//! left.

use crate::components::shared::TimeText;
use crate::context::use_ui;
use crate::text::run as words;
use leptos::prelude::*;
use runboard_core::phase::Phase;
use runboard_core::run::Run;
use runboard_core::time::Span;
use runboard_core::window::WindowProgress;
use std::sync::Arc;

/// A progress bar from the window's start to its end, with a countdown.
#[component]
pub fn WindowBar(
    /// The run
    run: Signal<Arc<Run>>,
    /// Its phase
    phase: Memo<Phase>,
) -> impl IntoView {
    let clock = use_ui().clock;
    let progress = Memo::new(move |_| {
        let now = clock.tick();
        run.with(|run| run.window()).map(|window| WindowProgress::of(window, now))
    });
    let window = Memo::new(move |_| run.with(|run| run.window()));
    let has_window = Memo::new(move |_| progress.with(Option::is_some));
    let percent = Memo::new(move |_| progress.with(|progress| progress.as_ref().map_or(0, percent)));
    let length = Memo::new(move |_| {
        progress.with(|progress| progress.as_ref().map_or(Span::default(), |progress| progress.length))
    });
    let countdown = Memo::new(move |_| {
        progress.get().map(|progress| {
            let (start, end) = (progress.until_start, progress.until_end);
            match phase.get() {
                Phase::Stopped => words::STOPPED_WINDOW.to_owned(),
                _ if start.millis() > 0 => words::opens_in(&start.words()),
                _ if end.millis() > 0 => words::ends_in(&end.words()),
                _ => words::ended_ago(&end.words()),
            }
        })
    });
    let bar = move || {
        if !has_window.get() {
            let why = move || run.with(|run| words::no_window(run.start_at.is_some(), run.end_at.is_some()));
            return view! { <p class="missing">{why}</p> }.into_any();
        }
        view! {
            <p class="countdown">{move || countdown.get()}</p>
            {move || (phase.get() != Phase::Stopped).then(|| view! {
                <div
                    class="bar"
                    role="progressbar"
                    aria-label=words::ELAPSED
                    aria-valuemin="0"
                    aria-valuemax="100"
                    aria-valuenow=move || percent.get().to_string()
                    aria-valuetext=move || words::elapsed(percent.get(), &length.get().words())
                >
                    <div
                        class="bar-fill"
                        data-phase=move || phase.get().word()
                        style:width=move || format!("{}%", percent.get())
                    ></div>
                </div>
            })}
            <div class="bar-ends">
                {move || window.get().map(|window| view! {
                    <TimeText at=window.start />
                    <TimeText at=window.end />
                })}
            </div>
            {move || (phase.get() == Phase::Open).then(|| view! {
                <p class="hint">
                    {words::elapsed(percent.get(), &length.get().words())} ". " {words::ELAPSED_HINT}
                </p>
            })}
        }
        .into_any()
    };
    view! {
        <section class="window card" aria-labelledby="window-title">
            <h2 id="window-title">{words::WINDOW}</h2>
            {bar}
        </section>
    }
}

/// Whole percent, rounded down, so that 100 means that the window is over.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the fraction lies in 0..=1")]
fn percent(progress: &WindowProgress) -> u32 {
    (progress.fraction * 100.0) as u32
}
