//! The outcome of scheduling, shown in the form.

use crate::browser::focus;
use crate::components::shared::{Notice, NoticeKind, ProblemNotice, RunLink};
use crate::context::use_ui;
use crate::text::{create as words, problem, shell};
use leptos::prelude::*;
use runboard_core::policy::create::{BlockReason, CreateState, SEARCH_READS, Stage};
use runboard_core::policy::intent::Intent;
use runboard_core::policy::run_match::Likeness;
use runboard_core::problem::{Problem, ProblemKind};
use runboard_core::time::Timestamp;

/// Why the run was refused; or, where no clear answer came, whether the list shows that it was created. Sending again is left
/// to the user, with a warning that the run may then exist twice.
#[component]
pub fn Outcome(
    /// The state of creates
    create_state: Signal<CreateState>,
    /// Why the draft would not be sent
    block: Memo<Option<BlockReason>>,
    /// Whether the outcome is that of a request for the run in the form
    is_about_draft: Memo<bool>,
    /// When the same run was requested before, if it is not known what became of it
    sent_before: Memo<Option<Timestamp>>,
    /// Called to send the run again
    on_send_again: Callback<()>,
    /// Called when the outcome is dismissed
    on_dismiss: Callback<()>,
) -> impl IntoView {
    let settings = use_ui().settings;
    let inputs =
        Memo::new(move |_| (create_state.get(), block.get() == Some(BlockReason::Unclear), is_about_draft.get()));
    let outcome = move || {
        let (state, is_unclear, is_about_draft) = inputs.get();
        let name = state.current().map(|intent| intent.run.name.clone()).unwrap_or_default();
        // The request may be from another tab, or from before the form was emptied.
        let about = state.current().map(|intent| {
            let at = settings.print(intent.asked_at);
            view! { <p>{words::about(&intent.run.name, &at)}</p> }
        });
        // What is sent is what the form holds, so it is offered only beside the outcome of the same run.
        let send_again =
            move || (is_unclear && is_about_draft).then(|| view! { <SendAgain on_send_again=on_send_again /> });
        let dismiss = move |label: &'static str| {
            view! {
                <button type="button" class="button quiet" on:click=move |_| leave(on_dismiss)>
                    {label}
                </button>
            }
        };
        let is_checked = !state.current().is_some_and(Intent::is_unchecked);
        match state.stage() {
            Stage::Refused(Problem {
                kind: kind @ (ProblemKind::Unauthorised { .. } | ProblemKind::NoToken), ..
            }) => {
                let text = match kind {
                    ProblemKind::NoToken => words::REFUSED_NO_TOKEN,
                    _ if is_checked => words::REFUSED_TOKEN,
                    _ => words::REFUSED_TOKEN_UNCHECKED,
                };
                view! {
                    <Notice kind=NoticeKind::Error>
                        <p>{text}</p>
                    </Notice>
                }
                .into_any()
            }
            Stage::Refused(problem) => {
                let next_step = problem::manual_next_step(problem);
                let title = if is_checked { words::REFUSED } else { words::REFUSED_UNCHECKED };
                view! { <ProblemNotice title=title problem=problem.clone() next_step=next_step>{send_again()}</ProblemNotice> }
                    .into_any()
            }
            Stage::Searching(search) => {
                let why = search.problem.as_ref().map_or_else(|| words::RELOADED.to_owned(), problem::description);
                let save_failed = state.save_failed();
                let number = search.done.saturating_add(1).min(SEARCH_READS);
                view! {
                    <Notice kind=NoticeKind::Error>
                        <p class="notice-title">{words::UNKNOWN}</p>
                        {about}
                        <p>{why} " " {words::SEARCHING}</p>
                        <p>{words::search_progress(&number.to_string(), &SEARCH_READS.to_string())}</p>
                        {save_failed.then(|| view! { <p>{words::NOT_SAVED}</p> })}
                    </Notice>
                }
                .into_any()
            }
            Stage::Found => {
                let made = state.current().map(|intent| intent.made.as_slice()).unwrap_or_default();
                let was_refused = state.current().is_some_and(|intent| intent.refused);
                let (title, hint) = match was_refused {
                    true => (words::FOUND_AFTER_REFUSAL, words::FOUND_AFTER_REFUSAL_HINT),
                    false => (words::FOUND, words::FOUND_HINT),
                };
                let links = made.iter().map(|made| view! { <RunLink name=&name id=made.id.clone() /> }).collect_view();
                if made.iter().all(|made| made.likeness == Likeness::Exact) {
                    view! {
                        <Notice kind=NoticeKind::Info>
                            <p class="notice-title">{title}</p>
                            <p>{hint}</p>
                            <ul>{links}</ul>
                            <div class="actions">{dismiss(words::SCHEDULE_ANOTHER)}</div>
                        </Notice>
                    }
                } else {
                    view! {
                        <Notice kind=NoticeKind::Warning>
                            <p class="notice-title">{words::PROBABLY_CREATED}</p>
                            <p>{words::PROBABLY_CREATED_HINT}</p>
                            <ul>{links}</ul>
                            <div class="actions">{send_again()} {dismiss(shell::DISMISS)}</div>
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
                        {about}
                        <p>{words::SEND_AGAIN_RISK}</p>
                        {partial.then(|| view! { <p>{words::SEARCH_INCOMPLETE}</p> })}
                        <div class="actions">{send_again()} {dismiss(words::DO_NOT_SEND_AGAIN)}</div>
                    </Notice>
                }
                .into_any()
            }
            Stage::Ready | Stage::Saving | Stage::Sent | Stage::Created { .. } => ().into_any(),
        }
    };
    let is_asked_below = Memo::new(move |_| {
        let is_asked_above = || is_about_draft.get() && create_state.with(|state| offers_send_again(state.stage()));
        block.get() == Some(BlockReason::Unclear) && !is_asked_above()
    });
    // Of an earlier request for the run in the form, which the outcome above says nothing of.
    let earlier = move || {
        is_asked_below.get().then(|| {
            let at = move || sent_before.get().map(|at| settings.print(at)).unwrap_or_default();
            view! {
                <Notice kind=NoticeKind::Warning>
                    <p class="notice-title">{move || words::sent_before(&at())}</p>
                    <p>{words::SEND_AGAIN_RISK}</p>
                    <div class="actions">
                        <SendAgain on_send_again=on_send_again />
                    </div>
                </Notice>
            }
        })
    };
    view! { <div id="create-outcome" tabindex="-1">{outcome} {earlier}</div> }
}

#[component]
fn SendAgain(
    /// Called to send the run again
    on_send_again: Callback<()>,
) -> impl IntoView {
    view! {
        <button type="button" class="button" on:click=move |_| leave(on_send_again)>
            {words::SEND_AGAIN}
        </button>
    }
}

/// Whether what is shown of this stage asks for itself whether to send the run again.
const fn offers_send_again(stage: &Stage) -> bool {
    match stage {
        Stage::Refused(problem) => !matches!(problem.kind, ProblemKind::Unauthorised { .. } | ProblemKind::NoToken),
        Stage::Found | Stage::NotFound { .. } => true,
        Stage::Ready | Stage::Saving | Stage::Sent | Stage::Searching(_) | Stage::Created { .. } => false,
    }
}

/// Does what a button is for, and moves the focus on to the button that submits: what replaces this one may be "Send again".
fn leave(answer: Callback<()>) {
    answer.run(());
    focus::first(".form-actions [type=submit]");
}
