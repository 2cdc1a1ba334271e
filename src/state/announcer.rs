//! What screen readers are told.

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

impl Announcer {
    /// How many times something was said, and what was said last; tracked.
    pub fn last(self) -> (u32, String) {
        self.polite.get()
    }
}

impl Default for Announcer {
    fn default() -> Self {
        Self::new()
    }
}
