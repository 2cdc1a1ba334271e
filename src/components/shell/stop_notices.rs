//! The outcomes of stops that were sent before a reload, a sign-out, or in a tab that was closed, shown on every page.

use crate::address::Address;
use crate::components::shared::{DismissButton, Notice, NoticeKind};
use crate::context::{UiContext, use_ui};
use crate::text::{create, stop as words};
use leptos::prelude::*;
use runboard_core::policy::stop::{Evidence, Stage, StopState};
use runboard_core::run::RunId;

/// One notice for each run, except where the run's own page says it itself.
#[component]
pub fn StopNotices(
    /// The stops, with the names of their runs
    #[prop(into)]
    stops: Signal<Vec<(RunId, String, StopState)>>,
    /// The run whose page is shown
    #[prop(into)]
    on_screen: Signal<Option<RunId>>,
    /// Called with the run whose outcome is dismissed
    #[prop(into)]
    on_dismiss: Callback<RunId>,
) -> impl IntoView {
    let UiContext { clock, settings, .. } = use_ui();
    // With whether each can be dismissed.
    let shown = Memo::new(move |_| {
        let (on_screen, now) = (on_screen.get(), clock.tick());
        let elsewhere = stops.get().into_iter().filter(|(id, ..)| on_screen.as_ref() != Some(id));
        elsewhere.map(|(id, name, state)| (id, name, state.may_dismiss(now), state)).collect::<Vec<_>>()
    });
    let notice = move |(id, name, may_dismiss, state): (RunId, String, bool, StopState)| {
        let (kind, text) = match state.stage() {
            Stage::Idle => return None,
            Stage::Sending(_) | Stage::Unknown(..) => {
                let read = match state.stage() {
                    Stage::Unknown(request, _) => request.last_read_at.map(|at| settings.print(at)),
                    _ => None,
                };
                (NoticeKind::Error, words::unknown_notice(&name, read.as_deref()))
            }
            Stage::Requested(_) => (NoticeKind::Info, words::requested_notice(&name)),
            Stage::Confirmed(receipt) => {
                let text = match receipt.evidence {
                    Evidence::StoppedStatus => words::stopped_notice(&name),
                    Evidence::StatusChanged => words::status_changed_notice(&name, receipt.status.as_str()),
                };
                (NoticeKind::Info, text)
            }
            Stage::AlreadyOver(_) => (NoticeKind::Warning, words::over_notice(&name)),
            Stage::Refused(_) => (NoticeKind::Error, words::not_stopped_notice(&name)),
        };
        let run = Address::Run { id: id.clone() };
        let dismiss = may_dismiss.then(|| {
            view! { <DismissButton on_dismiss=move |()| on_dismiss.run(id.clone()) /> }
        });
        Some(view! {
            <Notice kind=kind>
                <p>{text}</p>
                <div class="actions">
                    <a class="button" href=run.href()>{create::OPEN_RUN}</a>
                    {dismiss}
                </div>
            </Notice>
        })
    };
    view! { <div class="notices">{move || shown.get().into_iter().filter_map(notice).collect_view()}</div> }
}
