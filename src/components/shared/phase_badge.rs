//! Phase and status.

use crate::text::status;
use leptos::prelude::*;
use runboard_core::phase::{Disagreement, Phase};
use runboard_core::run::Status;

/// The phase derived from the window, and the API's own word beside it, marked when they do not fit together.
#[component]
pub fn PhaseBadge(
    /// The phase
    #[prop(into)]
    phase: Signal<Phase>,
    /// The API's word
    #[prop(into)]
    status: Signal<Option<Status>>,
    /// What does not fit together
    #[prop(into)]
    disagreement: Signal<Option<Disagreement>>,
) -> impl IntoView {
    let word =
        Memo::new(move |_| status.get().map_or_else(|| status::NO_STATUS.to_owned(), |word| word.as_str().to_owned()));
    view! {
        <span class="status">
            <span class="badge" data-phase=move || phase.get().word()>{move || status::phase(phase.get())}</span>
            " "
            <span
                class="raw-status"
                class:disagrees=move || disagreement.get().is_some()
                title=move || disagreement.get().map_or_else(|| word.get(), |which| status::disagreement(which).to_owned())
            >
                <bdi>{move || word.get()}</bdi>
            </span>
        </span>
    }
}
