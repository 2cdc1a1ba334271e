//! What happened while the person was away.

use crate::address::Address;
use crate::components::shared::{DismissButton, Notice, NoticeKind};
use crate::state::activity::AwayLine;
use crate::text::activity as words;
use leptos::prelude::*;
use runboard_core::activity::Filter;

/// One line with a link to the entries that it counts.
#[component]
pub fn AwayNotice(
    /// What happened, if anything
    #[prop(into)]
    line: Signal<Option<AwayLine>>,
    /// Called when it was seen
    #[prop(into)]
    on_dismiss: Callback<()>,
) -> impl IntoView {
    move || {
        line.get().map(|AwayLine { counts, since, until }| {
            let filter = Filter { since: Some(since), until: Some(until), ..Filter::default() };
            view! {
                <Notice kind=NoticeKind::Info over_banner=true>
                    <p>{words::away(&counts)}</p>
                    <div class="actions">
                        <a class="button" href=Address::Activity { filter }.href() on:click=move |_| on_dismiss.run(())>{words::AWAY_SHOW}</a>
                        <DismissButton on_dismiss=on_dismiss />
                    </div>
                </Notice>
            }
        })
    }
}
