//! The rows that are in the document. They follow the runs, the clock, the zone and the selection as one: signals of its own
//! for each cell would take ten times as long to make as the row.

use super::super::{Ui, ui};
use super::arrivals::Shown;
use super::drawn_rows::Drawn;
use super::row::{Row, Shows, skeleton};
use crate::dom::{IntoNode, Node, each};
use crate::reactive::{Memo, StoredValue, draw};
use crate::store::Store;
use leptos::prelude::*;
use runboard_core::phase::{Disagreement, Phase};
use runboard_core::run::RunId;
use runboard_core::time::Timestamp;
use std::sync::Arc;
use wasm_bindgen::JsCast;

/// The rows, and what they follow.
#[derive(Clone, Copy)]
pub struct Rows {
    ui: Ui,
    store: Store,
    shown: Memo<Shown>,
    drawn: Memo<Drawn>,
    rows: StoredValue<Vec<Row>>,
}

impl Rows {
    /// None yet.
    pub fn new(store: Store, shown: Memo<Shown>, drawn: Memo<Drawn>) -> Self {
        Self { ui: ui(), store, shown, drawn, rows: StoredValue::new(Vec::new()) }
    }

    /// Draws them, and keeps them as they are to be.
    pub fn view(self) -> Node {
        let Self { ui, store, drawn, rows, .. } = self;
        let template = skeleton(ui.config.get().may_stop);
        let keys = move || drawn.with(|drawn| drawn.rows.iter().map(|(key, _)| Arc::clone(key)).collect());
        let list = each(keys, move |key| self.enter(key, &template));
        let mut zone = ui.settings.zone_untracked();
        draw(Box::new(move |()| {
            let now = ui.clock.tick();
            let _ = store.revision();
            drawn.with(|_| ());
            ui.selection.with(|_| ());
            let zone_now = ui.settings.zone();
            let rezoned = std::mem::replace(&mut zone, zone_now) != zone;
            // An answer that changes nothing finds every row as it is.
            rows.try_update_value(|rows| {
                for row in rows {
                    if let Some(shows) = self.look(&row.id, now) {
                        row.show(shows, ui, rezoned);
                    }
                }
            });
        }));
        list
    }

    /// Draws one that comes into view.
    fn enter(self, key: &str, template: &Node) -> Node {
        let Self { ui, rows, .. } = self;
        let Some(mut row) = Row::new(RunId::new(key), template) else { return ().into_node() };
        if let Some(shows) = self.look(&row.id, ui.clock.tick()) {
            row.show(shows, ui, false);
        }
        let (id, node) = (row.id.clone(), row.node());
        rows.try_update_value(|rows| rows.push(row));
        on_cleanup(move || {
            rows.try_update_value(|rows| rows.retain(|row| row.id != id));
        });
        node
    }

    /// What a row is to show; nothing new where the run is gone, as the row goes, too.
    fn look(self, id: &RunId, now: Timestamp) -> Option<Shows> {
        let run = self.store.get(id)?;
        Some(Shows {
            phase: Phase::of(&run, now),
            disagreement: Disagreement::of(&run, now),
            number: self.drawn.with(|drawn| drawn.row_number(id.as_str())),
            selected: self.ui.selection.with(|selection| selection.has(id)),
            run,
        })
    }

    /// Somebody clicked into the table's body: on a box, it selects its run, or with the shift key all from the one pointed at
    /// before.
    pub fn clicked(self, event: &web_sys::Event) {
        let select = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
        let row = select.and_then(|select| select.closest("tr").ok()?);
        let of =
            |rows: &Vec<Row>| row.and_then(|row| rows.iter().find(|known| known.is(&row)).map(|row| row.id.clone()));
        let Some(id) = self.rows.try_with_value(of).flatten() else { return };
        let shift = event.dyn_ref::<web_sys::MouseEvent>().is_some_and(web_sys::MouseEvent::shift_key);
        self.ui.selection.update(|selection| {
            if shift {
                self.shown.with_untracked(|shown| selection.extend(&shown.ids, &id));
            } else {
                selection.toggle(&id);
            }
        });
    }
}
