//! The button that shows what has arrived.

use crate::browser::number;
use crate::context::use_ui;
use crate::text::list as words;
use leptos::prelude::*;

/// The button that shows what has arrived. Said once, when the first arrives.
#[component]
pub fn Arrivals(
    /// How many wait
    waiting: Signal<usize>,
    /// Rises when the person asks for them
    asked: RwSignal<u32>,
) -> impl IntoView {
    let announcer = use_ui().announcer;
    Effect::watch(
        move || waiting.get(),
        move |now, before, _| {
            if before == Some(&0) && *now > 0 {
                announcer.say(&words::new_runs_announcement(&number::count(*now)));
            }
        },
        false,
    );
    let any = Memo::new(move |_| waiting.get() > 0);
    let button = move || {
        any.get().then(|| {
            view! {
                <button type="button" class="button small" on:click=move |_| asked.update(|asked| *asked = asked.wrapping_add(1))>
                    {move || words::show_new(&number::count(waiting.get()))}
                </button>
            }
        })
    };
    view! { <div class="arrivals">{button}</div> }
}
