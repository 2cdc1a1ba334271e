//! What became of a create, while the form is shown.

use crate::components::shared::{Notice, NoticeKind, ProblemNotice, run_links};
use crate::context::use_ui;
use crate::text::{create as words, problem, shell};
use leptos::prelude::*;
use runboard_core::policy::create::{BlockReason, CreateState, SEARCH_READS, Stage};
use runboard_core::policy::run_match::Likeness;
use runboard_core::problem::ProblemKind;
use runboard_core::time::print::Precision;

/// Refused, with the server's words; or what is being done to find out what became of it, and what was found. Sending again is
/// a person's own decision, and says what it risks.
#[component]
pub fn Outcome(
    /// Where the creates stand
    creating: Signal<CreateState>,
    /// Why what is typed would not be sent
    block: Memo<Option<BlockReason>>,
    /// The person sends it again
    on_again: Callback<()>,
    /// The person has seen the outcome
    on_seen: Callback<()>,
) -> impl IntoView {
    let settings = use_ui().settings;
    let state = Memo::new(move |_| (creating.get(), block.get()));
    let draw = move || {
        let (creating, block) = state.get();
        let name = creating.current().map(|intent| intent.run.name.clone()).unwrap_or_default();
        let again = move || view! { <button type="button" class="button" on:click=move |_| on_again.run(())>{words::SEND_AGAIN}</button> };
        let seen = move |label: &'static str| view! { <button type="button" class="button quiet" on:click=move |_| on_seen.run(())>{label}</button> };
        match creating.stage() {
            Stage::Refused(problem)
                if matches!(problem.kind, ProblemKind::Unauthorised { .. } | ProblemKind::NoToken) =>
            {
                view! {
                    <Notice kind=NoticeKind::Error>
                        <p>{words::REFUSED_TOKEN}</p>
                    </Notice>
                }
                .into_any()
            }
            Stage::Refused(problem) => {
                let next = problem::manual_next_step(problem);
                view! { <ProblemNotice title=words::REFUSED problem=problem.clone() next=next /> }.into_any()
            }
            Stage::Searching(reading) => {
                let why = reading.problem.as_ref().map_or_else(|| words::RELOADED.to_owned(), problem::description);
                let unkept = creating.save_failed();
                let number = reading.done.saturating_add(1).min(SEARCH_READS);
                view! {
                    <Notice kind=NoticeKind::Error>
                        <p class="notice-title">{words::UNKNOWN}</p>
                        <p>{why} " " {words::SEARCHING}</p>
                        <p>{words::search_progress(&number.to_string(), &SEARCH_READS.to_string())}</p>
                        {unkept.then(|| view! { <p>{words::NOT_SAVED}</p> })}
                    </Notice>
                }
                .into_any()
            }
            Stage::Found => {
                let made = creating.current().map(|intent| intent.made.as_slice()).unwrap_or_default();
                let sure = made.iter().all(|made| made.likeness == Likeness::Exact);
                let links = run_links(&name, made.iter().map(|made| &made.id));
                if sure {
                    view! {
                        <Notice kind=NoticeKind::Info>
                            <p class="notice-title">{words::FOUND}</p>
                            <p>{words::FOUND_HINT}</p>
                            <ul>{links}</ul>
                            <div class="actions">{seen(words::SCHEDULE_ANOTHER)}</div>
                        </Notice>
                    }
                } else {
                    view! {
                        <Notice kind=NoticeKind::Warning>
                            <p class="notice-title">{words::PROBABLY_CREATED}</p>
                            <p>{words::PROBABLY_CREATED_HINT}</p>
                            <ul>{links}</ul>
                            <div class="actions">{again()} {seen(shell::DISMISS)}</div>
                        </Notice>
                    }
                }
                .into_any()
            }
            Stage::NotFound { readings, over, partial } => {
                let partial = *partial;
                let found = words::not_found(&readings.to_string(), &over.words());
                view! {
                    <Notice kind=NoticeKind::Error>
                        <p class="notice-title">{found}</p>
                        <p>{words::SEND_AGAIN_RISK}</p>
                        {partial.then(|| view! { <p>{words::SEARCH_INCOMPLETE}</p> })}
                        <div class="actions">{again()} {seen(words::DO_NOT_SEND_AGAIN)}</div>
                    </Notice>
                }
                .into_any()
            }
            _ if block == Some(BlockReason::Unclear) => {
                let open = creating.open_intents().last();
                let at = open.map(|intent| settings.print(intent.asked_at, Precision::Seconds)).unwrap_or_default();
                view! {
                    <Notice kind=NoticeKind::Warning>
                        <p class="notice-title">{words::sent_before(&at)}</p>
                        <p>{words::SEND_AGAIN_RISK}</p>
                        <div class="actions">{again()}</div>
                    </Notice>
                }
                .into_any()
            }
            Stage::Ready | Stage::Saving | Stage::Sent | Stage::Created { .. } => ().into_any(),
        }
    };
    view! { <div id="create-outcome" tabindex="-1">{draw}</div> }
}
