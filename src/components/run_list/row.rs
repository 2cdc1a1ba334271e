//! A row of the table of runs.

use super::column_name::column_name;
use crate::address::Address;
use crate::context::{UiContext, use_ui};
use crate::text::{bulk, list as words, status};
use leptos::prelude::*;
use runboard_core::countdown::Countdown;
use runboard_core::query::{Section, Sort, SortKey, job_term};
use runboard_core::run::{Run, RunTime, Said};
use runboard_core::run_state::{RunState, StateNote};
use runboard_core::time::Span;
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
    /// Its countdown, where that is shown.
    pub countdown: Option<Countdown>,
    /// Its `aria-rowindex`; `None` where every row is in the document.
    pub aria_row_index: Option<usize>,
    /// Whether the run is selected.
    pub selected: bool,
}

impl RowModel {
    fn section_text(&self) -> Option<String> {
        self.section.map(|section| status::section(section).to_owned())
    }

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
    /// The columns; when they change, the table is built again
    columns: ShownColumns,
) -> impl IntoView {
    let cell = Cell { model, ui: use_ui(), columns };
    let cells = columns.with_value(|columns| {
        let cell = |column: &SortKey| match column {
            SortKey::Name | SortKey::Section => cell.name(may_stop),
            SortKey::Status => cell.status(),
            SortKey::Job => cell.job(),
            SortKey::Start => {
                cell.time(*column, |model, ui| time(model, RunTime::Start, ui), |model| exact(model, RunTime::Start))
            }
            SortKey::End => {
                cell.time(*column, |model, ui| time(model, RunTime::End, ui), |model| exact(model, RunTime::End))
            }
            SortKey::Created => cell.time(
                *column,
                |model, ui| time(model, RunTime::Created, ui),
                |model| exact(model, RunTime::Created),
            ),
            SortKey::Length => cell.time(
                *column,
                |model, _| model.run.length().map_or_else(|| words::NONE.to_owned(), Span::words),
                |model| model.run.length().map(Span::exact_words),
            ),
            SortKey::Countdown => cell.time(
                *column,
                |model, _| model.countdown.map_or_else(|| words::NONE.to_owned(), words::countdown),
                |_| None,
            ),
        };
        columns.iter().map(cell).collect_view()
    });
    view! {
        <tr
            role="row"
            data-slot=slot_number.to_string()
            data-section=cell.maybe(RowModel::section_text)
            aria-rowindex=cell.maybe(|model| model.aria_row_index.map(|index| index.to_string()))
            data-selected=move || cell.selected().then_some("")
        >
            {cells}
        </tr>
    }
}

/// The columns of the table, which stay while it does.
pub type ShownColumns = StoredValue<Vec<SortKey>>;

/// Where a time stands in a row of two lines, which has room for the first two of them: as a class.
fn place_in_narrow_row(column: SortKey, columns: &[SortKey]) -> &'static str {
    let is_time = |column: &&SortKey| !matches!(column, SortKey::Name | SortKey::Status | SortKey::Job);
    let mut times = columns.iter().filter(is_time);
    match (times.next(), times.next()) {
        (Some(SortKey::Start), Some(SortKey::End)) if column == SortKey::Start => " first from",
        (Some(SortKey::Start), Some(SortKey::End)) if column == SortKey::End => " second until",
        (Some(first), _) if *first == column => " first",
        (_, Some(second)) if *second == column => " second",
        _ => "",
    }
}

/// What a time cell shows.
fn time(model: &RowModel, time: RunTime, ui: UiContext) -> String {
    match model.run.said(time) {
        Said::At(at) => ui.settings.print_in_column(at, ui.clock.now()),
        said => words::no_time(said).0.to_owned(),
    }
}

/// The tooltip of a time cell: the exact instant, or what the API gave in its place.
fn exact(model: &RowModel, time: RunTime) -> Option<String> {
    match model.run.said(time) {
        Said::At(at) => Some(at.to_iso()),
        said => words::no_time(said).1.map(ToOwned::to_owned),
    }
}

/// Draws the cells of a row.
#[derive(Clone, Copy)]
struct Cell {
    model: Memo<Option<RowModel>>,
    ui: UiContext,
    columns: ShownColumns,
}

impl Cell {
    fn maybe(self, part: fn(&RowModel) -> Option<String>) -> impl Fn() -> Option<String> + Send + Sync + Copy {
        move || self.model.with(|model| model.as_ref().and_then(part))
    }

    fn always(self, part: fn(&RowModel) -> String) -> impl Fn() -> String + Send + Sync + Copy {
        move || self.model.with(|model| model.as_ref().map(part).unwrap_or_default())
    }

    fn selected(self) -> bool {
        self.model.with(|model| model.as_ref().is_some_and(|model| model.selected))
    }

    /// A cell with a time or a length, and its tooltip.
    fn time(
        self,
        column: SortKey,
        text: fn(&RowModel, UiContext) -> String,
        title: fn(&RowModel) -> Option<String>,
    ) -> AnyView {
        let shown =
            move || self.model.with(|model| model.as_ref().map(|model| text(model, self.ui)).unwrap_or_default());
        let place = self.columns.with_value(|columns| place_in_narrow_row(column, columns));
        let class = ["cell-time cell-", column.word(), place].concat();
        view! { <td role="cell" class=class data-label=column_name(column) title=self.maybe(title)>{shown}</td> }
            .into_any()
    }

    fn name(self, may_stop: bool) -> AnyView {
        let select = move || {
            view! {
                <input
                    type="checkbox"
                    class="select"
                    aria-label=self.always(|model| bulk::select(model.name()))
                    prop:checked=move || self.selected()
                />
            }
        };
        view! {
            // The style sheet writes the section's heading here: in the row itself it would be one more column.
            <td role="cell" class="cell-name" data-label=words::NAME data-section=self.maybe(RowModel::section_text)>
                {may_stop.then(select)}
                <a
                    href=self.always(|model| Address::Run { id: model.run.id.clone() }.href())
                    title=self.maybe(|model| model.run.visible_name().map(ToOwned::to_owned))
                >
                    {self.always(|model| model.name().to_owned())}
                </a>
            </td>
        }
        .into_any()
    }

    fn status(self) -> AnyView {
        view! {
            <td role="cell" class="cell-status" data-label=words::STATUS>
                <span
                    class="badge"
                    data-state=self.always(|model| model.state.word().to_owned())
                    title=self.always(RowModel::status_title)
                >
                    {self.always(|model| status::state(model.state).to_owned())}
                </span>
                " "
                <span class="state-note">
                    {self.always(|model| model.note.as_ref().map(status::note).unwrap_or_default())}
                </span>
            </td>
        }
        .into_any()
    }

    fn job(self) -> AnyView {
        let (model, config) = (self.model, self.ui.config);
        let id = Memo::new(move |_| model.with(|model| model.as_ref().and_then(|model| model.run.job_id.clone())));
        let job = move || match id.get() {
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
        view! { <td role="cell" class="cell-job" data-label=words::JOB>{job}</td> }.into_any()
    }
}
