//! A run's own part of the record.

use super::entry_row::EntryRow;
use crate::address::Address;
use crate::context::use_ui;
use crate::text::activity as words;
use leptos::prelude::*;
use runboard_core::activity::{Entry, Filter};
use runboard_core::run::RunId;
use std::sync::Arc;

/// As many entries are shown on the run's page.
const MOST: usize = 20;

/// What happened to a run and what was done with it, the latest first; nothing if nothing is recorded.
#[component]
pub fn RunActivity(
    /// The run
    id: RunId,
    /// Its entries, the latest first
    #[prop(into)]
    entries: Signal<Vec<Arc<Entry>>>,
) -> impl IntoView {
    let ui = use_ui();
    let any = Memo::new(move |_| entries.with(|entries| !entries.is_empty()));
    let shown = move || entries.with(|entries| entries.iter().take(MOST).cloned().collect::<Vec<_>>());
    let key = |entry: &Arc<Entry>| (entry.key.to_string(), Arc::as_ptr(entry) as usize);
    let row = |entry: Arc<Entry>| view! { <EntryRow entry=entry of_one_run=true /> };
    let all = Address::Activity { filter: Filter { q: id.as_str().to_owned(), ..Filter::default() } }.href();
    move || {
        let all = all.clone();
        any.get().then(|| {
            view! {
                <section class="card run-activity" aria-labelledby="run-activity-title">
                    <div class="card-head">
                        <h2 id="run-activity-title">{words::OF_RUN}</h2>
                        <span class="hint">{move || ui.settings.zone().name().to_owned()}</span>
                    </div>
                    <ul class="entries" aria-label=words::LIST><For each=shown key=key children=row /></ul>
                    <p><a href=all>{words::SHOW_ALL}</a></p>
                </section>
            }
        })
    }
}
