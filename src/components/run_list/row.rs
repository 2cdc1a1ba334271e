//! One row: its elements, and what they show.

use super::super::Ui;
use crate::dom::{IntoNode, Node, fill, view};
use crate::route::Address;
use crate::text::{bulk, list as words, status};
use runboard_core::phase::{Disagreement, Phase};
use runboard_core::query::{Sort, job_term};
use runboard_core::run::{JobId, Run, RunId, Status};
use runboard_core::time::Timestamp;
use runboard_core::time::print::Precision;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

/// What a row shows.
#[derive(PartialEq)]
pub struct Shows {
    /// The run.
    pub run: Arc<Run>,
    /// Where it stands now.
    pub phase: Phase,
    /// What does not fit together.
    pub disagreement: Option<Disagreement>,
    /// The row's number as `aria-rowindex` counts; none where all rows are there to be counted.
    pub number: Option<usize>,
    /// Whether the run is selected.
    pub selected: bool,
}

impl Shows {
    fn name(&self) -> Option<&str> {
        self.run.visible_name()
    }

    fn status(&self) -> (Option<&Status>, Option<Disagreement>) {
        (self.run.status.as_ref(), self.disagreement)
    }
}

/// A row in the document. An answer that changes some of what it shows touches the cells of that.
pub struct Row {
    /// Whose it is.
    pub id: RunId,
    parts: Parts,
    shows: Option<Shows>,
}

/// The elements that change.
struct Parts {
    row: Element,
    select: Option<HtmlInputElement>,
    link: Element,
    name: Element,
    badge: Element,
    raw: Element,
    word: Element,
    job: Element,
    times: [Element; 3],
}

/// A row without what is its run's own, to be copied.
pub fn skeleton(may_stop: bool) -> Node {
    let select = || view! { <label class="select-box"><input type="checkbox" /></label> };
    view! {
        <tr role="row">
            <td role="cell" class="cell-name" data-label=words::NAME>{may_stop.then(select)}<a><bdi></bdi></a></td>
            <td role="cell" data-label=words::STATUS>
                <span class="status"><span class="badge"></span>" "<span class="raw-status"><bdi></bdi></span></span>
            </td>
            <td role="cell" class="cell-job" data-label=words::JOB></td>
            <td role="cell" class="cell-time" data-label=words::START></td>
            <td role="cell" class="cell-time" data-label=words::END></td>
            <td role="cell" class="cell-time" data-label=words::CREATED></td>
        </tr>
    }
}

impl Parts {
    /// Finds them, as [`skeleton`] has them.
    fn of(row: Element) -> Option<Self> {
        let first = Element::first_element_child;
        let next = Element::next_element_sibling;
        let names = first(&row)?;
        let link = names.last_element_child()?;
        let select = first(&names).filter(|label| *label != link).and_then(|label| first(&label)?.dyn_into().ok());
        let statuses = next(&names)?;
        let badge = first(&first(&statuses)?)?;
        let raw = next(&badge)?;
        let job = next(&statuses)?;
        let start = next(&job)?;
        let end = next(&start)?;
        let created = next(&end)?;
        Some(Self {
            name: first(&link)?,
            word: first(&raw)?,
            row,
            select,
            link,
            badge,
            raw,
            job,
            times: [start, end, created],
        })
    }
}

impl Row {
    /// A copy of the skeleton that shows nothing yet.
    pub fn new(id: RunId, skeleton: &Node) -> Option<Self> {
        let parts = Parts::of(skeleton.copy()?)?;
        set(&parts.link, "href", Some(&Address::Run { id: id.clone() }.href()));
        Some(Self { id, parts, shows: None })
    }

    /// The element, for the document.
    pub fn node(&self) -> Node {
        self.parts.row.clone().into_node()
    }

    /// Whether this is its element.
    pub fn is(&self, row: &Element) -> bool {
        self.parts.row == *row
    }

