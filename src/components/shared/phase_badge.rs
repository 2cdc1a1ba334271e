//! A run's phase and status.

use crate::text::status;
use leptos::prelude::*;
use runboard_core::phase::{Disagreement, Phase};
use runboard_core::run::Status;

/// The phase, which follows from the window, and beside it the API's own status, marked where the two disagree.
#[component]
pub fn PhaseBadge(
    /// The phase
    #[prop(into)]
    phase: Signal<Phase>,
    /// The API's status
    #[prop(into)]
    status: Signal<Option<Status>>,
    /// How the two disagree
    #[prop(into)]
    disagreement: Signal<Option<Disagreement>>,
) -> impl IntoView {
    let status =
        Memo::new(move |_| status.with(|status| status.as_ref().map_or(status::NO_STATUS, Status::as_str).to_owned()));
    let title = move || match disagreement.get() {
        Some(disagreement) => status::disagreement(disagreement).to_owned(),
        None => status.get(),
    };
    view! {
        <span class="status">
            <span class="badge" data-phase=move || phase.get().word()>
                {move || status::phase(phase.get())}
            </span>
            " "
            <span class="raw-status" class:disagrees=move || disagreement.get().is_some() title=title>
                <bdi>{move || status.get()}</bdi>
            </span>
        </span>
    }
}
