//! The rows that are in the document. They follow the runs, the clock, the zone and the selection as one: signals of its own
//! for each cell would take ten times as long to make as the row.

use super::super::{Ui, ui};
use super::arrivals::Shown;
use super::drawn_rows::{Drawn, Focused};
use super::row::{Row, Shows, skeleton};
use crate::browser::focus;
use crate::dom::{IntoNode, Line, Node, Slot};
use crate::reactive::{Memo, StoredValue, draw};
use crate::store::Store;
use runboard_core::ids::match_up;
use runboard_core::phase::{Disagreement, Phase};
use runboard_core::run::RunId;
use runboard_core::time::Timestamp;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

/// So many rows that are not needed any more are kept for those that come.
const SPARE: usize = 64;

/// The rows, and what they follow.
#[derive(Clone, Copy)]
pub struct Rows {
    ui: Ui,
    store: Store,
    shown: Memo<Shown>,
    drawn: Memo<Drawn>,
    /// What they stand in.
    body: Slot<Element>,
    kept: StoredValue<Kept>,
}

/// Which rows may be given to other runs. Nobody is to press, or to hear read, another run than the one that stood there.
#[derive(Clone, Copy, PartialEq)]
enum Reuse {
    /// The person types a query: those that stand there, too.
    InPlace,
    /// Those that were taken out before.
    Spare,
    /// The person is at work in the table.
    None,
}

#[derive(Default)]
struct Kept {
    /// Those in the document, in order.
    rows: Vec<Row>,
    /// Those that were taken out.
    spare: Vec<Row>,
    /// What the rows answer.
    answers: u32,
}

impl Rows {
    /// None yet; they come into `body`.
    pub fn new(store: Store, shown: Memo<Shown>, drawn: Memo<Drawn>, body: Slot<Element>) -> Self {
        Self { ui: ui(), store, shown, drawn, body, kept: StoredValue::new(Kept::default()) }
    }

    /// Draws them, and keeps them as they are to be.
    pub fn view(self) -> Node {
        let Self { ui, store, drawn, kept, .. } = self;
        let Some((line, place)) = Line::new() else { return ().into_node() };
        let template = skeleton(ui.config.get().may_stop);
        let mut zone = ui.settings.zone_untracked();
        draw(Box::new(move |()| {
            let now = ui.clock.tick();
            let _ = store.revision();
            ui.selection.with(|_| ());
            let answers = self.shown.with(|shown| shown.answers);
            let zone_now = ui.settings.zone();
            let rezoned = std::mem::replace(&mut zone, zone_now) != zone;
            drawn.with(|drawn| {
                kept.try_update_value(|kept| {
                    let asks_anew = std::mem::replace(&mut kept.answers, answers) != answers;
                    let types = asks_anew && focus::within("#search");
                    let reuse = if types { Reuse::InPlace } else { Reuse::Spare };
                    let look = |(id, place): &(RunId, usize)| self.look(id, *place, drawn, now);
                    let shows: Vec<Shows> = drawn.rows.iter().filter_map(look).collect();
                    let moved = !kept.are(&shows);
                    if moved {
                        kept.take(&shows, &line, if self.at_work() { Reuse::None } else { reuse }, &template);
                    }
                    if rezoned {
                        kept.spare.clear();
                    }
                    // An answer that changes nothing finds every row as it is.
                    for (row, shows) in kept.rows.iter_mut().zip(shows) {
                        row.show(shows, ui, rezoned);
                    }
                    if moved {
                        line.put(kept.rows.iter().rev().map(Row::node));
                    }
                });
            });
        }));
        place
    }

    /// Whether the person has the focus on a row, or is pressing on one.
    fn at_work(self) -> bool {
        self.body.get().is_some_and(|body| focus::or_press_in(&body))
    }

