//! The live region: what screen readers are told.

use crate::state::announcer::Announcer;
use leptos::prelude::*;

/// The live region.
#[component]
pub fn LiveRegions(
    /// What is said
    announcer: Announcer,
) -> impl IntoView {
    // A no-break space in every second saying makes a repeated text a change.
    let text = move || {
        let (count, said) = announcer.last();
        if count % 2 == 0 { said } else { [&said, "\u{a0}"].concat() }
    };
    view! {
        <div class="unseen" role="status" aria-live="polite" data-region="announcer">
            {text}
        </div>
    }
}
