//! One row: its elements, and what they show. It has as few of them as it can: a letter that is typed is answered with a window
//! full of other rows, and about half of the work is the browser's, for each element and each text.

use super::super::Ui;
use crate::browser::viewport;
use crate::dom::{Node, fill, view};
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
    /// Its place in the list, from 0.
    pub place: usize,
    /// The row's number as `aria-rowindex` counts; none where all rows are there to be counted.
    pub number: Option<usize>,
    /// Whether the run is selected.
    pub selected: bool,
}

impl Shows {
    fn name(&self) -> Option<&str> {
        self.run.visible_name()
    }

    fn word(&self) -> &str {
        self.run.status.as_ref().map_or(status::NO_STATUS, Status::as_str)
    }

    fn times(&self) -> [Option<Timestamp>; 3] {
        [self.run.start_at, self.run.end_at, self.run.created_at]
    }
}

/// A row in the document. An answer that changes some of what it shows touches the cells of that, and so does another run that
/// it is given to.
pub struct Row {
    parts: Parts,
    shows: Option<Shows>,
    /// Whether somebody has pointed at it: what was cut is told where it is pointed at.
    pointed: bool,
}

/// The elements that change.
struct Parts {
    row: Element,
    select: Option<HtmlInputElement>,
    name: Element,
    badge: Element,
    word: Element,
    job: Element,
    times: [Element; 3],
}

/// A row without what is its run's own, to be copied.
pub fn skeleton(may_stop: bool) -> Node {
    let select = || view! { <input type="checkbox" class="select" /> };
    view! {
        <tr role="row">
            <td role="cell" class="cell-name" data-label=words::NAME>{may_stop.then(select)}<a></a></td>
            <td role="cell" class="cell-status" data-label=words::STATUS><span class="badge"></span>" "<span class="raw-status"></span></td>
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
        let name = names.last_element_child()?;
        let select = first(&names).and_then(|select| select.dyn_into().ok());
        let statuses = next(&names)?;
        let badge = first(&statuses)?;
        let word = next(&badge)?;
        let job = next(&statuses)?;
        let start = next(&job)?;
        let end = next(&start)?;
        let created = next(&end)?;
        Some(Self { row, select, name, badge, word, job, times: [start, end, created] })
    }
}

impl Row {
    /// A copy of the skeleton that shows nothing yet.
    pub fn new(skeleton: &Node) -> Option<Self> {
        Some(Self { parts: Parts::of(skeleton.copy()?)?, shows: None, pointed: false })
    }

    /// Whose it is.
    pub fn id(&self) -> Option<&RunId> {
        self.shows.as_ref().map(|shows| &shows.run.id)
    }

    /// Where in the list it stands.
    pub fn place(&self) -> Option<usize> {
        self.shows.as_ref().map(|shows| shows.place)
    }

    /// The box that selects its run, where runs can be stopped.
    pub fn select(&self) -> Option<&HtmlInputElement> {
        self.parts.select.as_ref()
    }

    /// Whether that far from the window's left edge lies before the name, where the box stands.
    pub fn is_before_name(&self, x: i32) -> bool {
        f64::from(x) < viewport::left(&self.parts.name)
    }

    /// The element.
    pub fn node(&self) -> &web_sys::Node {
        &self.parts.row
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
        if let Some(id) = other.of(|shows| &shows.run.id) {
            // The pointer may rest on it; the browser does not say so again.
            if self.pointed && !parts.row.matches(":hover").unwrap_or(false) {
                self.pointed = false;
                tell(parts, None);
                set(&parts.word, "title", next.disagreement.map(status::disagreement));
            }
            set(&parts.name, "href", Some(&Address::Run { id: id.clone() }.href()));
        }
        if let Some(name) = other.of(Shows::name) {
            let name = name.unwrap_or(words::UNNAMED);
            parts.name.set_text_content(Some(name));
            if let Some(select) = &parts.select {
                set(select, "aria-label", Some(&bulk::select(name)));
            }
        }
        if let Some(phase) = other.of(|shows| shows.phase) {
            set(&parts.badge, "data-phase", Some(phase.word()));
            parts.badge.set_text_content(Some(status::phase(phase)));
        }
        if let Some(word) = other.of(Shows::word) {
            parts.word.set_text_content(Some(word));
        }
        // What does not fit together is told to everybody, not only where it is pointed at.
        if let Some(disagreement) = other.of(|shows| shows.disagreement)
            && (disagreement.is_some() || before.is_some())
        {
            set(&parts.word, "title", disagreement.map(status::disagreement));
            let _ = parts.word.class_list().toggle_with_force("disagrees", disagreement.is_some());
        }
        if let Some(job) = other.of(|shows| shows.run.job_id.as_ref()) {
            show_job(&parts.job, job, ui);
        }
        for (at, cell) in parts.times.iter().enumerate() {
            let time = |shows: &Shows| shows.times().get(at).copied().flatten();
            if rezoned || other.of(time).is_some() {
                let printed = time(&next).map(|at| ui.settings.print(at, Precision::Minutes));
                cell.set_text_content(Some(printed.as_deref().unwrap_or(words::MISSING)));
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
        if self.pointed {
            tell(&self.parts, self.shows.as_ref());
        }
    }

    /// Somebody points at it: from now on each cell says what it may have had to cut, and times are told in full.
    pub fn point(&mut self) {
        if !std::mem::replace(&mut self.pointed, true) {
            tell(&self.parts, self.shows.as_ref());
        }
    }
}

/// Writes the titles, or takes them away.
fn tell(parts: &Parts, shows: Option<&Shows>) {
    set(&parts.name, "title", shows.and_then(Shows::name));
    let word = shows.map(|shows| shows.disagreement.map_or(shows.word(), |which| status::disagreement(which)));
    set(&parts.word, "title", word);
    for (at, cell) in parts.times.iter().enumerate() {
        let time = shows.and_then(|shows| shows.times().get(at).copied().flatten());
        set(cell, "title", time.map(Timestamp::to_iso).as_deref());
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

/// The link stays, as long as there is a job.
fn show_job(cell: &Element, job: Option<&JobId>, ui: Ui) {
    let Some(job) = job else { return cell.set_text_content(Some(words::MISSING)) };
    let link = cell.first_element_child().or_else(|| {
        fill(cell, view! { <a></a> });
        cell.first_element_child()
    });
    if let Some(link) = link {
        let id = job.as_str();
        let label = ui.config.job_label(job);
        set(&link, "href", Some(&Address::Runs { q: job_term(id), sort: Sort::default() }.href()));
        set(&link, "class", label.is_none().then_some("id"));
        // A label does not say which job it is of.
        let title = label.as_deref().map(|label| words::label_and_id(label, id));
        set(&link, "title", Some(title.as_deref().unwrap_or(id)));
        link.set_text_content(Some(label.as_deref().unwrap_or(id)));
    }
}
