//! The record as a list.

use super::clear_record::ClearRecord;
use super::entry_row::EntryRow;
use super::filters::Filters;
use super::record_menu::RecordMenu;
use crate::browser::number;
use crate::components::notify::BellList;
use crate::components::shared::{Heading, Notice, NoticeKind};
use crate::context::use_ui;
use crate::state::activity::Kept;
use crate::text::activity as words;
use crate::text::planning::times_in;
use leptos::prelude::*;
use runboard_core::activity::{Entry, Filter};
use runboard_core::time::Timestamp;
use runboard_core::time::print::day_words;
use std::sync::Arc;

/// So many entries are shown at first, and so many more by each click.
const STEP: usize = 200;

/// What is known of the record.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct RecordState {
    /// Whether it is kept
    pub kept: Kept,
    /// When it was found that somebody else had cleared the browser's storage
    pub lost_at: Option<Timestamp>,
    /// How many entries are listed without a filter
    pub total: usize,
}

/// A line of the list. A row stays the same element while nothing in it changes.
#[derive(Clone)]
enum Line {
    Day(String),
    Entry(Arc<Entry>),
}

impl Line {
    fn key(&self) -> (String, usize) {
        match self {
            Self::Day(day) => (day.clone(), 0),
            Self::Entry(entry) => (entry.key.to_string(), Arc::as_ptr(entry) as usize),
        }
    }
}

/// Everything that is recorded and asked for, the latest first, by days in the chosen zone.
#[component]
pub fn ActivityList(
    /// What the filter lists, the latest first
    #[prop(into)]
    entries: Signal<Vec<Arc<Entry>>>,
    /// What is known of the record
    #[prop(into)]
    state: Signal<RecordState>,
    /// What to list
    #[prop(into)]
    filter: Signal<Filter>,
    /// Called with each new filter
    #[prop(into)]
    on_filter: Callback<Filter>,
    /// Called to clear the record; it was confirmed
    #[prop(into)]
    on_clear: Callback<()>,
) -> impl IntoView {
    let ui = use_ui();
    let (limit, asks_to_clear) = (RwSignal::new(STEP), RwSignal::new(false));
    Effect::watch(move || filter.get(), move |_, _, _| limit.set(STEP), false);
    let count = Memo::new(move |_| entries.with(Vec::len));
    let kept = Memo::new(move |_| state.with(|state| state.kept));
    let lost_at = Memo::new(move |_| state.with(|state| state.lost_at));
    let total = Memo::new(move |_| state.with(|state| state.total));
    // What was asked of one record is not done to another.
    Effect::new(move |_| {
        if kept.get() == Kept::Loading {
            asks_to_clear.set(false);
        }
    });
    let lines = move || {
        let zone = ui.settings.zone();
        let mut lines = Vec::new();
        let mut last = String::new();
        entries.with(|entries| {
            for entry in entries.iter().take(limit.get()) {
                let at = entry.happened();
                let day = day_words(at, zone.offset(at));
                if day != last {
                    lines.push(Line::Day(day.clone()));
                    last = day;
                }
                lines.push(Line::Entry(Arc::clone(entry)));
            }
        });
        lines
    };
    let row = move |line: Line| match line {
        Line::Day(day) => view! { <li class="entry-day"><h2>{day}</h2></li> }.into_any(),
        Line::Entry(entry) => view! { <EntryRow entry=entry /> }.into_any(),
    };
    let hidden = Memo::new(move |_| count.get().saturating_sub(limit.get()));
    let result = move || words::shown_count(&number::count(count.get()), &number::count(total.get()));
    let trouble = move || match kept.get() {
        Kept::Nobody => Some(words::NOT_NAMED),
        Kept::Refused => Some(words::NOT_STORED),
        Kept::NotCleared => Some(words::NOT_CLEARED),
        Kept::Loading | Kept::Yes => None,
    };
    let lost = move || lost_at.get().map(|at| words::lost(&ui.settings.print_clock_in_zone(at)));
    let warning = |text: String| view! { <Notice kind=NoticeKind::Warning><p>{text}</p></Notice> };
    let no_filter = Callback::new(move |()| on_filter.run(Filter::default()));
    let empty = Memo::new(move |_| match (kept.get(), count.get(), total.get()) {
        (Kept::Loading, ..) => Some(0),
        (_, 0, 0) => Some(1),
        (_, 0, _) => Some(2),
        _ => None,
    });
    let body = move || match empty.get() {
        Some(0) => view! { <p class="waiting" role="status">{words::LOADING}</p> }.into_any(),
        Some(1) => view! {
            <div class="empty card">
                <p class="empty-title">{words::EMPTY}</p>
                <p>{words::EMPTY_HINT}</p>
            </div>
        }
        .into_any(),
        Some(_) => view! {
            <div class="empty card">
                <p class="empty-title">{words::NO_MATCH}</p>
                <button type="button" class="button" on:click=move |_| no_filter.run(())>{words::SHOW_ALL}</button>
            </div>
        }
        .into_any(),
        None => view! {
            <ul class="entries card" aria-label=words::LIST>
                <For each=lines key=Line::key children=row />
            </ul>
            {move || (hidden.get() > 0).then(|| view! {
                <div class="actions">
                    <button type="button" class="button" on:click=move |_| limit.update(|limit| *limit += STEP)>
                        {move || words::show_more(&number::count(hidden.get().min(STEP)))}
                    </button>
                </div>
            })}
        }
        .into_any(),
    };
    view! {
        <div class="page-head">
            <div class="list-title">
                <Heading text=words::TITLE.to_owned() />
                <p class="result-count" role="status">{move || (kept.get() != Kept::Loading).then(result)}</p>
                <p class="hint">{move || times_in(ui.settings.zone().name())}</p>
            </div>
            <div class="actions activity-actions">
                <button type="button" class="button" on:click=move |_| ui.hand_over.set(true)>{words::HAND_OVER}</button>
                <BellList />
                <RecordMenu
                    entries=entries
                    is_empty=Signal::derive(move || total.get() == 0)
                    on_clear=Callback::new(move |()| asks_to_clear.set(true))
                />
            </div>
            <ClearRecord open=asks_to_clear on_clear=on_clear />
        </div>
        <Filters filter=filter on_filter=on_filter />
        {move || trouble().map(|text| warning(text.to_owned()))}
        {move || lost().map(warning)}
        {body}
        <p class="hint">{words::ABOUT}</p>
    }
}
