//! Old data with its age.

use crate::browser::number;
use crate::components::shared::{Notice, NoticeKind};
use crate::context::use_ui;
use crate::text;
use leptos::prelude::*;
use runboard_core::problem::Problem;
use runboard_core::time::print::Precision;
use runboard_core::time::{Span, Timestamp};

/// Says that what is shown is old, since when, why, and when the next try is.
#[component]
pub fn StaleNote(
    /// When it was read
    as_of: Timestamp,
    /// Why there is nothing newer
    problem: Problem,
    /// Failures in a row
    failures: u32,
    /// How long until the next try
    #[prop(into)]
    next_in: Signal<Option<Span>>,
    /// The person wants it now
    #[prop(into)]
    retry: Callback<()>,
) -> impl IntoView {
    let settings = use_ui().settings;
    // Whole seconds, and not read out again each time they change.
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
                    let as_of = settings.print(as_of, Precision::Seconds);
                    text::problem::stale(&as_of, &number::group(u64::from(failures)), next.get().as_deref())
                }}
            </p>
            <div class="actions">
                <button type="button" class="button" on:click=move |_| retry.run(())>{text::shell::TRY_AGAIN}</button>
            </div>
        </Notice>
    }
}
