//! What became of a stop.

use crate::browser::number;
use crate::components::shared::{CopyButton, Notice, NoticeKind, ProblemNotice};
use crate::context::use_ui;
use crate::text::summary::counts_line;
use crate::text::{problem, shell, status, stop as words};
use leptos::prelude::*;
use runboard_core::policy::stop::{Evidence, Receipt, Request, Stage, StopState};
use runboard_core::run::Status;
use runboard_core::time::Timestamp;
use runboard_core::time::print::Precision;

/// Asked is not done: each state of a stop says what is known, and when it was. What is confirmed leaves a receipt.
#[component]
pub fn StopOutcome(
    /// Where the stop stands
    stopping: Signal<StopState>,
    /// The outcome was seen
    on_seen: Callback<()>,
) -> impl IntoView {
    let ui = use_ui();
    let settings = ui.settings;
    // The open dialog changes nothing here.
    let stage = Memo::new(move |_| stopping.with(|stopping| stopping.stage().clone()));
    let may_dismiss = Memo::new(move |_| {
        let now = ui.clock.tick();
        stopping.with(|stopping| stopping.may_open(now))
    });
    let print = move |at: Timestamp| settings.print(at, Precision::Seconds);
    let dismiss = move || view! { <button type="button" class="button quiet" on:click=move |_| on_seen.run(())>{shell::DISMISS}</button> };
    let pending = move |kind: NoticeKind, said: String, more: Option<String>, request: &Request| {
        let readings = number::group(u64::from(request.readings));
        let read = (request.readings > 0).then(|| words::reads_since(&readings, word(request.run.status.as_ref())));
        view! {
            <Notice kind=kind>
                <p><bdi>{said}</bdi></p>
                {more.map(|more| view! { <p>{more}</p> })}
                {read.map(|read| view! { <p><bdi>{read}</bdi></p> })}
                {move || may_dismiss.get().then(|| view! { <div class="actions">{dismiss()}</div> })}
            </Notice>
        }
        .into_any()
    };
    (move || match stage.get() {
        Stage::Idle => ().into_any(),
        Stage::Sending(_) => view! { <Notice kind=NoticeKind::Info><p>{words::SENDING}</p></Notice> }.into_any(),
        Stage::Requested(request) => {
            pending(NoticeKind::Info, words::requested(&print(request.asked_at)), None, &request)
        }
        Stage::Unknown(request, why) => {
            let said = words::outcome_unknown(&print(request.asked_at));
            pending(NoticeKind::Error, said, Some(problem::description(&why)), &request)
        }
        Stage::Confirmed(receipt) => {
            let (asked, confirmed) = (print(receipt.asked_at), print(receipt.confirmed_at));
            let now = receipt.status.as_str();
            let said = match receipt.evidence {
                Evidence::StoppedStatus => words::confirmed(&asked, &confirmed, now),
                Evidence::StatusChanged => words::status_changed(&asked, &confirmed, word(receipt.before.as_ref()), now),
            };
            let counts = words::counts_before_after(
                &counts_line(receipt.counts_before.as_ref()),
                &counts_line(receipt.counts_after.as_ref()),
            );
            let text = receipt_text(&receipt);
            view! {
                <Notice kind=NoticeKind::Info>
                    <p><bdi>{said}</bdi></p>
                    <p>{counts}</p>
                    <div class="actions">{dismiss()} <CopyButton what=words::COPY_RECEIPT text=text in_words=true /></div>
                </Notice>
            }
            .into_any()
        }
        Stage::AlreadyOver(word) => {
            let said = words::already_over(word.as_ref().map(Status::as_str));
            view! {
                <Notice kind=NoticeKind::Warning>
                    <p><bdi>{said}</bdi></p>
                    <div class="actions">{dismiss()}</div>
                </Notice>
            }
            .into_any()
        }
        Stage::Refused(why) => {
            let next = problem::manual_next_step(&why);
            view! { <ProblemNotice title=words::REFUSED problem=why next=next>{dismiss()}</ProblemNotice> }.into_any()
        }
    })
    .into_any()
}

fn word(status: Option<&Status>) -> &str {
    status.map_or(status::NO_STATUS, Status::as_str)
}

fn receipt_text(receipt: &Receipt) -> String {
    let answered = receipt.answered_at.map_or_else(|| words::NO_ANSWER.to_owned(), Timestamp::to_iso);
    words::receipt(
        &receipt.name,
        receipt.id.as_str(),
        [&receipt.asked_at.to_iso(), &answered, &receipt.confirmed_at.to_iso()],
        [word(receipt.before.as_ref()), receipt.status.as_str()],
        [&counts_line(receipt.counts_before.as_ref()), &counts_line(receipt.counts_after.as_ref())],
    )
}
