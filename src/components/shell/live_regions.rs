//! The live region for announcements to screen readers.

use crate::state::announcer::Announcer;
use leptos::prelude::*;

/// A polite live region that is in the document from the start, as screen readers require.
#[component]
pub fn LiveRegions(
    /// Holds the latest announcement
    announcer: Announcer,
) -> impl IntoView {
    // Every other announcement ends with a no-break space, so that a repeated text is read again.
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
