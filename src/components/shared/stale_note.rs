//! The note above data that could not be refreshed.

use crate::browser::number;
use crate::components::shared::{Notice, NoticeKind};
use crate::context::use_ui;
use crate::text;
use leptos::prelude::*;
use runboard_core::problem::Problem;
use runboard_core::time::{Span, Timestamp};

/// Says how old the data is, why it could not be refreshed, and when the next attempt is due.
#[component]
pub fn StaleNote(
    /// When the data was read
    as_of: Timestamp,
    /// Why the last attempt failed
    problem: Problem,
    /// Failures in a row
    failures: u32,
    /// How long until the next attempt
    #[prop(into)]
    next_in: Signal<Option<Span>>,
    /// Called for "Try again"
    #[prop(into)]
    on_retry: Callback<()>,
) -> impl IntoView {
    let settings = use_ui().settings;
    // In whole seconds, so that the text changes at most once a second.
    let next = Memo::new(move |_| {
        next_in
            .get()
            .filter(|span| span.millis() > 0)
            .map(|span| Span::from_seconds((span.millis() + 999) / 1000).words())
    });
    let what = text::problem::description(&problem);
    view! {
        <Notice kind=NoticeKind::Warning>
            <p>{what}</p>
            <p aria-live="off">
                {move || {
                    let as_of = settings.print(as_of);
                    text::problem::stale(&as_of, &number::group(u64::from(failures)), next.get().as_deref())
                }}
            </p>
            <div class="actions">
                <button type="button" class="button" on:click=move |_| on_retry.run(())>
                    {text::shell::TRY_AGAIN}
                </button>
            </div>
        </Notice>
    }
}
