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

    /// Announces how many of something are found on arrival, if any; later calls say nothing.
    pub(crate) fn say_on_arrival(self, count: usize, words: &dyn Fn(usize) -> String) {
        if self.greeted.try_update(|greeted| std::mem::replace(greeted, true)) == Some(false) && count > 0 {
            self.say(&words(count));
        }
    }

    /// The number of announcements and the text of the last one; tracked.
    pub(crate) fn last(self) -> (u32, String) {
        self.polite.get()
    }
}
