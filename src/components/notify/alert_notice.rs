//! What the person is notified of, until they have seen it.

use crate::address::Address;
use crate::components::shared::{DismissButton, Notice, NoticeKind};
use crate::context::use_ui;
use crate::text::{activity, list, notify as words};
use leptos::prelude::*;
use runboard_core::activity::{Entry, Filter};
use runboard_core::run::is_visible;
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
    /// Called when it was seen
    #[prop(into)]
    on_seen: Callback<()>,
) -> impl IntoView {
    let settings = use_ui().settings;
    let now = use_ui().clock;
    let line = move |entry: &Arc<Entry>| {
        let at = entry.happened();
        let name = if is_visible(&entry.name) { entry.name.to_string() } else { list::UNNAMED.to_owned() };
        let link = entry.run.clone().map(|id| view! { <a href=Address::Run { id }.href()><bdi>{name}</bdi></a> });
        let what = activity::what(entry);
        // The day is left out today.
        let time = move || {
            let (now, zone) = (now.now(), settings.zone());
            let is_today = day_words(at, zone.offset(at)) == day_words(now, zone.offset(now));
            if is_today { settings.print_clock(at) } else { settings.print_readable(at, now) }
        };
        view! { <p>{link} " " {what} " · " <time datetime=at.to_iso() title=at.to_iso()>{time}</time></p> }
    };
    let notice = move |unseen: &[Arc<Entry>]| {
        let kind = match unseen.iter().any(|entry| entry.needs_attention()) {
            true => NoticeKind::Error,
            false => NoticeKind::Info,
        };
        let lines = unseen.iter().take(SHOWN).map(line).collect_view();
        let more = unseen.len().saturating_sub(SHOWN);
        let all = Address::Activity { filter: Filter { notified: true, ..Filter::default() } }.href();
        view! {
            <Notice kind=kind>
                <div class="alerts">{lines} {(more > 0).then(|| view! { <p>{words::and_more(more)}</p> })}</div>
                <div class="actions">
                    <a class="button" href=all on:click=move |_| on_seen.run(())>{words::SHOW_ALL}</a>
                    <DismissButton on_dismiss=on_seen />
                </div>
            </Notice>
        }
    };
    move || unseen.with(|unseen| (!unseen.is_empty()).then(|| notice(unseen)))
}
