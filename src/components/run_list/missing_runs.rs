//! Warnings about runs that are missing from the list.

use super::ListState;
use crate::browser::number;
use crate::components::shared::{Notice, NoticeKind};
use crate::lazy::lazy;
use crate::text::list as words;
use leptos::prelude::*;

lazy! {
    /// Says which pages or entries could not be read, and offers to load the rest where the user has stopped the read.
    pub(super) fn missing_runs(state: Signal<ListState>, on_refresh: Callback<()>) -> AnyView {
        let incomplete = ListState::memo_of(state, |state| {
            let (incomplete, missing, stopped) = (state.incomplete, state.missing.clone(), state.stopped);
            ListState { incomplete, missing, stopped, ..ListState::default() }
        });
        let unreadable = Memo::new(move |_| state.with(|state| state.unreadable));
        let missing_pages = move || {
            let ListState { incomplete, missing: pages, stopped, .. } = incomplete.get();
            let (read, total) = incomplete?;
            let (read, total) = (number::count(read), total.map(number::group));
            let text = match (stopped, &*pages) {
                (true, _) => words::loading_stopped(&read, total.as_deref()),
                (false, []) => words::incomplete(&read, total.as_deref()),
                (false, pages) => words::failed_pages(&read, total.as_deref(), pages),
            };
            let load_rest = stopped.then(|| {
                view! {
                    <button type="button" class="button" on:click=move |_| on_refresh.run(())>
                        {words::LOAD_ALL}
                    </button>
                }
            });
            Some(view! { <Notice kind=NoticeKind::Warning><p>{text}</p>{load_rest}</Notice> })
        };
        let unreadable_entries = move || {
            (unreadable.get() > 0).then(|| {
                let text = words::unreadable_entries(&number::count(unreadable.get()));
                view! { <Notice kind=NoticeKind::Warning><p>{text}</p></Notice> }
            })
        };
        view! {
            {missing_pages}
            {unreadable_entries}
        }
        .into_any()
    }
}