    /// Shows what is to be shown, as far as it is something else than before; all times again where they are those of another
    /// zone.
    pub fn show(&mut self, next: Shows, ui: Ui, rezoned: bool) {
        let parts = &self.parts;
        let before = self.shows.as_ref();
        if before == Some(&next) && !rezoned {
            return;
        }
        let other = Change { before, next: &next };
        if let Some(name) = other.of(Shows::name) {
            set(&parts.link, "title", name);
            parts.name.set_text_content(Some(name.unwrap_or(words::UNNAMED)));
            if let Some(select) = &parts.select {
                set(select, "aria-label", Some(&bulk::select(name.unwrap_or(words::UNNAMED))));
            }
        }
        if let Some(phase) = other.of(|shows| shows.phase) {
            set(&parts.badge, "data-phase", Some(phase.word()));
            parts.badge.set_text_content(Some(status::phase(phase)));
        }
        if let Some((word, disagreement)) = other.of(Shows::status) {
            let word = word.map_or(status::NO_STATUS, Status::as_str);
            parts.word.set_text_content(Some(word));
            set(&parts.raw, "title", Some(disagreement.map_or(word, |which| status::disagreement(which))));
            let _ = parts.raw.class_list().toggle_with_force("disagrees", disagreement.is_some());
        }
        if let Some(job) = other.of(|shows| shows.run.job_id.as_ref()) {
            fill(&parts.job, job.map_or_else(missing, |job| job_view(job, ui.config.job_label(job))));
        }
        let times: [fn(&Run) -> Option<Timestamp>; 3] = [|run| run.start_at, |run| run.end_at, |run| run.created_at];
        for (cell, time) in parts.times.iter().zip(times) {
            if rezoned || other.of(|shows| time(&shows.run)).is_some() {
                show_time(cell, time(&next.run), ui);
            }
        }
        if let Some(number) = other.of(|shows| shows.number).filter(|number| number.is_some() || before.is_some()) {
            set(&parts.row, "aria-rowindex", number.map(|number| number.to_string()).as_deref());
        }
        if let (Some(select), Some(selected)) = (&parts.select, other.of(|shows| shows.selected)) {
            select.set_checked(selected);
            if selected || before.is_some() {
                set(&parts.row, "data-selected", selected.then_some(""));
            }
        }
        self.shows = Some(next);
    }
}

/// What was shown, and what is to be.
struct Change<'a> {
    before: Option<&'a Shows>,
    next: &'a Shows,
}

impl<'a> Change<'a> {
    /// What a part is now, if it is something else than before.
    fn of<T: PartialEq>(&self, part: impl Fn(&'a Shows) -> T) -> Option<T> {
        let now = part(self.next);
        self.before.is_none_or(|before| part(before) != now).then_some(now)
    }
}

fn set(element: &Element, name: &str, value: Option<&str>) {
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

/// The element that shows a time stays, as long as there is one.
fn show_time(cell: &Element, at: Option<Timestamp>, ui: Ui) {
    let Some(at) = at else { return fill(cell, missing()) };
    let time = cell.first_element_child().filter(|child| child.tag_name() == "TIME");
    let time = time.or_else(|| {
        fill(cell, view! { <time></time> });
        cell.first_element_child()
    });
    if let Some(time) = time {
        let iso = at.to_iso();
        set(&time, "datetime", Some(&iso));
        set(&time, "title", Some(&iso));
        time.set_text_content(Some(&ui.settings.print(at, Precision::Minutes)));
    }
}

fn job_view(job: &JobId, label: Option<String>) -> Node {
    let (id, title) = (job.as_str().to_owned(), job.as_str().to_owned());
    let href = Address::Runs { q: job_term(&id), sort: Sort::default() }.href();
    match label {
        Some(label) => view! { <a href=href><bdi title=words::label_and_id(&label, &id)>{label}</bdi></a> }.into_node(),
        None => view! { <a href=href><bdi class="id" title=title>{id}</bdi></a> }.into_node(),
    }
}

fn missing() -> Node {
    view! { <span class="missing">{words::MISSING}</span> }.into_node()
}
