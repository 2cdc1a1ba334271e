//! What to know about a long list.

use crate::browser::storage;
use crate::state::list::{MAX_FULL_ROWS, ShownRows};
use crate::text::list as words;
use leptos::prelude::*;

/// In session storage, once it was said.
const SAID_KEY: &str = "runboard.long-list";

/// Says once a session that the browser's own search finds only the rows on screen, while the list is that long.
#[component]
pub(super) fn LongListHint(
    /// Which runs are shown
    shown: Memo<ShownRows>,
) -> impl IntoView {
    let was_said = storage::session_get(SAID_KEY).is_some();
    let is_said = Memo::new(move |_| !was_said && shown.with(|shown| shown.ids.len() > MAX_FULL_ROWS));
    Effect::new(move |_| {
        if is_said.get() {
            storage::session_set(SAID_KEY, "said");
        }
    });
    view! { <p class="hint long-list-hint" hidden=move || !is_said.get()>{words::LONG_LIST_HINT}</p> }
}
