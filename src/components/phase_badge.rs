//! Phase and status.

use crate::dom::{Node, component, tracked, view};
use crate::reactive::{Signal, memo};
use crate::text::status;
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
) -> Node {
    let word = memo(move || status.get().map_or_else(|| status::NO_STATUS.to_owned(), |word| word.as_str().to_owned()));
    view! {
        <span class="status">
            <span class="badge" data-phase=tracked(move || phase.get().word())>{tracked(move || status::phase(phase.get()))}</span>
            " "
            <span
                class="raw-status"
                class:disagrees=tracked(move || disagreement.get().is_some())
                title=tracked(move || disagreement.get().map_or_else(|| word.get(), |which| status::disagreement(which).to_owned()))
            >
                <bdi>{tracked(move || word.get())}</bdi>
            </span>
        </span>
    }
}
