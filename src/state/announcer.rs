//! Announcements to screen readers.

use leptos::prelude::*;

/// Fills the polite live region.
#[derive(Clone, Copy)]
pub struct Announcer {
    polite: RwSignal<(u32, String)>,
    greeted: RwSignal<bool>,
}

impl Announcer {
    pub(crate) fn new() -> Self {
        Self { polite: RwSignal::new((0, String::new())), greeted: RwSignal::new(false) }
    }

    /// Announces `text` when the screen reader is idle. The same text twice in a row is announced twice.
    pub fn say(self, text: &str) {
        self.polite.try_update(|(count, said)| {
            *count = count.wrapping_add(1);
            text.clone_into(said);
        });
    }

    /// Whether the list arrives for the first time since the document was loaded; later calls say no.
    pub(crate) fn is_first_arrival(self) -> bool {
        self.greeted.try_update(|greeted| std::mem::replace(greeted, true)) == Some(false)
    }

    /// The number of announcements and the text of the last one; tracked.
    pub(crate) fn last(self) -> (u32, String) {
        self.polite.get()
    }
}
