//! What became of a stop.

use super::super::{Notice, NoticeKind, ProblemNotice, ui};
use crate::dom::{IntoNode, Node, component, tracked, view};
use crate::reactive::{Signal, memo};
use crate::text::{shell, status, stop as words};
use leptos::prelude::*;
use runboard_core::policy::stop::Stop;
use runboard_core::time::Timestamp;
use runboard_core::time::print::Precision;

/// Asked is not done: each state of a stop says what is known, and when it was.
#[component]
pub fn StopOutcome(
    /// Where the stop stands
    stopping: Signal<Stop>,
    /// The outcome was seen
    on_seen: Callback<()>,
) -> Node {
    let settings = ui().settings;
    let state = memo(move || stopping.get());
    let print = move |at: Timestamp| settings.print(at, Precision::Seconds);
    let dismiss = move || view! { <button type="button" class="button quiet" on:click=move |_| on_seen.run(())>{shell::DISMISS}</button> };
    let said = move |kind: NoticeKind, words: String, done: bool| {
        view! {
            <Notice kind=kind>
                <p><bdi>{words}</bdi></p>
                {done.then(|| view! { <div class="actions">{dismiss()}</div> })}
            </Notice>
        }
        .into_node()
    };
    tracked(move || match state.get() {
        Stop::Idle => ().into_node(),
        Stop::Sending { .. } => said(NoticeKind::Info, words::SENDING.to_owned(), false),
        Stop::Requested { asked_at, .. } => said(NoticeKind::Info, words::requested(&print(asked_at)), false),
        Stop::Confirmed { asked_at, confirmed_at, status: word } => {
            let word = word.as_ref().map_or(status::NO_STATUS, |word| word.as_str());
            said(NoticeKind::Info, words::confirmed(&print(asked_at), &print(confirmed_at), word), true)
        }
        Stop::AlreadyOver => said(NoticeKind::Warning, words::ALREADY_OVER.to_owned(), true),
        Stop::Refused(problem) => {
            view! { <ProblemNotice title=words::REFUSED problem=problem>{dismiss()}</ProblemNotice> }.into_node()
        }
        Stop::Unknown { asked_at, .. } => said(NoticeKind::Error, words::unknown(&print(asked_at)), true),
    })
    .into_node()
}
