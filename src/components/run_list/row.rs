//! A row of the table of runs.

use crate::address::Address;
use crate::context::use_ui;
use crate::text::{bulk, list as words, status};
use leptos::prelude::*;
use runboard_core::query::{Section, Sort, job_term};
use runboard_core::run::{Run, RunTime, Said};
use runboard_core::run_state::{RunState, StateNote};
use std::sync::Arc;

/// What a row shows.
#[derive(Clone, PartialEq, Debug)]
pub struct RowModel {
    /// The run.
    pub run: Arc<Run>,
    /// The section that it is the first of.
    pub section: Option<Section>,
    /// Its state now.
    pub state: RunState,
    /// What the state alone would hide.
    pub note: Option<StateNote>,
    /// Its `aria-rowindex`; `None` where every row is in the document.
    pub aria_row_index: Option<usize>,
    /// Whether the run is selected.
    pub selected: bool,
}

impl RowModel {
    fn status_title(&self) -> String {
        status::api_status(self.run.status.as_ref())
    }

    fn name(&self) -> &str {
        self.run.visible_name().unwrap_or(words::UNNAMED)
    }
}

/// A row. It has few elements, since the browser's work for them is half the cost of a typed letter: no `bdi` (the style sheet
/// isolates text directions), no `time`, no wrapper around the status.
#[component]
pub fn RunRow(
    /// What the row shows
    model: Memo<Option<RowModel>>,
    /// Identifies the row to the table's event handlers
    slot_number: u32,
    /// Whether runs can be selected
    may_stop: bool,
) -> impl IntoView {
    let ui = use_ui();
    let (settings, config) = (ui.settings, ui.config);
    let text =
        move |part: fn(&RowModel) -> String| move || model.with(|model| model.as_ref().map(part).unwrap_or_default());
    let maybe_text =
        move |part: fn(&RowModel) -> Option<String>| move || model.with(|model| model.as_ref().and_then(part));
    // What is shown, and the tooltip: the exact instant, or what the API gave in its place.
    let time = move |time: RunTime| {
        let said = move |words: &dyn Fn(Said<'_>) -> Option<String>| {
            model.with(|model| words(model.as_ref().map_or(Said::Missing, |model| model.run.said(time))))
        };
        let printed = move || {
            said(&|said| match said {
                Said::At(at) => Some(settings.print_readable(at, ui.clock.now())),
                said => Some(words::no_time(said).0.to_owned()),
            })
        };
        let title = move || {
            said(&|said| match said {
                Said::At(at) => Some(at.to_iso()),
                said => words::no_time(said).1.map(ToOwned::to_owned),
            })
        };
        (printed, title)
    };
    let (start, start_title) = time(RunTime::Start);
    let (end, end_title) = time(RunTime::End);
    let (created, created_title) = time(RunTime::Created);
    let selected = move || model.with(|model| model.as_ref().is_some_and(|model| model.selected));
    let select = move || {
        view! {
            <input
                type="checkbox"
                class="select"
                aria-label=text(|model| bulk::select(model.name()))
                prop:checked=selected
            />
        }
    };
    let job_id = Memo::new(move |_| model.with(|model| model.as_ref().and_then(|model| model.run.job_id.clone())));
    let job = move || match job_id.get() {
        Some(job) => {
            let id = job.as_str();
            let label = config.job_label(&job);
            // Labels are not unique: the tooltip has the id.
            let title = label.as_deref().map_or_else(|| id.to_owned(), |label| words::label_and_id(label, id));
            let href = Address::Runs { q: job_term(id), sort: Sort::default() }.href();
            let class = label.is_none().then_some("id");
            view! { <a href=href class=class title=title>{label.unwrap_or_else(|| id.to_owned())}</a> }.into_any()
        }
        None => words::NOT_GIVEN.into_any(),
    };
    let section = |model: &RowModel| model.section.map(|section| status::section(section).to_owned());
    view! {
        <tr
            role="row"
            data-slot=slot_number.to_string()
            data-section=maybe_text(section)
            aria-rowindex=maybe_text(|model| model.aria_row_index.map(|index| index.to_string()))
            data-selected=move || selected().then_some("")
        >
            // The style sheet writes the section's heading, which only this cell can have without becoming a column.
            <td role="cell" class="cell-name" data-label=words::NAME data-section=maybe_text(section)>
                {may_stop.then(select)}
                <a
                    href=text(|model| Address::Run { id: model.run.id.clone() }.href())
                    title=maybe_text(|model| model.run.visible_name().map(ToOwned::to_owned))
                >
                    {text(|model| model.name().to_owned())}
                </a>
            </td>
            <td role="cell" class="cell-status" data-label=words::STATUS>
                <span class="badge" data-state=text(|model| model.state.word().to_owned()) title=text(RowModel::status_title)>
                    {text(|model| status::state(model.state).to_owned())}
                </span>
                " "
                <span class="state-note">{text(|model| model.note.as_ref().map(status::note).unwrap_or_default())}</span>
            </td>
            <td role="cell" class="cell-job" data-label=words::JOB>{job}</td>
            <td role="cell" class="cell-time" data-label=words::START title=start_title>{start}</td>
            <td role="cell" class="cell-time" data-label=words::END title=end_title>{end}</td>
            <td role="cell" class="cell-time" data-label=words::CREATED title=created_title>{created}</td>
        </tr>
    }
}