    /// What a row is to show; nothing where the run is gone.
    fn look(self, id: &RunId, place: usize, drawn: &Drawn, now: Timestamp) -> Option<Shows> {
        let run = self.store.get(id)?;
        Some(Shows {
            phase: Phase::of(&run, now),
            disagreement: Disagreement::of(&run, now),
            place,
            number: drawn.row_number(place),
            selected: self.ui.selection.with_untracked(|selection| selection.has(id)),
            run,
        })
    }

    /// Somebody clicked into the table's body: on a box, or beside it before the name, it selects its run, or with the shift key
    /// all from the one pointed at before.
    pub fn clicked(self, event: &web_sys::Event) {
        let (Some(target), Some(event)) = (element(event), event.dyn_ref::<web_sys::MouseEvent>()) else { return };
        let on_box = target.has_type::<HtmlInputElement>();
        // Of a click that nobody made with a pointer it is not known where it is.
        let pointed = event.detail() > 0 && target.class_list().contains("cell-name");
        if !on_box && !pointed {
            return;
        }
        let of = |row: &mut Row| {
            let hit = on_box || row.is_before_name(event.client_x());
            Some((row.id()?.clone(), row.select()?.clone())).filter(|_| hit)
        };
        let Some((id, select)) = self.of(&target, of).flatten() else { return };
        focus::quietly(&select);
        let shift = event.shift_key();
        self.ui.selection.update(|selection| {
            if shift {
                self.shown.with_untracked(|shown| selection.extend(&shown.ids, &id));
            } else {
                selection.toggle(&id);
            }
        });
    }

    /// Somebody points at something in the table's body.
    pub fn pointed(self, event: &web_sys::Event) {
        if let Some(target) = element(event) {
            self.of(&target, Row::point);
        }
    }

    /// The place and the run of the row in which something happened.
    pub fn under(self, event: &web_sys::Event) -> Focused {
        self.of(&element(event)?, |row| row.place().zip(row.id().cloned())).flatten()
    }

    /// Does something with the row in which an element is.
    fn of<T>(self, inside: &Element, with: impl FnOnce(&mut Row) -> T) -> Option<T> {
        let found = inside.closest("tr").ok()??;
        self.kept.try_update_value(|kept| kept.rows.iter_mut().find(|row| row.is(&found)).map(with)).flatten()
    }
}

fn element(event: &web_sys::Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

impl Kept {
    /// Whether they are those of these runs already, in order.
    fn are(&self, shows: &[Shows]) -> bool {
        self.rows.iter().map(Row::id).eq(shows.iter().map(|shows| Some(&shows.run.id)))
    }

    /// Has a row for each that is to be shown. The rows of runs that stay stay.
    fn take(&mut self, shows: &[Shows], line: &Line, reuse: Reuse, template: &Node) {
        let wanted = shows.iter().map(|shows| shows.run.id.shared());
        let (mut rows, mut left) = match_up(wanted, std::mem::take(&mut self.rows), |row| row.id().map(RunId::as_str));
        // One that goes makes room for the one that comes to its place.
        if reuse == Reuse::InPlace {
            let mut at_place: Vec<Option<Row>> = left.into_iter().map(Some).collect();
            let mut old = at_place.iter_mut().peekable();
            for (row, shows) in rows.iter_mut().zip(shows).filter(|(row, _)| row.is_none()) {
                let place = |of: &Option<Row>| of.as_ref().and_then(Row::place);
                while old.next_if(|of| place(of) < Some(shows.place)).is_some() {}
                if let Some(same) = old.next_if(|of| place(of) == Some(shows.place)) {
                    *row = same.take();
                }
            }
            left = at_place.into_iter().flatten().collect();
        }
        for row in &left {
            line.remove(row.node());
        }
        let spare = &mut self.spare;
        if reuse == Reuse::None {
            spare.clear();
        }
        let mut other = || spare.pop().or_else(|| Row::new(template));
        self.rows = rows.into_iter().filter_map(|row| row.or_else(&mut other)).collect();
        if reuse != Reuse::None {
            spare.extend(left);
            spare.truncate(SPARE);
        }
    }
}
