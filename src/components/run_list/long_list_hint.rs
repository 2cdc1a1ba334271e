//! What to know about a long list.

use crate::browser::storage;
use crate::components::shared::{Icon, IconName};
use crate::state::list::{MAX_FULL_ROWS, ShownRows};
use crate::text::{list as words, shell};
use leptos::prelude::*;

/// In session storage, once it was said.
const SAID_KEY: &str = "runboard.long-list";

/// Says once a session that the browser's own search finds only the rows on screen, while the list is that long.
#[component]
pub(super) fn LongListHint(
    /// Which runs are shown
    shown: Memo<ShownRows>,
) -> impl IntoView {
    let was_said = RwSignal::new(storage::session_get(SAID_KEY).is_some());
    let is_long = Memo::new(move |_| shown.with(|shown| shown.ids.len() > MAX_FULL_ROWS));
    Effect::new(move |_| {
        if is_long.get() {
            storage::session_set(SAID_KEY, "said");
        }
    });
    move || {
        (is_long.get() && !was_said.get()).then(|| {
            view! {
                <p class="hint long-list-hint">
                    <span>{words::LONG_LIST_HINT}</span>
                    <button
                        type="button"
                        class="button quiet small"
                        aria-label=shell::DISMISS
                        on:click=move |_| was_said.set(true)
                    >
                        <Icon name=IconName::Close />
                    </button>
                </p>
            }
        })
    }
}
