//! What the person is notified of, until they have seen it.

use crate::address::Address;
use crate::components::shared::{Notice, NoticeKind};
use crate::context::use_ui;
use crate::text::{activity, notify as words, shell};
use leptos::prelude::*;
use runboard_core::activity::{Entry, Filter};
use runboard_core::time::print::day_words;
use std::sync::Arc;

/// So many are told in full.
const SHOWN: usize = 3;

/// The latest of them, with a link to each run and one to all.
#[component]
pub fn AlertNotice(
    /// What was not seen, the latest first
    #[prop(into)]
    unseen: Signal<Vec<Arc<Entry>>>,
    /// Called with what was seen
    #[prop(into)]
    on_seen: Callback<Vec<Arc<Entry>>>,
) -> impl IntoView {
    let kind = Memo::new(move |_| {
        let is_grave = |entry: &Arc<Entry>| entry.needs_attention();
        unseen.with(|unseen| match unseen.iter().any(is_grave) {
            _ if unseen.is_empty() => None,
            true => Some(NoticeKind::Error),
            false => Some(NoticeKind::Info),
        })
    });
    let lines = move || unseen.with(|unseen| unseen.iter().take(SHOWN).cloned().collect::<Vec<_>>());
    let more = Memo::new(move |_| unseen.with(Vec::len).saturating_sub(SHOWN));
    let all = Address::Activity { filter: Filter { notified: true, ..Filter::default() } }.href();
    let seen = move || on_seen.run(unseen.get_untracked());
    // It stays while others come: nothing that is pressed or read aloud is replaced.
    move || {
        kind.get().map(|kind| {
            let all = all.clone();
            view! {
                <Notice kind=kind>
                    <div class="alerts">
                        <For each=lines key=|entry| Arc::clone(&entry.key) let:entry>
                            <Alert entry=entry />
                        </For>
                        {move || (more.get() > 0).then(|| view! { <p>{words::and_more(more.get())}</p> })}
                    </div>
                    <div class="actions">
                        <a class="button" href=all on:click=move |_| seen()>{words::SHOW_ALL}</a>
                        <button type="button" class="button quiet" on:click=move |_| seen()>{shell::DISMISS}</button>
                    </div>
                </Notice>
            }
        })
    }
}

/// `14:05:10 Spring offer failed`, with the day from the next one on.
#[component]
fn Alert(entry: Arc<Entry>) -> impl IntoView {
    let ui = use_ui();
    let at = entry.happened();
    let name = words::run_name(&entry.name).to_owned();
    let link = entry.run.clone().map(|id| view! { <a href=Address::Run { id }.href()><bdi>{name}</bdi></a> });
    let time = Memo::new(move |_| {
        let (now, zone) = (ui.clock.tick(), ui.settings.zone());
        let is_today = day_words(at, zone.offset(at)) == day_words(now, zone.offset(now));
        if is_today { ui.settings.print_clock(at) } else { ui.settings.print_readable(at, now) }
    });
    view! {
        <p>
            <time datetime=at.to_iso() title=at.to_iso()>{move || time.get()}</time> " "
            {link} " " {activity::what(&entry)}
        </p>
    }
}
