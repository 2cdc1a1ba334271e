//! The outcome of a stop.

use crate::browser::number;
use crate::components::shared::{CopyButton, DismissButton, Notice, NoticeKind, ProblemNotice};
use crate::context::use_ui;
use crate::text::summary::known_counts;
use crate::text::{problem, status, stop as words};
use leptos::prelude::*;
use runboard_core::policy::stop::{Evidence, Request, Stage, StopState};
use runboard_core::run::Status;
use runboard_core::time::Timestamp;

/// The outcome of a stop. The API's answer only means that the stop was requested; once the API's status confirms it, this
/// becomes a receipt.
#[component]
pub fn StopOutcome(
    /// The state of stopping the run
    stop_state: Signal<StopState>,
    /// Called when the outcome is dismissed
    on_dismiss: Callback<()>,
) -> impl IntoView {
    let ui = use_ui();
    let settings = ui.settings;
    // Opening the dialog changes the state, but nothing here.
    let stage = Memo::new(move |_| stop_state.with(|stop_state| stop_state.stage().clone()));
    let may_dismiss = Memo::new(move |_| {
        let now = ui.clock.tick();
        stop_state.with(|stop_state| stop_state.may_dismiss(now))
    });
    let print = move |at: Timestamp| settings.print(at);
    let dismiss = move || view! { <DismissButton on_dismiss=on_dismiss /> };
    let pending = move |kind: NoticeKind, text: String, problem: Option<String>, request: &Request| {
        let count = number::group(u64::from(request.readings));
        let readings =
            (request.readings > 0).then(|| words::reads_since(&count, status_text(request.run.status.as_ref())));
        view! {
            <Notice kind=kind>
                <p>{text}</p>
                {problem.map(|problem| view! { <p>{problem}</p> })}
                {readings.map(|readings| view! { <p>{readings}</p> })}
                {move || may_dismiss.get().then(|| view! { <div class="actions">{dismiss()}</div> })}
            </Notice>
        }
        .into_any()
    };
    move || match stage.get() {
        Stage::Idle => ().into_any(),
        Stage::Sending(_) => view! {
            <Notice kind=NoticeKind::Info>
                <p>{words::SENDING}</p>
            </Notice>
        }
        .into_any(),
        Stage::Requested(request) => {
            pending(NoticeKind::Info, words::requested(&print(request.asked_at)), None, &request)
        }
        Stage::Unknown(request, why) => {
            let read = request.last_read_at.map(print);
            let text = words::outcome_unknown(&print(request.asked_at), read.as_deref());
            pending(NoticeKind::Error, text, Some(problem::description(&why)), &request)
        }
        Stage::Confirmed(receipt) => {
            let (asked, confirmed) = (print(receipt.asked_at), print(receipt.confirmed_at));
            let text = match receipt.evidence {
                Evidence::StoppedStatus => {
                    let word = Some(&receipt.status).filter(|word| !status::says_stopped(word));
                    words::confirmed(&asked, &confirmed, word.map(Status::as_str))
                }
                Evidence::StatusChanged => words::status_changed(
                    &asked,
                    &confirmed,
                    status_text(receipt.before.as_ref()),
                    receipt.status.as_str(),
                ),
            };
            let [before, after] =
                [&receipt.counts_before, &receipt.counts_after].map(|counts| known_counts(counts.as_ref()));
            let counts = words::counts_before_after(before.as_deref(), after.as_deref());
            view! {
                <Notice kind=NoticeKind::Info>
                    <p>{text}</p>
                    {counts.map(|counts| view! { <p>{counts}</p> })}
                    <div class="actions">
                        {dismiss()}
                        <CopyButton what=words::COPY_RECEIPT text=words::receipt_text(&receipt) with_label=true />
                    </div>
                </Notice>
            }
            .into_any()
        }
        Stage::AlreadyOver(status) => {
            let text = words::already_over(status.as_ref().map(Status::as_str));
            view! {
                <Notice kind=NoticeKind::Warning>
                    <p>{text}</p>
                    <div class="actions">{dismiss()}</div>
                </Notice>
            }
            .into_any()
        }
        Stage::Refused(why) => {
            let next_step = problem::manual_next_step(&why);
            view! { <ProblemNotice title=words::REFUSED problem=why next_step=next_step>{dismiss()}</ProblemNotice> }
                .into_any()
        }
    }
}

fn status_text(status: Option<&Status>) -> &str {
    status.map_or(status::NO_STATUS, Status::as_str)
}
