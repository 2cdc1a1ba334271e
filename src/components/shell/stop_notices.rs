//! The outcomes of stops that were sent before a reload, a sign-out, or in a tab that was closed, shown on every page.

use crate::address::Address;
use crate::components::shared::{Notice, NoticeKind};
use crate::context::use_ui;
use crate::state::navigation::Page;
use crate::text::{create, shell, stop as words};
use leptos::prelude::*;
use runboard_core::policy::stop::{Evidence, Stage, StopState};
use runboard_core::run::RunId;

/// One notice for each run, except on the run's own page, which says it itself.
#[component]
pub fn StopNotices(
    /// The stops, with the names of their runs
    #[prop(into)]
    stops: Signal<Vec<(RunId, String, StopState)>>,
    /// Called with the run whose outcome is dismissed
    #[prop(into)]
    on_dismiss: Callback<RunId>,
) -> impl IntoView {
    let navigation = use_ui().navigation;
    let page = Memo::new(move |_| navigation.page());
    let shown = Memo::new(move |_| {
        let own_page = page.get();
        let mut stops = stops.get();
        stops.retain(|(id, ..)| !matches!(&own_page, Page::Run(run) if run == id));
        stops
    });
    let notice = move |(id, name, state): (RunId, String, StopState)| {
        let (kind, text, is_over) = match state.stage() {
            Stage::Idle => return None,
            Stage::Sending(_) | Stage::Unknown(..) => (NoticeKind::Error, words::unknown_notice(&name), false),
            Stage::Requested(_) => (NoticeKind::Info, words::requested_notice(&name), false),
            Stage::Confirmed(receipt) => {
                let text = match receipt.evidence {
                    Evidence::StoppedStatus => words::stopped_notice(&name),
                    Evidence::StatusChanged => words::status_changed_notice(&name, receipt.status.as_str()),
                };
                (NoticeKind::Info, text, true)
            }
            Stage::AlreadyOver(_) => (NoticeKind::Warning, words::over_notice(&name), true),
            Stage::Refused(_) => (NoticeKind::Error, words::not_stopped_notice(&name), true),
        };
        let run = Address::Run { id: id.clone() };
        let dismiss = is_over.then(|| {
            view! {
                <button type="button" class="button quiet" on:click=move |_| on_dismiss.run(id.clone())>
                    {shell::DISMISS}
                </button>
            }
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
