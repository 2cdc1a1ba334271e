//! One entry.

use crate::address::Address;
use crate::components::shared::{CopyButton, Icon, IconName};
use crate::context::use_ui;
use crate::text::{activity as words, list, notify};
use leptos::prelude::*;
use runboard_core::activity::{Action, Alert, Entry, Kind, What};
use runboard_core::run::{RunId, is_visible};
use runboard_core::time::print::{clock, day_words};
use runboard_core::time::{Span, Timestamp};
use std::sync::Arc;

/// Clocks that are further apart are both told.
const SAME_CLOCK: Span = Span::from_seconds(2);

/// What happened, when, and how that is known, in the chosen zone.
#[component]
pub(super) fn EntryRow(
    /// The entry
    entry: Arc<Entry>,
    /// Leaves the run out: the entries are all about one
    #[prop(optional)]
    of_one_run: bool,
) -> impl IntoView {
    let ui = use_ui();
    let shown = Arc::clone(&entry);
    let at = entry.happened();
    // The day is told where it is another one than that of the entry.
    let print = move |time: Timestamp| {
        let zone = ui.settings.zone();
        let (offset, own) = (zone.offset(time), zone.offset(at));
        let is_same_day = day_words(time, offset) == day_words(at, own);
        if is_same_day { clock(time, offset) } else { ui.settings.print_readable(time, ui.clock.now()) }
    };
    let known = move || {
        let known = words::how_known(&shown, &print);
        let apart = shown.noticed.here.since(shown.noticed.api).millis().saturating_abs();
        let other = (apart > SAME_CLOCK.millis()).then(|| words::other_clock(&print(shown.noticed.here)));
        [Some(known), other].into_iter().flatten().collect::<Vec<_>>().join("; ")
    };
    let (done, new_run) = match &entry.what {
        What::Done(done) => (Some(done.clone()), done.new_run.clone()),
        What::Seen(_) => (None, None),
    };
    let subject = done.as_ref().and_then(words::subject);
    let link = |id: RunId, text: String| view! { <a href=Address::Run { id }.href()><bdi>{text}</bdi></a> };
    let name = if is_visible(&entry.name) { entry.name.to_string() } else { list::UNNAMED.to_owned() };
    let who = match (subject, entry.run.clone().or_else(|| new_run.clone())) {
        (Some(subject), _) => view! { <span>{subject}</span> }.into_any(),
        (None, _) if of_one_run => ().into_any(),
        (None, Some(id)) => link(id, name).into_any(),
        (None, None) => view! { <bdi>{name}</bdi> }.into_any(),
    };
    let successor =
        new_run.filter(|_| entry.run.is_some()).map(|id| view! { " · " {link(id, words::NEW_RUN.to_owned())} });
    let config = ui.config.get();
    let job =
        entry.job.as_ref().filter(|_| !of_one_run).map(|job| {
            config.jobs.get(job.as_str()).map_or_else(|| job.as_str().to_owned(), |label| label.to_string())
        });
    let text = done.and_then(|done| {
        let summary = if done.action == Action::HandOver { words::TEXT } else { words::RECEIPT };
        let text = done.text?.to_string();
        Some(view! {
            <details class="entry-text">
                <summary>{summary}</summary>
                <pre tabindex="0" aria-label=summary>{text.clone()}</pre>
                <CopyButton what=words::COPIED_TEXT text=text with_label=true />
            </details>
        })
    });
    let notified = (entry.alert != Alert::None).then(|| {
        view! {
            <span class="entry-notified" title=notify::WAS_NOTIFIED>
                <Icon name=IconName::Bell />
                <span class="unseen">{notify::WAS_NOTIFIED}</span>
            </span>
        }
    });
    view! {
        <li class="entry" data-kind=Kind::of(&entry).word()>
            <time datetime=at.to_iso() title=at.to_iso()>{move || print(at)}</time>
            <div class="entry-body">
                <p>{who} " " <span class="entry-what">{words::what(&entry)}</span> {successor} {notified}</p>
                <p class="hint">{job.map(|job| view! { <bdi>{job}</bdi> " · " })} <span>{known}</span></p>
                {text}
            </div>
        </li>
    }
}
