//! What screen readers are told: one polite region and one assertive one for the whole console.

use leptos::prelude::*;

/// Says things to those who do not see the page change.
#[derive(Clone, Copy)]
pub struct Announcer {
    polite: RwSignal<(u32, String)>,
}

impl Announcer {
    /// Silent so far.
    pub fn new() -> Self {
        Self { polite: RwSignal::new((0, String::new())) }
    }

    /// Says it when the reader is idle; saying the same again is heard again.
    pub fn say(self, text: &str) {
        self.polite.try_update(|(count, said)| {
            *count = count.wrapping_add(1);
            text.clone_into(said);
        });
    }
}

impl Default for Announcer {
    fn default() -> Self {
        Self::new()
    }
}

/// The live region.
#[component]
pub fn LiveRegions(
    /// What is said
    announcer: Announcer,
) -> impl IntoView {
    // A no-break space in every second saying makes a repeated text a change.
    let text = move || {
        announcer.polite.with(|(count, said)| if count % 2 == 0 { said.clone() } else { format!("{said}\u{a0}") })
    };
    view! {
        <div class="unseen" role="status" aria-live="polite" data-region="announcer">
            {text}
        </div>
    }
}
